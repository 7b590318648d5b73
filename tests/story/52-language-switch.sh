#!/bin/sh
# A visitor switches the language by touch, also where the display hangs turned; a finger that slides off the control changes nothing; whoever walks away leaves
# the screen to the next, in the language of the house.
. tests/story/lib.sh
export INCHECKPAAL_PACE=12
touchable
all_up
incheckpaal screenshot "$work/nl.png" > /dev/null
xdotool mousemove 1180 660 mousedown 1 mousemove 900 400 mouseup 1
sleep 0.3
status_has '"language":"nl"' || fail "a slip changed the language"
press 1180 660
until_true 5 status_has '"language":"en"'
incheckpaal screenshot "$work/en.png" > /dev/null
cmp -s "$work/nl.png" "$work/en.png" && fail "both languages look the same"
press 1040 660
until_true 5 status_has '"language":"nl"'
# A form begun in English and left alone: idle again after its 45 seconds, Dutch again 30 seconds later (at twelve times the pace).
press 1180 660
until_true 5 status_has '"language":"en"'
press 1116 572
screen_is register-cluster
press 332 324
screen_is register-organisation
until_true 10 status_has '"screen":"idle"'
status_has '"language":"en"' || fail "the language went with the form"
until_true 10 status_has '"language":"nl"'
[ "$(log_lines)" = 0 ] || fail "a form that was left is a row"

# On a display that hangs turned the same control is where it is seen: at (608, 1220) of a picture that stands.
unset INCHECKPAAL_PACE
for turned in '90 59 608' '270 1220 111'; do
	# shellcheck disable=SC2086
	set -- $turned
	kiosk_down
	configure screen rotate "$1"
	kiosk_up
	press "$2" "$3"
	until_true 5 status_has '"language":"en"'
done
