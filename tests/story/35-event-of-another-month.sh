#!/bin/sh
# tests/story/35-event-of-another-month.sh: a clock that is months behind picks the event of that month: whoever came is moved to today's once the time is known
. tests/story/lib.sh
query() { sqlite3 "$data/attendance.db" "$1"; }
corrected() { [ "$(query "SELECT group_concat(seq) FROM (SELECT seq FROM correction ORDER BY seq)")" = "$1" ]; }
september=$(date -d '2026-09-10 13:30:00' +%s)
reader_up
# known_at TIME: in truth it is then; at 14:20 parallel sessions are on, at 17:30 the doors have been shut.
known_at() {
	data=$work/at-$1
	clock_is $(((september - $(date +%s)) * 1000)) none
	schedule
	sed 's/^opening,[^,]*/eerder,Eerdere dag/; s/11-24/09-10/g; s/+01:00/+02:00/g; 2q' "$work/schedule.csv" > "$work/earlier.csv"
	incheckpaal init > /dev/null 2>&1
	incheckpaal import schedule "$work/earlier.csv" --event Eerder > /dev/null
	prepare
	kiosk_up
	tap $chris checked-in
	tap $dewi checked-in
	sleep 1.6
	tap $chris repeat
	at=$(date -d "2026-11-24 $1" +%s)
	clock_is $(((at - $(date +%s)) * 1000)) ntp
	until_true 30 corrected "$2"
	kiosk_down
	incheckpaal export attendance --event Eerder | tail -n +2 | cut -d, -f14 | grep -q yes && fail "at $1: $(attendance)"
	incheckpaal export attendance --event schedule | tail -n +2 | cut -d, -f3,14 | grep -c '^2026-11-24.*,yes' > "$work/came" || true
	[ "$(cat "$work/came")" = 2 ] || fail "at $1: $(attendance)"
	incheckpaal report participation --recount > "$work/recount" || fail "at $1 a recount differs: $(cat "$work/recount")"
	verified
}
known_at 14:20 1,2
known_at 17:30 1,2
