#!/bin/sh
# The bill of materials holds: it is CycloneDX, every reference leads somewhere, and what the programs link is in it with its version.
# sbom.sh FILE [LIBRARY_PACKAGE...]
set -eu
file=$1
shift
holds() {
	jq -e '.bomFormat == "CycloneDX" and .specVersion == "1.5" and (.metadata.component | .name and .version and ."bom-ref")
		and (.metadata.timestamp | test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T"))
		and (.components | length > 20 and all(.name and .version and (.purl | startswith("pkg:deb/debian/"))))
		and ([.components[]."bom-ref"] | length == (unique | length))
		and ([.metadata.component."bom-ref", .components[]."bom-ref"] as $known
			| .dependencies | all((.ref, .dependsOn[]) as $ref | $known | index($ref)))' "$1" > /dev/null
}
holds "$file" || { echo "sbom: $file does not hold"; exit 1; }
for package in "$@"; do
	version=$(dpkg-query -W -f '${Version}' "$package")
	jq -e --arg name "$package" --arg version "$version" '.components | any(.name == $name and .version == $version)' "$file" > /dev/null ||
		{ echo "sbom: $package $version is not in $file"; exit 1; }
done
# A control: what does not hold is refused.
spoilt=$(mktemp)
trap 'rm -f "$spoilt"' EXIT
for damage in '.components[3]."bom-ref" = .components[4]."bom-ref"' 'del(.components[2].version)' '.dependencies[0].dependsOn += ["nowhere"]'; do
	jq "$damage" "$file" > "$spoilt"
	! holds "$spoilt" || { echo "sbom: '$damage' was not noticed"; exit 1; }
done
echo "sbom: $(jq '.components | length' "$file") components, $file"
