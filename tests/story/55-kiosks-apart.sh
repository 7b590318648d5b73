#!/bin/sh
# tests/story/55-kiosks-apart.sh: two kiosks of which the clocks differ by ten minutes: who came in at the one goes out at the other, whichever is ahead
. tests/story/lib.sh
configure kiosk tap_out yes
reader_up
prepare
a=$data
# goes_out NAME AHEAD: at a second kiosk, so many seconds ahead of the first, which it has met.
goes_out() {
	data=$work/$1
	mkdir "$data"
	cp "$a/venue.key" "$data"
	prepare
	incheckpaal merge "$a/attendance.db" > /dev/null
	clock_is $(((noon + $2 - $(date +%s)) * 1000)) human
	export INCHECKPAAL_BOOT_ID="$3"
	kiosk_up
	tap $ada checked-out
	kiosk_down
}
kiosk_up
tap $ada checked-in
kiosk_down
goes_out behind -600 66666666666666666666666666666666
goes_out ahead 600 77777777777777777777777777777777
