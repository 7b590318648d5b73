#!/bin/sh
# The record of processing and the notice for the door come filled from the settings, in two languages; what is not set is said.
. tests/story/lib.sh
export INCHECKPAAL_PRIVACY="$PWD/board/privacy"
incheckpaal privacy record > "$work/record"
grep -q 'fill in: \[privacy\] controller' "$work/record" || fail "$(cat "$work/record")"
configure privacy controller 'Perron038, Zwolle'
configure privacy contact privacy@voorbeeld.example
configure privacy keep_names_days 14
for kind in record notice; do
	for language in nl_NL.UTF-8 en_GB.UTF-8; do
		LC_ALL=$language incheckpaal privacy $kind > "$work/text"
		for words in 'Perron038, Zwolle' privacy@voorbeeld.example '14 da'; do
			grep -q "$words" "$work/text" || fail "$kind in $language has no $words"
		done
		grep -q '{{' "$work/text" && fail "$kind in $language has a blank left"
		[ "$(wc -w < "$work/text")" -lt 420 ] || fail "$kind in $language is more than a page"
	done
done
LC_ALL=nl_NL.UTF-8 incheckpaal privacy notice | grep -q 'Hier checken we in' || fail "no Dutch notice"
status=0
INCHECKPAAL_PRIVACY=$work/none incheckpaal privacy notice 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'set INCHECKPAAL_PRIVACY' "$work/said" || fail "$status $(cat "$work/said")"
