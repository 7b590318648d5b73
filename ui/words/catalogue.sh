#!/bin/sh
# Prints `key<TAB>Dutch<TAB>English` of two catalogues, as C string contents, sorted by key.
# Fails when a key is missing or empty in a language or has other {placeholders} there.
# Usage: catalogue.sh NL.po EN.po SCRATCH-DIRECTORY
set -eu
export LC_ALL=C.UTF-8
scratch=$3
for catalogue in "$1" "$2"; do
	msgfmt --check-format -o /dev/null "$catalogue"
done
entries() {
	msgcat --no-wrap --sort-output "$1" | awk '
		function flush() { if (key != "") print key "\t" text; key = text = "" }
		/^msgid / { flush(); key = substr($0, 8, length($0) - 8) }
		/^msgstr / { text = substr($0, 9, length($0) - 9) }
		/^"/ { text = text substr($0, 2, length($0) - 2) }
		END { flush() }
	' | sort -t "$(printf '\t')" -k 1,1
}
entries "$1" > "$scratch/catalogue.nl"
entries "$2" > "$scratch/catalogue.en"
join -t "$(printf '\t')" -a 1 -a 2 -e '' -o 0,1.2,2.2 "$scratch/catalogue.nl" "$scratch/catalogue.en" | awk -F '\t' '
	function places(text, list) {
		list = ""
		while (match(text, /\{[a-z0-9]+\}/)) {
			if (index(list, substr(text, RSTART, RLENGTH)) == 0) list = list substr(text, RSTART, RLENGTH)
			text = substr(text, RSTART + RLENGTH)
		}
		return list
	}
	function sorted(list, n, i, j, parts, t) {
		n = split(list, parts, "}")
		for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (parts[j] < parts[i]) { t = parts[i]; parts[i] = parts[j]; parts[j] = t }
		list = ""
		for (i = 1; i <= n; i++) list = list parts[i]
		return list
	}
	$2 == "" || $3 == "" { print "words: " $1 " is missing in a language" > "/dev/stderr"; bad = 1 }
	sorted(places($2)) != sorted(places($3)) { print "words: " $1 " has other {places} in each language" > "/dev/stderr"; bad = 1 }
	{ print }
	END { exit bad }
'
