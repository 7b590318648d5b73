#!/bin/sh
# An X server that dies while it is being opened, three times over, does not end the kiosk: badges are taken, and the
# picture comes as soon as one stays.
. tests/story/lib.sh
command -v Xvfb > /dev/null || exit 0
real=$((number + 1))
Xvfb :$real -screen 0 1280x720x24 -nolisten tcp -noreset > "$work/xvfb.log" 2>&1 &
xvfb=$!
DISPLAY=:$real until_true 10 xdotool getmouselocation
python3 tests/story/dying_display.py $number $real 3 > "$work/dying.log" 2>&1 &
dying=$!
SDL_VIDEODRIVER=x11 DISPLAY=:$number
export SDL_VIDEODRIVER DISPLAY
until_true 10 test -S /tmp/.X11-unix/X$number
attendees
reader_up
prepare
kiosk_start
until_true 10 status_has '"display":true'
[ "$(grep -c dies "$work/dying.log")" = 3 ] || fail "it did not die three times: $(cat "$work/dying.log")"
grep -q 'screen: there is a display again' "$work/kiosk.log" || fail "the display's return is not said"
tap "$ada" checked-in
kiosk_down
kill $dying
rm -f /tmp/.X11-unix/X$number
