#!/bin/sh
# Where a frame of a motion comes late there is other work to do, and for a while answers stand still: a frame, and four a second for the bar.
. tests/story/lib.sh
all_up
frames() { incheckpaal status --json | sed 's/.*"frames":\([0-9]*\).*/\1/'; }
# drawn UID VERDICT: how many frames the answer to this badge takes; status is a second old at most.
drawn() {
	sleep 1.2
	frames_before=$(frames)
	tap "$1" "$2" > /dev/null
	sleep 1.2
	echo $(($(frames) - frames_before))
}
# late UID: the kiosk is held up in the middle of what moves.
late() {
	before=$(shown_count)
	say put late ntag213 "uid=$1" > /dev/null
	tries=2000
	while ! more_shown_than "$before" && [ $tries -gt 0 ]; do tries=$((tries - 1)); done
	kill -STOP "$kiosk_pid"
	sleep 0.2
	kill -CONT "$kiosk_pid"
	say remove late > /dev/null
	until_true 5 field_is_empty
}
late $ada
[ "$(drawn $bram checked-in)" -gt 9 ] || exit 0
# Held up too late, after the motion's end: once more.
late $chris
[ "$(drawn $dewi checked-in)" -le 9 ] || fail "it moves on under load"
