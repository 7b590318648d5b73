#!/bin/sh
# tests/story/61-live-behind.sh: while the programme is on, Live says of which other kiosk it knows nothing for a quarter of an hour; the report always says until when
. tests/story/lib.sh
. tests/story/web.sh
at() { clock_is $((($(date -d "2026-11-24 $1" +%s) - $(date +%s)) * 1000)) ntp; }
reader_up
prepare
a=$data data=$work/second
mkdir "$data"
cp "$a/venue.key" "$data"
prepare
configure kiosk name Zij-ingang
kiosk_up
tap "$bram" checked-in
kiosk_down
configure kiosk name Ingang
b=$data data=$a
kiosk_up
tap "$ada" checked-in
kiosk_down
incheckpaal merge "$b/attendance.db" > "$work/said" 2>&1 || fail "merge: $(cat "$work/said")"
web_start
signed_in
ask GET '/live?lang=nl' -H 'Accept: text/html' > /dev/null
behind() { ask GET /live -H 'Accept: application/json' > /dev/null; jq -r '.behind[].kiosk' "$work/body"; }
page /live 200; says 'data-live="today">2<'
[ "$(behind)" = '' ] || fail 'what is just known is old'
at 13:50
[ "$(behind)" = Zij-ingang ] || fail "not behind: $(cat "$work/body")"
python3 tests/web/openapi.py "$work" "$web" part || fail "an answer is not as described"
page /live 200; says 'Van kiosk Zij-ingang is hier niets bekend van na 24 november 13:3'; says '<dd class="sub">kiosk Zij-ingang tot 24 november 13:3'
page /reports/clusters 200; says 'Kiosk Zij-ingang is meegeteld tot 24 november 13:3'
at 16:31
[ "$(behind)" = '' ] || fail 'it is over'
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
