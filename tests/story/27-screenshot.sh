#!/bin/sh
# A screenshot shows what the screen shows now; a place that can not be written is said in words.
. tests/story/lib.sh
all_up
incheckpaal screenshot "$work/screen.png" | grep -q 'saved' || fail "nothing saved"
[ "$(head -c 4 "$work/screen.png" | tail -c 3)" = PNG ] || fail "this is no PNG"
(cd "$work" && incheckpaal screenshot near.png > /dev/null) || fail "not in the present directory"
[ -s "$work/near.png" ] || fail "near.png is empty"
status=0
incheckpaal screenshot "$work/none/screen.png" > /dev/null 2> "$work/said" || status=$?
[ $status = 1 ] && [ "$(wc -l < "$work/said")" = 1 ] || fail "status $status: $(cat "$work/said")"
kiosk_down
status=0
incheckpaal screenshot "$work/late.png" > /dev/null 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'no kiosk is running' "$work/said" || fail "status $status: $(cat "$work/said")"
