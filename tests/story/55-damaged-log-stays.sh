#!/bin/sh
# A damaged log that was set aside while the clock stood months behind looks old at once: it stays until the network's clock has known of it for as long as names are kept.
. tests/story/lib.sh
all_up
tap $ada checked-in
kiosk_down
pages=$(($(stat -c %s "$data/attendance.db") / 1024))
dd if=/dev/urandom of="$data/attendance.db" bs=1024 seek=$((pages / 3)) count=$((pages / 3)) conv=notrunc 2> /dev/null
kiosk_up
grep -q 'the log was damaged' "$work/kiosk.log" || fail "nothing was put back"
kiosk_down
prepare # there was no second copy of the people
aside=$(ls "$data"/attendance.db.aside-*[0-9])

# forgets WHOM DAYS GRADE STATUS
forgets() {
	clock_is $(((noon + $2 * 86400 - $(date +%s)) * 1000)) "$3"
	status=0
	incheckpaal attendee forget "$1" > "$work/out" 2> "$work/said" || status=$?
	[ $status = "$4" ] || fail "$1, day $2, $3: $status, $(cat "$work/out" "$work/said")"
}
forgets 'Dewi Jansen' 65 human 3
[ -e "$aside" ] || fail "removed because somebody said what time it is"
forgets 'Bram Bakker' 65 ntp 3
[ -e "$aside" ] || fail "removed as soon as the network said what time it is"
grep -q 'delete what stands beside the log' "$work/said" || fail "$(cat "$work/said")"
forgets 'Chris Smit' 99 human 3
[ -e "$aside" ] || fail "removed because somebody said what time it is"
forgets 'Eva Öztürk' 94 ntp 0
[ -e "$aside" ] && fail "it is never removed"
verified
