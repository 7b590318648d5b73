#!/bin/sh
# tests/story/35-second-tap.sh: who tapped before the time was known, between sessions to choose from, is known to be in after it, and counts once
. tests/story/lib.sh
clock_is $((($(date -d '2026-09-10 13:30:00' +%s) - $(date +%s)) * 1000)) none
all_up
tap $chris checked-in
at=$(date -d '2026-11-24 14:20:00' +%s)
clock_is $(((at - $(date +%s)) * 1000)) ntp
until_true 20 grep -q 'trusted now' "$work/kiosk.log"
sleep 1.6
tap $chris repeat
# In the next boot too.
kiosk_down
export INCHECKPAAL_BOOT_ID=22222222222222222222222222222222
kiosk_up
sleep 1.6
tap $chris repeat
tap $dewi checked-in
kiosk_down
incheckpaal report participation --format csv --language en > "$work/report"
grep -qx 'summary,Counted check-ins,2' "$work/report" || fail "$(cat "$work/report")"
incheckpaal report participation --recount > "$work/recount" || fail "a recount differs: $(cat "$work/recount")"
