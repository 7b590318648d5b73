#!/bin/sh
# The same commit gives the same package, byte for byte: built twice, the second time elsewhere, in another
# time zone, language and umask, and (where faketime is there) 400 days later. Its bill of materials holds.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 022
OUT=$work/here sh board/deb.sh native > /dev/null 2>&1 || { tail -n 20 "$work"/here/*.log; exit 1; }

git clone -q . "$work/another place"
git diff HEAD | (cd "$work/another place" && git apply --allow-empty -)
later=$(command -v faketime > /dev/null && echo "faketime -f +400d")
(
	cd "$work/another place"
	umask 077
	# shellcheck disable=SC2086 # a command and its words
	TZ=Pacific/Kiritimati LC_ALL=C OUT=$work/there $later sh board/deb.sh native > /dev/null 2>&1 ||
		{ tail -n 20 "$work"/there/*.log; exit 1; }
)
here=$(find "$work/here" -name 'incheckpaal_*.deb' -type f)
there=$(find "$work/there" -name 'incheckpaal_*.deb' -type f)
if ! cmp "$here" "$there"; then
	for side in here there; do
		dpkg-deb -R "$(find "$work/$side" -name 'incheckpaal_*.deb' -type f)" "$work/$side/opened"
	done
	diff -rq "$work/here/opened" "$work/there/opened"
	exit 1
fi
echo "reproducible: twice $(sha256sum < "$here" | cut -c 1-64)${later:+, 400 days apart}"

sh board/test/sbom.sh "$work"/here/incheckpaal_*.cdx.json libc6 libsqlite3-0 libnfc6 libsdl2-2.0-0 libgnutls30
cmp "$work"/here/incheckpaal_*.cdx.json "$work"/there/incheckpaal_*.cdx.json || { echo "the two bills of materials differ"; exit 1; }
