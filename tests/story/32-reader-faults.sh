#!/bin/sh
# Whatever happens to the reader, taps are taken again within two seconds of its end, none is made up, and the screen says so meanwhile.
. tests/story/lib.sh
all_up
tap $ada checked-in

# The badge after the fault is the next one each time; two seconds is 40 tries.
tap_soon() {
	before=$(shown_count)
	say put late ntag213 "uid=$1" > /dev/null
	until_true 2 more_shown_than "$before"
	say remove late > /dev/null
	[ "$(last_shown)" = "$2" ] || fail "after the fault the screen showed $(last_shown), not $2"
	until_true 5 field_is_empty
}

say unplug > /dev/null
screen_is out
say plug > /dev/null
tap_soon $bram checked-in

say fault lowvbat > /dev/null
tap_soon $chris checked-in

say fault garbage 1000 > /dev/null
sleep 1
tap_soon $dewi checked-in

say put mid ntag213 uid=$eva > /dev/null
until_true 5 log_grew_to 5
say unplug > /dev/null
screen_is out
say remove mid > /dev/null
say plug > /dev/null
screen_is idle
sleep 2 # the same badge is quiet for a while after it was held
tap $eva repeat

reader=$(pgrep -P "$kiosk_pid" -f incheckpaal-reader)
kill -9 "$reader"
tap_soon $ada repeat

kiosk_down
[ "$(log_lines)" = 7 ] || fail "the log has $(log_lines) lines, not 7"
verified
