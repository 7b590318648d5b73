#!/bin/sh
# Without a display, and while it is lost, the kiosk checks people in all the same, says so, and shows a picture as soon as there is one.
. tests/story/lib.sh
command -v Xvfb > /dev/null || exit 0
SDL_VIDEODRIVER=x11 DISPLAY=:$number
export SDL_VIDEODRIVER DISPLAY
display_up() {
	Xvfb :$number -screen 0 1280x720x24 -nolisten tcp -noreset >> "$work/xvfb.log" 2>&1 &
	xvfb=$!
}
display_down() {
	kill -9 $xvfb
	wait $xvfb 2> /dev/null || true
	rm -f /tmp/.X$number-lock /tmp/.X11-unix/X$number
}
milliseconds() { date +%s%3N; }
guest() { printf '04B0%010X' "$1"; }
rounds=${ROUNDS:-$([ -n "${PROVE:-}" ] && echo 100 || echo 3)}
attendees
i=1
while [ $i -le $((2 * rounds)) ]; do
	echo "$(guest $i),Gast,Nummer $i,Hanzecode,company,,ict-ecommerce,inside,,,nl," >> "$work/attendees.csv"
	i=$((i + 1))
done
reader_up
prepare
kiosk_start
until_true 10 status_has '"state":"up"'
status_has '"display":false' || fail "there can be no display yet"
say tap ntag213 uid=$ada ms=250 > /dev/null
until_true 5 log_grew_to 1
display_up
until_true 10 status_has '"display":true'
until_true 5 field_is_empty
tap $bram checked-in
incheckpaal screenshot "$work/picture.png" > /dev/null
[ -s "$work/picture.png" ] || fail "no picture"

# hold UID: until it stands in the log.
taken=2
hold() {
	say put guest ntag213 "uid=$1" > /dev/null
	taken=$((taken + 1))
	until_true 5 log_grew_to $taken
	say remove guest > /dev/null
	until_true 5 field_is_empty
}

# The server dies and comes back: two taps a round, one in the dark and one in the light.
i=1
while [ $i -le "$rounds" ]; do
	display_down
	hold "$(guest $((2 * i)))"
	until_true 5 status_has '"display":false'
	display_up
	until_true 5 xdotool getmouselocation
	back=$(milliseconds)
	until_true 5 status_has '"display":true'
	echo "$(($(milliseconds) - back))" >> "$work/back"
	shown=$(shown_count)
	hold "$(guest $((2 * i - 1)))"
	until_true 5 more_shown_than "$shown"
	i=$((i + 1))
done
[ "$(log_lines)" = $taken ] || fail "$(log_lines) taps are in the log of $taken"
incheckpaal screenshot "$work/picture.png" > /dev/null
sort -n "$work/back" | awk -v rounds="$rounds" '{ v[NR] = $1 }
	END { printf "display lost and back %d times: picture back after p50 %d ms, most %d ms\n", rounds, v[int((NR + 1) / 2)], v[NR] }'
kiosk_down
display_down
xvfb=
