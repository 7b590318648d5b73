#!/bin/sh
# tests/story/35-clock-was-wrong.sh: an organiser sets the clock two hours late, and an empty hardware clock says another day: whoever came meanwhile
# is moved to the right session once the network says the time; what was decided by hand, stays.
. tests/story/lib.sh
cat > "$work/schedule.csv" <<CSV
session,title,host,room,start,end,cluster,capacity,kind,state
middag,Middag,Sanne de Wit,Zaal,2026-11-24T13:15:00+01:00,2026-11-24T15:00:00+01:00,health,,parallel,planned
avond,Avond,Sanne de Wit,Zaal,2026-11-24T15:15:00+01:00,2026-11-24T17:00:00+01:00,ict-ecommerce,,parallel,planned
CSV
query() { sqlite3 "$data/attendance.db" "$1"; }
corrected() { [ "$(query "SELECT group_concat(seq) FROM (SELECT seq FROM correction ORDER BY seq)")" = "$1" ]; }
came() {
	[ "$(query "SELECT group_concat(said, ' ') FROM (SELECT s.code || ':' || count(*) AS said FROM tap t JOIN session s ON s.id = t.session
		WHERE t.counts AND t.seq NOT IN (SELECT seq FROM correction) GROUP BY s.code ORDER BY s.code)")" = "$1" ] ||
		fail "$(attendance)"
}
true_time=$(((noon - $(date +%s)) * 1000))
clock_is $((true_time + 7200000)) human
all_up
tap $ada checked-in
tap $bram checked-in
incheckpaal correct 2 --reason 'was Bram niet' > /dev/null
came avond:1
# Another day, by a clock that is trusted as little.
clock_is $((true_time - 20 * 86400000)) rtc
tap $chris closed
tap $stranger closed
clock_is $true_time ntp
until_true 30 corrected 1,2,3,4
came middag:3
tap $chris repeat
tap $bram checked-in
came middag:4
incheckpaal badge link $stranger 'Eva Öztürk' > /dev/null
kiosk_down
incheckpaal report participation --format csv --language en > "$work/report"
grep -qx 'summary,Counted check-ins,4' "$work/report" || fail "$(cat "$work/report")"
incheckpaal report participation --recount > "$work/recount" || fail "a recount differs: $(cat "$work/recount")"
verified
