#!/bin/sh
# Whatever happens to the reader, taps are taken again once it ends, none is made up, and the screen says so meanwhile.
. tests/story/lib.sh
# The chip's reset line: what the reader writes into this file reaches the simulated chip.
echo 1 > "$work/reset"
while sleep 0.03 && [ -e "$work/reset" ]; do
	! grep -q 0 "$work/reset" || say reset > /dev/null
done 2> /dev/null &
configure reader reset_gpio "$work/reset"
all_up
tap $ada checked-in

# The badge after the fault is the next one each time.
tap_soon() {
	before=$(shown_count)
	say put late ntag213 "uid=$1" > /dev/null
	until_true 10 more_shown_than "$before"
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

say fault garbage 1000000 > /dev/null
screen_is out
sleep ${PROVE:+10} 0
say fault none > /dev/null
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

sleep 2
say fault hung > /dev/null
screen_is out
screen_is idle # the reset line woke it
tap_soon $bram repeat

reader=$(pgrep -P "$kiosk_pid" -f incheckpaal-reader)
kill -STOP "$reader"
screen_is out
screen_is idle # a reader without a pulse is killed and started again
tap_soon $chris repeat

kiosk_down
[ "$(log_lines)" = 9 ] || fail "the log has $(log_lines) lines, not 9"
verified
