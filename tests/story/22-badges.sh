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
refused "is an attendee's" badge organiser "$bram"
refused 'no kiosk is running' badge link next 'Eva Öztürk'
incheckpaal attendee list | grep -q 'Bram Bakker *IJsselzorg *bram@' || fail "the list has no Bram"
incheckpaal attendee show bram@voorbeeld.example | grep -q '^organisation *IJsselzorg' || fail "show Bram"

! incheckpaal badge organiser 04C0FFEE0000 > /dev/null 2>&1 || fail "six bytes were taken for a badge"
incheckpaal badge organiser 04C0FFEE000001 | grep -q 'opens the service screen' || fail "no organiser"
incheckpaal badge list | grep -q 'organiser' || fail "the list has no organiser"
incheckpaal badge block 04C0FFEE000001 > /dev/null
incheckpaal badge list > "$work/list"
! grep -q organiser "$work/list" || fail "a lost organiser's badge still opens"
