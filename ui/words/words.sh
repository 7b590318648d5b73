#!/bin/sh
# Makes words_table.[ch] in OUT of the catalogues beside this script. Fails when a key is missing or empty in a
# language, has other {placeholders} there, or is used nowhere in ui/face.
set -eu
export LC_ALL=C.UTF-8
out=$1
here=$(dirname "$0")
sh "$here/catalogue.sh" "$here/nl.po" "$here/en.po" "$out" > "$out/words.all"
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
