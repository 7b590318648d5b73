#!/bin/sh
# An unknown badge's tap is kept, and counts for its owner once the badge is linked the next day.
. tests/story/lib.sh
all_up
tap $stranger unknown
kiosk_down
attendance | grep -q ',in,unknown,no,,' || fail "before the link: $(attendance)"
incheckpaal badge link $stranger dewi@voorbeeld.example > /dev/null
attendance --personal | grep -q ',in,unknown,yes,Gemeente,government,.*Dewi Jansen' ||
	fail "after the link: $(attendance --personal)"
verified
