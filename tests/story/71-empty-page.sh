#!/bin/sh
# An organiser who has nothing yet is led in three steps, may try a sample of twenty people first, and finds no empty tables.
. tests/story/lib.sh
. tests/story/web.sh
incheckpaal init > "$work/init.log" 2>&1
schedule
web_start
signed_in
ask GET '/live?lang=nl' -H 'Accept: text/html' > /dev/null
order_is() { tr '\n' ' ' < "$work/body" | grep -q "$1" || fail "not in this order: $1"; }

page /live 200
order_is '<li><div><h2>Programma erin.*class="btn" href="/programme".*<li class="later"><div><h2>Deelnemers erin.*class="btn alt" href="/people/import"'
says 'Eerst uitproberen?'; says 'Welke kolommen heb ik nodig?'; says 'href="/people/import/template.csv"'
incheckpaal import schedule "$work/schedule.csv" > "$work/import.log"
page /live 200
order_is '<li class="done"><div><h2>Programma erin.*Klaar: 1 dag, 4 sessies, 3 ruimtes\..*<li><div><h2>Deelnemers erin.*class="btn" href="/people/import"'
[ "$(ask GET /live -H 'Accept: application/json')" = 200 ]
[ "$(jq -c .planned "$work/body")" = '{"days":1,"sessions":4,"rooms":3}' ]

# Not while an event is on; else the form on that page makes it, and one button removes it.
page /live 200
send /settings/sample 409 do=make; says 'loopt een evenement'
event=$(sqlite3 "$data/attendance.db" 'SELECT id FROM event')
page /events 200
send "/events/$event/close" 303
page /live 200
send /settings/sample 303 do=make
header_is Location /live
[ "$(incheckpaal attendee list | wc -l)" = 20 ] || fail "not twenty people: $(incheckpaal attendee list)"
page /live 200; says 'data-live="today">0<'
page /settings 200
send /settings/sample 303 do=remove
! incheckpaal attendee list | grep -q 'Tess\|Ada' || fail "the sample's people are still there"

# A viewer is led as well, without what only an organiser may do.
viewer_in
page /live 200
! grep -q 'settings/sample' "$work/body" || fail 'a viewer is offered the sample'
cp "$work/organiser" "$work/jar"

page /downloads 200; says 'Nog niets gedownload'
! grep -q 't-hist' "$work/body" || fail 'an empty table is shown'
order_is 'Download</button><label class="pick"><input type="checkbox" name="zip"'
# Without a tap there is nothing to hand out: said before, in every format; who wants the file all the same has it.
for format in csv csv-excel xlsx; do
	send /downloads 200 what=attendance "format=$format" event= day=2026-11-24
	says 'geen tikken. Het bestand krijgt alleen een kopregel'; says 'value="" selected>Alle evenementen'; says 'name="day" value="2026-11-24"'
done
send /downloads 200 what=attendance format=json; says 'Het bestand krijgt een lege lijst'
[ "$(ask POST /downloads -H 'Accept: application/json' --data-urlencode "csrf=$csrf" -d what=attendance -d format=xlsx)" = 200 ]
[ "$(jq .empty "$work/body")" = true ]
! grep -q t-hist "$work/body" || fail 'what was not handed out is in the list'
send /downloads 200 what=attendance format=json sure=1; [ "$(jq -c . "$work/body")" = '[]' ]
send /downloads 200 what=attendance format=csv zip=1 sure=1; header_is Content-Type application/zip
[ "$(ask GET '/downloads/attendance?format=csv')" = 200 ]; [ "$(wc -l < "$work/body")" = 1 ]
page /downloads 200; says 'Bestanden zelf bewaart de kiosk niet'
page /settings 200; says 'href="/kiosks/1/restart"'
grep 'which .* did not give' "$work/web.log" && fail 'a page misses data'
web_down
