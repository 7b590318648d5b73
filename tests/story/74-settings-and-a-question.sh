#!/bin/sh
# Whoever is choosing a session while an organiser changes what a tap means is not disturbed: the question stays as it
# was, the answer counts, and the next tap is for what was chosen on the page.
. tests/story/lib.sh
. tests/story/web.sh
clock_is $((($(date -d '2026-11-24 14:05:00' +%s) - $(date +%s)) * 1000)) ntp
touchable
all_up
web_start
signed_in
here=/kiosks/1/settings
rev() { sed -n "s/.*name=\"part\" value=\"$1\".*name=\"rev\" value=\"\([^\"]*\)\".*/\1/p" "$work/body" | head -n 1; }
choose() {
	part=$1
	shift
	page "$here" 200
	send "$here" 303 "part=$part" "rev=$(rev "$part")" "$@"
}
picture() { incheckpaal screenshot "$work/$1.png" > /dev/null; }

choose tap tap=session which=choose room=
tap $dewi choose
screen_is choose
choose tap tap=entrance which= room=
choose reader side=left
choose look theme=dark volume=10
choose language screen_language=en page_language=nl
until_true 10 status_has '"kiosk.language":"en"'
status_has '"screen":"choose"' || fail 'the question went away'
status_has '"language":"nl"' || fail 'the question turned English'
press 229 424
until_true 5 log_grew_to 2
attendance | tail -1 | grep -q ',data,' || fail "the answer does not count: $(attendance | tail -1)"
tap $eva checked-in
screen_is idle
status_has '"language":"en"' || fail 'the idle screen has the old language'
# The panel of the reader fills the left of the dark screen now, in the colours of the board before.
picture left
choose reader do=file
until_true 10 status_has '"chosen":{"kiosk.language":"en","screen.theme":"dark"'
sleep 0.5
picture right
cmp -s "$work/left.png" "$work/right.png" && fail 'the reader moved and the screen did not'
web_down
verified
