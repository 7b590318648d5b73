#!/bin/sh
# A visitor switches the language by touch; a finger that slides off the control changes nothing.
. tests/story/lib.sh
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
