#!/bin/sh
# tests/story/55-tomorrow-for-a-moment.sh: tomorrow's date, told by a person for a moment, checks nobody out; a time they told that stands does
. tests/story/lib.sh
configure kiosk tap_out yes
configure kiosk guard_s 1
configure kiosk leave_min 1
true_time=$(((noon - $(date +%s)) * 1000))
clock_is $true_time human
all_up
tap $ada checked-in
tap $bram checked-in
tomorrow_is_noted() { [ "$(sqlite3 "$data/attendance.db" 'SELECT count(*) FROM anchor')" -ge 2 ]; }
clock_is $((true_time + 86400000)) human
until_true 5 tomorrow_is_noted
sleep 6
clock_is $true_time human
[ "$(log_lines)" = 2 ] || fail "somebody is taken to have left: $(attendance)"
sleep 1.5
tap $ada checked-out
kiosk_down
# The same time again, where nothing has to stand for long.
configure kiosk leave_min 0
clock_is $((true_time + 86400000)) human
kiosk_up
until_true 20 log_grew_to 4
kiosk_down
attendance | tail -1 | grep -q ',out,checked-out,.*assumed' || fail "$(attendance)"
verified
