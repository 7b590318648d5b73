#!/bin/sh
# A template or a message that does not hold together never becomes a program: the build says which and why.
. tests/story/lib.sh

# refused SENTENCE TEMPLATE: what the build says of one more template.
refused() {
	rm -rf "$work/pages" "$work/out"
	mkdir "$work/out"
	cp -r ui/organiser "$work/pages"
	printf '%s\n' "$2" > "$work/pages/broken.html"
	if sh ui/organiser/pages.sh "$work/out" "$work/pages" > "$work/said" 2>&1; then
		fail "accepted: $2"
	fi
	grep -q "broken.html: $1" "$work/said" || fail "of $2 it said: $(cat "$work/said")"
}
refused 'no such message: no.such' '{{_ no.such}}'
refused 'the message e404.h has no place for who' '{{keys a}}{{_ e404.h who=a}}'
refused 'the key n is not declared' '{{_ err.login}}'
refused 'no such partial: _nothing' '{{>_nothing}}'
refused 'the partial _icon has no {size}' '{{>_icon is=ok size=3}}'
refused 'the partial _input wants {' '{{keys form.a fault.a}}{{>_input id=a}}'
refused 'the key a is not declared' '{{a}}'
refused 'the key b is declared but not used' '{{keys a b}}{{a}}'
refused 'no such filter: loud' '{{keys a}}{{a|loud}}'
refused 'not a key: A!' '{{A!}}'
refused '{{#a}} is not closed' '{{keys a}}{{#a}}x'
refused '{{/b}} closes nothing' '{{keys a}}{{#a}}x{{/b}}{{/a}}'
refused '{{ without }}' 'x {{a'
refused 'includes itself' '{{>broken}}'

# words_refused KEY ENTRY-IN-DUTCH ENTRY-IN-ENGLISH SENTENCE
words_refused() {
	rm -rf "$work/ui" "$work/firmware" "$work/out"
	mkdir -p "$work/firmware" "$work/out"
	cp -r ui "$work/ui"
	cp -r firmware/web "$work/firmware/web"
	printf '\nmsgid "%s"\n%b\n' "$1" "$2" >> "$work/ui/words/$catalogue"nl.po
	[ -z "$3" ] || printf '\nmsgid "%s"\n%b\n' "$1" "$3" >> "$work/ui/words/$catalogue"en.po
	if sh "$work/ui/$maker" "$work/out" > "$work/said" 2>&1; then
		fail "accepted: $1"
	fi
	grep -qi "words: $4" "$work/said" || fail "of $1 it said: $(cat "$work/said")"
}
for catalogue in web. ''; do
	maker=organiser/pages.sh
	[ "$catalogue" ] || maker=words/words.sh
	words_refused new.first 'msgstr "een"' 'msgstr "one"' '\(new\|word_new\).first is used nowhere'
	words_refused new.two 'msgstr "twee"' '' 'new.two is missing in a language'
	words_refused new.three 'msgstr "{n} drie"' 'msgstr "three"' 'new.three has other {places} in each language'
	many='msgid_plural "new.many"\nmsgstr[0] "een ding"\nmsgstr[1]'
	words_refused new.many "$many \"{n} dingen\"" "$many \"\"" 'new.many .*lacks a plural form'
	words_refused new.many "$many \"{n} dingen\"" 'msgstr "{n} things"' 'new.many has plural forms in one language only'
	words_refused new.many "$many \"dingen\"" "$many \"dingen\"" 'new.many has plural forms but does not count'
done
words_refused new.many "$many \"{n} dingen\"" "$many \"{n} things\"" 'plural_new_many is used nowhere'
sh ui/organiser/pages.sh "$work/out" > "$work/said" 2>&1 || fail "the pages as they are: $(cat "$work/said")"
