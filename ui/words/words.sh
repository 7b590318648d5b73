#!/bin/sh
# Makes words_table.[ch] in OUT of the catalogues beside this script. Fails when a key is missing or empty in a
# language, has other {placeholders} there, lacks a plural form, or is used nowhere in ui/face.
set -eu
export LC_ALL=C.UTF-8
out=$1
here=$(dirname "$0")
sh "$here/catalogue.sh" "$here/nl.po" "$here/en.po" "$out" > "$out/words.all"
awk -F '\t' '$3 == ""' "$out/words.all" > "$out/words.plain"
awk -F '\t' '$3 != ""' "$out/words.all" > "$out/words.plural"

# names PREFIX FILE: the members of an enumeration.
names() {
	cut -f 1 "$2" | tr 'a-z.' 'A-Z_' | sed "s/.*/	$1_&,/"
	echo "	$1_COUNT"
}
# rule LANGUAGE: gettext's formula for it, which is C.
rule() { sed -n 's/^"Plural-Forms:.*plural=\(.*\);\\n"$/\1/p' "$here/$1.po"; }
{
	echo '/* Made by ui/words/words.sh. */'
	echo '#ifndef WORDS_TABLE_H'
	echo '#define WORDS_TABLE_H'
	echo 'enum word {'
	names WORD "$out/words.plain"
	echo '};'
	echo '/* What is said otherwise of one than of more; the table holds the form for each. */'
	echo 'enum plural {'
	names PLURAL "$out/words.plural"
	echo '};'
	echo 'extern const char *const words_table[2][WORD_COUNT];'
	echo 'extern const char *const plurals_table[2][PLURAL_COUNT][2];'
	echo '/* Which form the language has for so many: the Plural-Forms of its catalogue. */'
	echo 'unsigned words_form(int language, unsigned long long n);'
	echo '#endif'
} > "$out/words_table.h.new"
{
	echo '/* Made by ui/words/words.sh: Dutch, English. */'
	echo '#include "words_table.h"'
	echo 'const char *const words_table[2][WORD_COUNT] = {'
	for column in 2 4; do
		echo '{'
		cut -f $column "$out/words.plain" | sed 's/.*/	"&",/'
		echo '},'
	done
	echo '};'
	echo 'const char *const plurals_table[2][PLURAL_COUNT][2] = {'
	for columns in 2,3 4,5; do
		echo '{'
		cut -f $columns "$out/words.plural" | sed 's/\(.*\)	\(.*\)/	{ "\1", "\2" },/'
		echo '},'
	done
	echo '};'
	echo 'unsigned words_form(int language, unsigned long long n)'
	echo '{'
	echo "	return language == 0 ? (unsigned)($(rule nl)) : (unsigned)($(rule en));"
	echo '}'
} > "$out/words_table.c"
unused=0
for word in $(grep -oE '(WORD|PLURAL)_[A-Z0-9_]*,' "$out/words_table.h.new" | tr -d ,); do
	grep -qw "$word" "$here"/../face/*.c || { echo "words: $word is used nowhere" >&2; unused=1; }
done
[ $unused = 0 ]
mv "$out/words_table.h.new" "$out/words_table.h"
