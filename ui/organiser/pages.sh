#!/bin/sh
# pages.sh OUT [TEMPLATES]: makes pages_table.c in OUT of the templates, the page's words and the files served as they are (beside
# this script by default).
# Fails on an unknown message, partial or filter, an unclosed section, a data key that a template does not declare, and
# on a message or a partial that nothing uses. The syntax stands in firmware/web/template.h.
set -eu
export LC_ALL=C.UTF-8
out=$1
here=${2:-$(dirname "$0")}
words=$(dirname "$0")/../words
scratch=$out/pages
mkdir -p "$scratch"
sh "$words/catalogue.sh" "$words/web.nl.po" "$words/web.en.po" "$scratch" > "$scratch/words"
# A message that the program itself picks stands there as a string of its own.
grep -oh '"[a-z][a-z0-9_.]*"' "$(dirname "$0")"/../../firmware/web/*.c | tr -d '"' | sort -u > "$scratch/named"

# plain NAME: the file without what only people read: comments, and blanks before a line.
plain() {
	case $1 in
	*.css | *.js) sed -E 's,^[ \t]+,,; /^\/\*.*\*\/$/d; s, +// .*$,,; /^$/d' "$here/$1" ;;
	*) cat "$here/$1" ;;
	esac
}
# asset NAME TYPE: the bytes of a file, plain and gzipped, and a tag that changes with them.
asset() {
	symbol=$(echo "$1" | tr '.-' '__')
	plain "$1" > "$scratch/$1"
	gzip -9nc "$scratch/$1" > "$scratch/$1.gz"
	for form in "$scratch/$1" "$scratch/$1.gz"; do
		suffix=$([ "$form" = "$scratch/$1" ] || echo _gz)
		echo "static const unsigned char asset_$symbol$suffix[] = {"
		od -An -v -tu1 "$form" | sed 's/  */,/g; s/^,//; s/$/,/'
		echo '};'
	done
	echo "	{ \"$1\", \"$2\", \"\\\"$(sha256sum "$scratch/$1" | cut -c 1-16)\\\"\", asset_$symbol, sizeof asset_$symbol," \
		"asset_${symbol}_gz, sizeof asset_${symbol}_gz }," >> "$scratch/assets"
}
: > "$scratch/assets"
{
	echo '/* Made by ui/organiser/pages.sh. */'
	echo '#include "web/template_table.h"'
	awk -f "$(dirname "$0")/pages.awk" words="$scratch/words" named="$scratch/named" "$here"/*.html
	asset app.css 'text/css; charset=utf-8'
	asset live.js 'text/javascript; charset=utf-8'
	asset favicon.svg image/svg+xml
	asset openapi.json application/json
	echo 'static const struct web_asset page_assets[] = {'
	cat "$scratch/assets"
	echo '};'
	echo '#define COUNT(table) (sizeof table / sizeof table[0])'
	echo 'const struct template_set organiser_pages = { page_templates, COUNT(page_templates), page_words,'
	echo '	COUNT(page_words), page_assets, COUNT(page_assets) };'
} > "$out/pages_table.c.new"
mv "$out/pages_table.c.new" "$out/pages_table.c"
