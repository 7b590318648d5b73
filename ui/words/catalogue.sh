#!/bin/sh
# Prints `key<TAB>Dutch<TAB>Dutch for more<TAB>English<TAB>English for more` of two catalogues, as C string contents,
# sorted by key; the forms for more are empty where the number does not matter (no msgid_plural).
# Fails when a key or a plural form is missing or empty in a language or has other {placeholders} there, and when
# somebody is asked for a PIN.
# Usage: catalogue.sh NL.po EN.po SCRATCH-DIRECTORY
set -eu
export LC_ALL=C.UTF-8
scratch=$3
for catalogue in "$1" "$2"; do
	msgfmt --check-format -o /dev/null "$catalogue"
	grep -q '^"Plural-Forms: nplurals=2; plural=([n0-9 !=<>]*);\\n"$' "$catalogue" || { echo "words: $catalogue has no Plural-Forms with two forms" >&2; exit 1; }
done
# One line a key; "!" stands for a form that is not there.
entries() {
	msgcat --no-wrap --sort-output "$1" | awk '
		function flush() { if (key != "") print key "\t" form[0] "\t" (plural ? form[1] : "-"); key = ""; plural = 0; form[0] = form[1] = "" }
		/^msgid / { flush(); key = substr($0, 8, length($0) - 8); at = 0 }
		/^msgid_plural / { plural = 1; if (substr($0, 15, length($0) - 15) != key) print key " has another msgid_plural" > "/dev/stderr" }
		/^msgstr / { form[at = 0] = substr($0, 9, length($0) - 9) }
		/^msgstr\[/ { at = substr($0, 8, 1) + 0; form[at] = substr($0, 12, length($0) - 12) }
		/^"/ { form[at] = form[at] substr($0, 2, length($0) - 2) }
		END { flush() }
	' | sort -t "$(printf '\t')" -k 1,1
}
entries "$1" > "$scratch/catalogue.nl"
entries "$2" > "$scratch/catalogue.en"
# What lets an organiser in is a password or a code that works once; a PIN is a bank's.
if grep -iE '(^|[^a-z])pin([ -]?code)?([^a-z]|$)' "$scratch/catalogue.nl" "$scratch/catalogue.en" >&2; then
	echo "words: say password or code, never PIN" >&2
	exit 1
fi
join -t "$(printf '\t')" -a 1 -a 2 -e '' -o 0,1.2,1.3,2.2,2.3 "$scratch/catalogue.nl" "$scratch/catalogue.en" | awk -F '\t' -v OFS='\t' '
	function places(text, list, parts, n, i, j, t) {
		list = ""
		while (match(text, /\{[a-z0-9]+\}/)) {
			if (index(list, substr(text, RSTART, RLENGTH)) == 0) list = list substr(text, RSTART, RLENGTH)
			text = substr(text, RSTART + RLENGTH)
		}
		n = split(list, parts, "}")
		for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (parts[j] < parts[i]) { t = parts[i]; parts[i] = parts[j]; parts[j] = t }
		list = ""
		for (i = 1; i <= n; i++) list = list parts[i]
		return list
	}
	function fault(text) { print "words: " $1 " " text > "/dev/stderr"; bad = 1 }
	# "One" need not say its number.
	function same(one, more) { sub(/\{n\}/, "", more); return places(one) == places(more) || places(one "{n}") == places(more "{n}") }
	$2 == "" || $3 == "" || $4 == "" || $5 == "" { fault("is missing in a language, or lacks a plural form") }
	($3 == "-") != ($5 == "-") { fault("has plural forms in one language only") }
	$1 ~ /\.one$/ { fault("is no way to say one: use msgid_plural") }
	$3 == "-" {
		if (places($2) != places($4)) fault("has other {places} in each language")
		$3 = $5 = ""
	}
	$3 != "" {
		if (places($3) != places($5)) fault("has other {places} in each language")
		if (!same($2, $3) || !same($4, $5)) fault("has other {places} in each form")
		if ($3 !~ /\{n\}/) fault("has plural forms but does not count {n}")
	}
	{ print }
	END { exit bad }
'
