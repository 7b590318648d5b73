#!/bin/sh
# deb.sh native|arm64: makes the Debian package from what git has here, into build/deb. The version is the
# day and the count of commits, the date is that of the last commit: the same commit gives the same bytes.
# What is there already of a commit is not made again. OUT: another directory than build/deb.
set -eu
kind=$1
out=${OUT:-build/deb}
mkdir -p "$out"
out=$(realpath "$out")
git rev-parse HEAD > /dev/null || { echo "deb: this is made from a git clone" >&2; exit 1; }

dirty=$(git diff --quiet HEAD || echo +changed)
version=0.$(git log -1 --date=format:%Y%m%d --format=%cd).$(git rev-list --count HEAD)+g$(git rev-parse --short=7 HEAD)$dirty
case $kind in
native) arch=$(dpkg --print-architecture) ;;
arm64) arch=arm64 ;;
*) echo "deb: native or arm64, not $kind" >&2 && exit 2 ;;
esac
package=$out/incheckpaal_${version}_$arch.deb
if [ -z "$(git status --porcelain)" ] && [ "$(readlink "$out/incheckpaal_$arch.deb")" = "${package##*/}" ]; then
	echo "$package: there already"
	exit 0
fi
tree=$out/incheckpaal-$version
rm -rf "$tree"
mkdir -p "$tree"
git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$tree"
cp -r "$tree/board/debian" "$tree/debian"
# The one list of packages says which libraries it is built with.
libraries=$(grep -oE '\b(lib[a-z0-9-]+-dev|fonts-[a-z0-9-]+)\b' tests/packages.sh | sort -u | paste -sd, -)
sed -i "s/@LIBRARIES@/$libraries/" "$tree/debian/control"
cat > "$tree/debian/changelog" <<-CHANGES
	incheckpaal ($version) unstable; urgency=medium

	  * $(git log -1 --format=%s)

	 -- Incheckpaal <beheer@incheckpaal.example>  $(git log -1 --format=%cD)
CHANGES

case $kind in
native)
	(cd "$tree" && dpkg-buildpackage --no-sign -b) > "$out/build-$arch.log" 2>&1 ||
		{ tail -n 40 "$out/build-$arch.log" >&2; echo "deb: failed, see $out/build-$arch.log" >&2; exit 1; }
	;;
arm64)
	sh board/cross.sh "$tree" > "$out/build-$arch.log" 2>&1 ||
		{ tail -n 40 "$out/build-$arch.log" >&2; echo "deb: failed, see $out/build-$arch.log" >&2; exit 1; }
	;;
esac
rm -rf "$tree"

lintian --fail-on error --suppress-tags bad-distribution-in-changes-file "$package"
# Only of what runs here can be asked what it loads.
[ "$arch" != "$(dpkg --print-architecture)" ] || sh board/sbom.sh package "$package" > "$out/incheckpaal_$arch.cdx.json"
ln -sf "${package##*/}" "$out/incheckpaal_$arch.deb"
echo "$(stat -c %s "$package") bytes $package"
