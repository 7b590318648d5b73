#!/bin/sh
# tests/story/63-people-by-true-times.sh: clocks were wrong by days and years until the time was known, and the power went before the kiosk decided
# again: who came today, and after whom, goes by the times as they are read now, without what was taken back
. tests/story/lib.sh
. tests/story/web.sh
boot=1
kiosk_start() {
	: >> "$work/trace"
	INCHECKPAAL_BOOT_ID="00000000-0000-4000-8000-00000000000$boot" \
		"$BIN/incheckpaal-kiosk" --config "$work/conf" --data "$data" >> "$work/kiosk.log" 2>&1 &
	kiosk_pid=$!
}
true_time=$(((noon - $(date +%s)) * 1000))
clock_is $((true_time - 1800000)) ntp
all_up
tap "$chris" checked-in
kiosk_down
# Today by the clock, three days ago in truth.
boot=2
clock_is $true_time rtc
kiosk_up
tap "$eva" checked-in
kiosk_down
# 1970 by the clock, today in truth; one of them is taken back.
boot=3
clock_is $((-$(date +%s) * 1000 + 5000)) none
kiosk_up
tap "$dewi" checked-in
tap "$ada" checked-in
kiosk_down
query() { sqlite3 "$data/attendance.db" "$1"; }
query "INSERT INTO anchor SELECT boot_id, mono_ms, wall_ms - 3 * 86400000, 3 FROM tap WHERE seq = 2"
query "INSERT INTO anchor SELECT boot_id, mono_ms + 60000, ${noon}000, 3 FROM tap WHERE seq = 4"
query "INSERT INTO correction VALUES (3, 'vergissing', ${noon}000)"

clock_is $((true_time + 600000)) ntp
web_start
signed_in
people_are() {
	[ "$(ask GET "$1" -H 'Accept: application/json')" = 200 ] || fail "$1: $(cat "$work/body")"
	[ "$(jq -r '.in, (.people[] | [.name, .presence, .time[0:15], .sure] | join(" "))' "$work/body")" = "$2" ] || fail "$1: $(cat "$work/body")"
}
people_are '/people?filter=in' '2
Ada de Vries in 2026-11-24T13:2 true
Chris Smit in 2026-11-24T13:0 true'
people_are '/people?sort=in' '2
Ada de Vries in 2026-11-24T13:2 true
Chris Smit in 2026-11-24T13:0 true
Bram Bakker   true
Dewi Jansen   true
Eva Öztürk   true'
people_are '/people?sort=in&q=smit' '2
Chris Smit in 2026-11-24T13:0 true'
# Her own page says the same.
ada_id=$(query "SELECT id FROM attendee WHERE given_name = 'Ada'")
page "/people/$ada_id?lang=nl" 303
page "/people/$ada_id" 200
says 'vandaag om 13:29'
web_down
