#!/bin/sh
# sbom.sh package DEB | image TREE ARCH: what it consists of, as CycloneDX 1.5, from what dpkg knows.
# package: the package and the libraries its programs load; image: every package of the tree.
set -eu
kind=$1
released=$(git log -1 --format=%cI)
# component NAME VERSION ARCH SOURCE SOURCE_VERSION: tab-separated lines become components.
components() {
	jq -R -s --arg distro "$1" 'split("\n") | map(select(. != "") | split("\t") | {
		type: "library", name: .[0], version: .[1],
		"bom-ref": "pkg:deb/debian/\(.[0])@\(.[1] | @uri)?arch=\(.[2])&distro=\($distro)",
		purl: "pkg:deb/debian/\(.[0])@\(.[1] | @uri)?arch=\(.[2])&distro=\($distro)",
		properties: [ { name: "debian:source", value: .[3] }, { name: "debian:source-version", value: .[4] } ] })
		| unique_by(."bom-ref")'
}
# bom NAME VERSION TYPE: around the components of standard input.
bom() {
	jq --arg name "$1" --arg version "$2" --arg type "$3" --arg at "$released" '
		("pkg:generic/\($name)@\($version | @uri)") as $ref | {
		bomFormat: "CycloneDX", specVersion: "1.5", version: 1,
		metadata: { timestamp: $at, component: { type: $type, name: $name, version: $version, "bom-ref": $ref, purl: $ref } },
		components: .,
		dependencies: [ { ref: $ref, dependsOn: map(."bom-ref") } ] }'
}
# shellcheck disable=SC2016 # dpkg-query's
format='${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}\n'

case $kind in
image)
	tree=$2 arch=$3
	# shellcheck disable=SC1091
	distro=debian-$(. "$tree/etc/os-release" && echo "$VERSION_ID")
	version=$(dpkg-query --root="$tree" -W -f '${Version}' incheckpaal)
	dpkg-query --root="$tree" -W -f "$format" | components "$distro" | bom "incheckpaal-image-$arch" "$version" operating-system
	;;
package)
	deb=$(realpath "$2")
	opened=$(mktemp -d)
	trap 'rm -rf "$opened"' EXIT
	dpkg-deb -x "$deb" "$opened"
	# shellcheck disable=SC1091
	distro=debian-$(. /etc/os-release && echo "$VERSION_ID")
	arch=$(dpkg-deb -f "$deb" Architecture)
	[ "$arch" = "$(dpkg --print-architecture)" ] || { echo "sbom: only of a package of this machine" >&2; exit 1; }
	env -u LD_PRELOAD ldd "$opened"/usr/bin/* | awk '$2 == "=>" { print $3 }' | sort -u | while read -r library; do
		dpkg-query -S "$(realpath "$library")" 2> /dev/null || dpkg-query -S "$library" 2> /dev/null || dpkg-query -S "/usr$library"
	done | sed 's/: .*//; s/,.*//' | sort -u | while read -r package; do
		dpkg-query -W -f "$format" "$package"
	done | components "$distro" | bom incheckpaal "$(dpkg-deb -f "$deb" Version)" application
	;;
*) echo "sbom: package or image, not $kind" >&2 && exit 2 ;;
esac
