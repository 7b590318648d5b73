#!/bin/sh
# A badge is linked and blocked by its number, listed by a part of its key only, and belongs to one person.
. tests/story/lib.sh
prepare
incheckpaal badge link "$stranger" 'Eva Öztürk' | grep -q 'now belongs to Eva Öztürk' || fail "not linked"
incheckpaal badge block "$ada" | grep -q 'blocked' || fail "not blocked"
incheckpaal badge list > "$work/list"
[ "$(wc -l < "$work/list")" = 6 ] || fail "not six badges: $(cat "$work/list")"
[ "$(grep -c 'Eva Öztürk' "$work/list")" = 2 ] || fail "Eva has not two badges: $(cat "$work/list")"
grep -q 'Ada de Vries.*blocked' "$work/list" || fail "Ada's is not marked: $(cat "$work/list")"
grep -qi -e 04ffee -e 04a1b2 "$work/list" && fail "the list shows a badge's number"
grep -rqi -e "$stranger" -e "$ada" "$data" && fail "a badge's number stands in a file"

# refused PATTERN WORDS...
refused() {
	pattern=$1
	shift
	status=0
	incheckpaal "$@" > /dev/null 2> "$work/said" || status=$?
	[ $status = 1 ] && grep -q "$pattern" "$work/said" || fail "$*: $status, $(cat "$work/said")"
}
refused 'no attendee "Nobody"' badge link 04FFEEDDCCBB02 Nobody
refused 'another attendee' badge link "$bram" 'Eva Öztürk'
refused 'no kiosk is running' badge link next 'Eva Öztürk'
incheckpaal attendee list | grep -q 'Bram Bakker *IJsselzorg *bram@' || fail "the list has no Bram"
incheckpaal attendee show bram@voorbeeld.example | grep -q '^organisation *IJsselzorg' || fail "show Bram"
