#!/bin/sh
# With tap-out a second tap after the guard time checks out and says how long; who forgot is closed by rule, marked as
# assumed, once the programme and its margin have passed: every session they came for, at its own end.
. tests/story/lib.sh
# Whoever came before it was asked of people to check out did not forget it.
all_up
tap $dewi checked-in
kiosk_down
configure kiosk tap_out yes
configure kiosk guard_s 2
configure kiosk leave_min 10
kiosk_up
tap $ada checked-in
tap $bram checked-in
sleep 2.5
tap $ada checked-out
screen_is goodbye
clock_is $((($(date -d '2026-11-24 16:00:00' +%s) - $(date +%s)) * 1000)) ntp
sleep 1.5
tap $bram checked-in
clock_is $((($(date -d '2026-11-24 16:38:00' +%s) - $(date +%s)) * 1000)) ntp
sleep 2
[ "$(log_lines)" = 5 ] || fail "closed before the margin has passed: $(attendance)"
clock_is $((($(date -d '2026-11-24 16:41:00' +%s) - $(date +%s)) * 1000)) ntp
until_true 10 log_grew_to 7
sleep 1.5
[ "$(log_lines)" = 7 ] || fail "closed more than once: $(attendance)"
for end in 13:55:00.*opening 16:30:00.*slot; do
	attendance --personal | tail -2 | grep -q "2026-11-24T$end.*,out,checked-out,.*Bram Bakker,assumed" ||
		fail "not marked as assumed at $end: $(attendance --personal | tail -2)"
done
incheckpaal report participation --recount 2>&1 | grep -q 'counters agree' || fail 'the counters disagree'
kiosk_kill_hard
kiosk_up
sleep 3.5
[ "$(log_lines)" = 7 ] || fail "a restart closes again: $(attendance)"
verified
# A backup of before was put back: what is remembered is of another log, and must not hold for the taps to come.
kiosk_kill_hard
sqlite3 "$data/attendance.db" "UPDATE kiosk_setting SET value = 9999 WHERE name = 'tap-out-from'"
kiosk_up
from=$(sqlite3 "$data/attendance.db" "SELECT value FROM kiosk_setting WHERE name = 'tap-out-from'")
[ "$from" = 0 ] || fail "check-outs are asked for since tap $from of a log that is gone"
