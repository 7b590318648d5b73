#!/bin/sh
# tests/story/35-time-told-again.sh: a person tells the time wrong and a little later right: whoever came between is in the right session on the right day
. tests/story/lib.sh
query() { sqlite3 "$data/attendance.db" "$1"; }
corrected() { [ "$(query "SELECT group_concat(seq) FROM (SELECT seq FROM correction ORDER BY seq)")" = "$1" ]; }
true_time=$(((noon - $(date +%s)) * 1000))
# An hour ahead, in the session each has chosen; then yesterday, when nothing was on.
clock_is $((true_time + 3600000)) human
all_up
tap $ada checked-in
tap $bram checked-in
clock_is $((true_time - 86400000)) human
tap $chris closed
clock_is $true_time human
until_true 30 corrected 1,2,3
tap $dewi checked-in
tap $ada repeat
kiosk_down
came=$(query "SELECT group_concat(said, ' ') FROM (SELECT s.code || ':' || count(*) AS said FROM tap t JOIN session s ON s.id = t.session
	WHERE t.counts AND t.seq NOT IN (SELECT seq FROM correction) GROUP BY s.code ORDER BY s.code)")
[ "$came" = opening:4 ] || fail "$came: $(attendance)"
[ "$(attendance | grep -c '^[^,]*,[0-9]*,2026-11-24T13:[34]')" = "$(log_lines)" ] || fail "a tap has another time: $(attendance)"
incheckpaal report participation --recount > "$work/recount" || fail "a recount differs: $(cat "$work/recount")"
verified
