#!/bin/sh
# An answer is heard and lights the LED, in its own pattern; the volume holds; without a device it is quiet and well.
. tests/story/lib.sh
export SDL_AUDIODRIVER=disk SDL_DISKAUDIOFILE="$work/sound.raw"
# A LED of three colours as the kernel's LED class shows it, and what was written to it.
mkdir "$work/led"
for value in trigger brightness multi_intensity; do echo 0 > "$work/led/$value"; done
echo 100 > "$work/led/max_brightness"
echo 'red green blue' > "$work/led/multi_index"
configure screen led "$work/led"
all_up
led_is() { [ "$(cat "$work/led/$1")" = "$2" ]; }
[ "$(cat "$work/led/trigger")" = none ] || fail "the kernel's trigger was left: $(cat "$work/led/trigger")"
led_is brightness 0 || fail "the light is on already"

# samples that are not silence, in thousands
loud() { tr -d '\0' < "$work/sound.raw" | wc -c; }
heard() { [ -s "$work/sound.raw" ] && [ "$(loud)" -gt "$1" ]; }
[ ! -s "$work/sound.raw" ] || fail "it sounds before anybody came"
tap "$ada" checked-in
until_true 5 led_is brightness 100
led_is multi_intensity '0 100 25' || fail "not green: $(cat "$work/led/multi_intensity")"
until_true 5 heard 40000
until_true 5 led_is brightness 0
incheckpaal badge block "$eva" > /dev/null
before=$(loud)
tap "$eva" blocked
until_true 5 led_is multi_intensity '100 0 0'
until_true 5 heard $((before + 60000))
kiosk_down
led_is brightness 0 || fail "the light stays on"

# Nothing to sound with, no such LED: said in words, and taps go on.
export SDL_AUDIODRIVER=alsa
printf '[screen]\nled = nowhere\n' >> "$work/conf"
: > "$work/kiosk.log"
kiosk_up
tap "$bram" checked-in
until_true 5 grep -q 'sound: there is no device' "$work/kiosk.log"
grep -q 'light: there is no LED at /sys/class/leds/nowhere' "$work/kiosk.log" || fail "a missing LED is not said"
kiosk_down
