#!/bin/sh
# A correction takes a tap out of the count, with its reason; the tap stays, and the chain holds.
. tests/story/lib.sh
all_up
tap "$ada" checked-in
tap "$bram" checked-in
kiosk_down
incheckpaal correct 1 --reason 'badge of a colleague' | grep -q 'does not count any more' || fail "not corrected"
attendance | sed -n 1p | grep -q ',no,.*badge of a colleague' || fail "exported as $(attendance | sed -n 1p)"
attendance | sed -n 2p | grep -q ',yes,' || fail "the other tap: $(attendance | sed -n 2p)"
incheckpaal attendee show 'Ada de Vries' | grep -q 'tap 1 .*not counted' || fail "show does not say so"
status=0
incheckpaal correct 1 --reason again 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'corrected before' "$work/said" || fail "twice: $(cat "$work/said")"
status=0
incheckpaal correct 99 --reason none 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'no tap 99' "$work/said" || fail "tap 99: $(cat "$work/said")"
verified
