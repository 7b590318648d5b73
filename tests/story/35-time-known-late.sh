#!/bin/sh
# tests/story/35-time-known-late.sh: a morning and an afternoon without a clock, then the time and at once a power cut: whoever came is counted
# in the right session, also when forgotten or with the badge blocked since, and when the second session was met as a repeat.
. tests/story/lib.sh
cat > "$work/schedule.csv" <<CSV
session,title,host,room,start,end,cluster,capacity,kind,state
ochtend,Ochtend,Sanne de Wit,Zaal,2026-11-24T09:00:00+01:00,2026-11-24T10:30:00+01:00,ict-ecommerce,,parallel,planned
middag,Middag,Sanne de Wit,Zaal,2026-11-24T13:15:00+01:00,2026-11-24T15:00:00+01:00,health,,parallel,planned
CSV
boot=1 passed=0
kiosk_start() {
	: >> "$work/trace"
	INCHECKPAAL_BOOT_ID="00000000-0000-4000-8000-00000000000$boot" $apart -T --boottime $passed --monotonic $passed \
		"$BIN/incheckpaal-kiosk" --config "$work/conf" --data "$data" >> "$work/kiosk.log" 2>&1 &
	kiosk_pid=$!
}
query() { sqlite3 "$data/attendance.db" "$1"; }
time_is_known() { [ "$(query 'SELECT count(*) FROM anchor')" -ge 1 ]; }
settled() { [ "$(query "SELECT group_concat(seq) FROM (SELECT seq FROM correction ORDER BY seq)")" = "$1" ]; }

# 9:30 in truth, 1970 by the clock.
clock_is $((-$(date +%s) * 1000 + 5000)) none
all_up
tap $ada checked-in
tap $bram checked-in
tap $chris checked-in
incheckpaal badge block $bram > /dev/null
incheckpaal attendee forget 'Chris Smit' > /dev/null
kiosk_down

# 13:30 in truth, of the same boot.
passed=14400
clock_is $((-$(date +%s) * 1000 + 14400000)) none
kiosk_up
tap $dewi checked-in
tap $ada repeat
clock_is $(((noon - $(date +%s)) * 1000)) ntp
until_true 5 time_is_known
kiosk_kill_hard
settled '' || fail "the power was not cut halfway"

# The next boot does not know the time either.
boot=2 passed=0
clock_is $((-$(date +%s) * 1000 + 5000)) none
kiosk_up
until_true 30 settled 1,2,3,4,5
owes_nothing() { [ "$(query "SELECT value FROM kiosk_setting WHERE name = 'hindsight-boot'")" = 0 ]; }
until_true 5 owes_nothing
kiosk_down
incheckpaal report participation --format csv --language en > "$work/report"
[ "$(grep '^sessions,' "$work/report" | cut -d , -f 4,8 | sort)" = "$(printf 'middag,2\nochtend,3')" ] || fail "$(cat "$work/report")"
incheckpaal report participation --recount > "$work/recount" || fail "a recount differs: $(cat "$work/recount")"
verified
