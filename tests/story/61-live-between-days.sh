#!/bin/sh
# tests/story/61-live-between-days.sh: on a day without programme Live shows the last day of the event, with its date, until somebody checks in
. tests/story/lib.sh
. tests/story/web.sh
schedule
cat >> "$work/schedule.csv" <<-CSV
	nog,Nog een dag,Sanne de Wit,Grote zaal,2026-11-26T10:00:00+01:00,2026-11-26T12:00:00+01:00,,,plenary,planned
CSV
configure kiosk tap_out yes
all_up
web_start
signed_in
ask GET '/live?lang=nl' -H 'Accept: text/html' > /dev/null
tap "$ada" checked-in
page /live 200; says 'Zo staat het nu'; says 'Nu binnen'; says 'Vandaag ingecheckt'
[ "$(ask GET /live -H 'Accept: application/json')" = 200 ]
[ "$(jq -r '.past' "$work/body")" = null ] || fail 'today is past'

# on DAY TIME: the page is asked on another day, and knows who asks.
on() {
	clock_is $((($(date -d "$1 $2" +%s) - $(date +%s)) * 1000)) ntp
	signed_in
}
on 2026-11-25 10:00
page /live 200; says 'Zo was het op dinsdag 24 november'; says 'Vandaag is er geen programma. Het gaat verder op donderdag 26 november.'
says 'data-live="today">1<'; says 'Die dag geweest'; says 'Ada de Vries'
grep -q 'Nu binnen' "$work/body" && fail 'somebody is in on a day that is over'
[ "$(ask GET /live -H 'Accept: application/json')" = 200 ]
[ "$(jq -r '.past.day, .past.next, .arrivals.until, .arrivals.sum' "$work/body" | tr '\n' ' ')" = '2026-11-24T00:00:00+01:00 2026-11-26T10:00:00+01:00 2026-11-24T16:30:00+01:00 1 ' ] || fail "another day: $(cat "$work/body")"
python3 tests/web/openapi.py "$work" "$web" part || fail "an answer is not as described"
on 2026-11-26 09:50
page /live 200; says 'Zo staat het nu'; says 'data-live="today">0<'; says 'Nog niemand ingecheckt vandaag'
on 2026-11-27 10:00
page /live 200; says 'Die dag checkte niemand in'
grep -q 'Het gaat verder' "$work/body" && fail 'nothing follows'
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
kiosk_down
