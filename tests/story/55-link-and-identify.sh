#!/bin/sh
# Asked from elsewhere, the kiosk waits for a badge for one attendee, or says its own name; a tap goes before.
. tests/story/lib.sh
configure kiosk room 'Grote zaal'
all_up
hold() { held "$1" "${2:-ntag213}" seen_more_than "$(seen_count)"; }
link_is() { until_true 5 status_has "\"link\":{\"state\":\"$1\""; }

incheckpaal badge link next 'Eva Öztürk' > /dev/null
link_is waiting
screen_is link
incheckpaal screenshot "$work/link.png" > /dev/null
[ "$(wc -c < "$work/link.png")" -gt 5000 ] || fail "the screen is empty"
! incheckpaal badge link next 'Bram Bakker' > /dev/null 2>&1 || fail "two attendees' badges are waited for"
# A phone is refused, and the badge is waited for again.
hold 08112233
screen_is phone
until_true 10 status_has '"phones":1'
screen_is link
hold "$stranger"
link_is linked
screen_is link-done
[ "$(log_lines)" = 0 ] || fail "handing out a badge was logged"

# Somebody else's badge, and an organiser's, stay what they are.
incheckpaal badge organiser 04C0FFEE000001 > /dev/null
for badge in "$ada" 04C0FFEE000001; do
	incheckpaal badge link next 'Eva Öztürk' > /dev/null
	hold "$badge"
	link_is taken
	screen_is link-taken
done
! incheckpaal badge link 04C0FFEE000001 'Eva Öztürk' > /dev/null 2>&1 || fail "an organiser's badge was given away"

incheckpaal identify | grep -q 'shows its name' || fail "not identified"
screen_is identify
incheckpaal screenshot "$work/name.png" > /dev/null
[ "$(wc -c < "$work/name.png")" -gt 5000 ] || fail "the screen is empty"
tap "$bram" checked-in
screen_is welcome
kiosk_down
