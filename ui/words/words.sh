#!/bin/sh
# Makes words_table.[ch] in OUT of the catalogues beside this script. Fails when a key is missing or empty in a
# language, has other {placeholders} there, or is used nowhere in ui/face.
set -eu
export LC_ALL=C.UTF-8
out=$1
here=$(dirname "$0")
for language in nl en; do
	msgfmt --check-format -o /dev/null "$here/$language.po"
	msgcat --no-wrap --sort-output "$here/$language.po" | awk '
		function flush() { if (key != "") print key "\t" text; key = text = "" }
		/^msgid / { flush(); key = substr($0, 8, length($0) - 8) }
		/^msgstr / { text = substr($0, 9, length($0) - 9) }
		/^"/ { text = text substr($0, 2, length($0) - 2) }
		END { flush() }
	' > "$out/words.$language"
done
join -t "$(printf '\t')" -a 1 -a 2 -e '' -o 0,1.2,2.2 "$out/words.nl" "$out/words.en" > "$out/words.all"
awk -F '\t' '
	function places(text, list) {
		list = ""
		while (match(text, /\{[a-z]+\}/)) { list = list substr(text, RSTART, RLENGTH); text = substr(text, RSTART + RLENGTH) }
		return list
	}
	function sorted(list, n, i, j, parts, t) {
		n = split(list, parts, "}")
		for (i = 1; i <= n; i++) for (j = i + 1; j <= n; j++) if (parts[j] < parts[i]) { t = parts[i]; parts[i] = parts[j]; parts[j] = t }
		list = ""
		for (i = 1; i <= n; i++) list = list parts[i]
		return list
	}
	$2 == "" || $3 == "" { print "words: " $1 " is missing in a language"; bad = 1 }
	sorted(places($2)) != sorted(places($3)) { print "words: " $1 " has other {places} in each language"; bad = 1 }
	END { exit bad }
' "$out/words.all" >&2
{
	echo '/* Made by ui/words/words.sh. */'
	echo '#ifndef WORDS_TABLE_H'
	echo '#define WORDS_TABLE_H'
	echo 'enum word {'
	cut -f 1 "$out/words.all" | tr 'a-z.' 'A-Z_' | sed 's/.*/	WORD_&,/'
	echo '	WORD_COUNT'
	echo '};'
	echo 'extern const char *const words_table[2][WORD_COUNT];'
	echo '#endif'
} > "$out/words_table.h.new"
{
	echo '/* Made by ui/words/words.sh: Dutch, English. */'
	echo '#include "words_table.h"'
	echo 'const char *const words_table[2][WORD_COUNT] = {'
	for column in 2 3; do
		echo '{'
		cut -f $column "$out/words.all" | sed 's/.*/	"&",/'
		echo '},'
	done
	echo '};'
} > "$out/words_table.c"
unused=0
for word in $(grep -o 'WORD_[A-Z0-9_]*,' "$out/words_table.h.new" | tr -d ,); do
	grep -qw "$word" "$here"/../face/*.c || { echo "words: $word is used nowhere" >&2; unused=1; }
done
[ $unused = 0 ]
mv "$out/words_table.h.new" "$out/words_table.h"
