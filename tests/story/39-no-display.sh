#!/bin/sh
# Without a display the kiosk checks people in all the same, says so, and shows a picture as soon as a display appears.
. tests/story/lib.sh
command -v Xvfb > /dev/null || exit 0
number=$((200 + $$ % 700))
SDL_VIDEODRIVER=x11 DISPLAY=:$number
export SDL_VIDEODRIVER DISPLAY
reader_up
prepare
kiosk_start
until_true 10 status_has '"state":"up"'
status_has '"display":false' || fail "there can be no display yet"
say tap ntag213 uid=$ada ms=250 > /dev/null
until_true 5 log_grew_to 1
Xvfb :$number -screen 0 1280x720x24 -nolisten tcp > "$work/xvfb.log" 2>&1 &
xvfb=$!
until_true 10 status_has '"display":true'
until_true 5 field_is_empty
tap $bram checked-in
incheckpaal screenshot "$work/picture.png" > /dev/null
[ -s "$work/picture.png" ] || fail "no picture"
kiosk_down
kill $xvfb
