#!/bin/sh
# Copies the typefaces of fonts.list from where their Debian packages put them into OUT. FONTS_OPTIONAL=no
# leaves the optional ones out, whether they are installed or not.
set -eu
out=$1
here=$(dirname "$0")
mkdir -p "$out"
grep -v '^#' "$here/fonts.list" | while read -r file package optional; do
	[ -z "$optional" ] || [ "${FONTS_OPTIONAL:-}" != no ] || continue
	found=$(find /usr/share/fonts -name "$file" -print -quit)
	[ -n "$found" ] || [ -z "$optional" ] || continue
	[ -n "$found" ] || { echo "fonts: $file is missing; install the package $package" >&2; exit 1; }
	cp -f "$found" "$out/$file"
done
