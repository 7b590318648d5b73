#!/bin/sh
# A session over midnight is one night: who came before midnight is in after it, takes one place however often they come, may leave just after the end, and Live counts as the kiosk does.
. tests/story/lib.sh
. tests/story/web.sh
cat > "$work/schedule.csv" <<-CSV
session,title,host,room,start,end,cluster,capacity,kind,state
nacht,Hackathon,Sanne de Wit,Grote zaal,2026-11-24T20:00:00+01:00,2026-11-25T02:00:00+01:00,ict-ecommerce,2,parallel,planned
CSV
at() { clock_is $((($(date -d "$1" +%s) - $(date +%s)) * 1000)) ntp; }
configure kiosk tap_out yes
configure kiosk guard_s 1
configure kiosk leave_min 10
# live IN TODAY: what Live counts.
live() {
	signed_in
	[ "$(ask GET /live -H 'Accept: application/json')" = 200 ]
	got=$(jq -r '.figures | [.in_now, .today] | join(" ")' "$work/body")
	[ "$got" = "$1 $2" ] || fail "Live says $got, not $1 $2 ($3)"
}
at '2026-11-24 23:50'
all_up
web_start
tap $ada checked-in
sleep 2.5
tap $ada checked-out
sleep 2.5
tap $ada checked-in
live 1 1 'before midnight'
at '2026-11-25 00:10'
sleep 2.5
tap $ada checked-out
sleep 2.5
tap $ada checked-in
tap $bram checked-in
tap $chris full
live 3 3 'after midnight'
[ "$(jq -r '.sessions.list[0] | [.code, .in] | join(" ")' "$work/body")" = 'nacht 2' ] || fail "in the session: $(cat "$work/body")"
at '2026-11-25 02:05'
sleep 2.5
tap $bram checked-out
live 2 3 'people leave'
at '2026-11-25 02:15'
assumed() { [ "$(attendance --personal | grep -c "2026-11-25T02:00:00.*,out,checked-out,.*Ada de Vries,assumed")" = 1 ]; }
until_true 10 assumed
live 0 3 'the night is over'
[ "$(jq -r '.past.day' "$work/body")" = 2026-11-24T00:00:00+01:00 ] || fail "the night is not of the day it began: $(cat "$work/body")"
grep -q '"verdict":"error"' "$work/trace" && fail 'a tap was not answered'
web_down
kiosk_down
verified
incheckpaal report participation --recount 2>&1 | grep -q 'counters agree' || fail 'the counters disagree'
