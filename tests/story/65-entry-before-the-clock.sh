#!/bin/sh
# tests/story/65-entry-before-the-clock.sh: by hand while the clock is months behind: the true time is taken, and what was just now by the clock gets its time later
. tests/story/lib.sh
. tests/story/web.sh
september=$(date -d '2026-09-10 13:30:30' +%s)
clock_is $(((september - $(date +%s)) * 1000)) none
all_up
web_start
signed_in
id_of() { sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE given_name = '$1'"; }
page "/people/$(id_of Eva)" 200
send "/people/$(id_of Eva)/checkin" 303 what=in day=2026-11-24 time=13:29 reason=vergeten
page "/people/$(id_of Dewi)" 200
send "/people/$(id_of Dewi)/checkin" 303 what=in day=2026-09-10 time=13:30 reason=vergeten
page "/people/$(id_of Chris)" 200
send "/people/$(id_of Chris)/checkin" 303 what=out day=2026-09-10 time=13:30 reason=vergeten
clock_is $(((noon - $(date +%s)) * 1000)) ntp
dewi_is_in_time() { attendance --personal | grep -q ',2026-11-24T13:[23].*opening.*Dewi Jansen,clock:2'; }
until_true 30 dewi_is_in_time
attendance --personal | grep -q ',2026-11-24T13:29:00+01:00,human,.*Eva Öztürk,by-hand' || fail "$(attendance --personal)"
attendance --personal | grep -q ',2026-11-24T13:[23].*,out,.*Chris Smit,by-hand' || fail "$(attendance --personal)"
[ "$(attendance | grep -c '^[^,]*,[0-9]*,2026-11-24T13:')" = "$(log_lines)" ] || fail "$(attendance)"
# A clock that is right refuses what is still to come.
page "/people/$(id_of Ada)" 200
send "/people/$(id_of Ada)/checkin" 422 what=in day=2026-11-24 time=23:05 reason=morgen; says 'Dit ligt in de toekomst'
web_down
kiosk_down
incheckpaal report participation --recount > "$work/recount" || fail "a recount differs: $(cat "$work/recount")"
verified
