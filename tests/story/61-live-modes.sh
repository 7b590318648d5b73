#!/bin/sh
# tests/story/61-live-modes.sh: what Live shows by what a tap means here and at other doors, before people or programme are known, and to one watcher too many
. tests/story/lib.sh
. tests/story/web.sh
live() { [ "$(ask GET /live -H 'Accept: application/json')" = 200 ] || fail "$(cat "$work/body")"; }
says_not() { ! grep -q "$1" "$work/body" || fail "the page says '$1'"; }
# here MODE TAP_OUT: what a tap means at this kiosk from now on.
here() {
	web_down
	configure kiosk mode "$1"
	configure kiosk tap_out "$2"
	web_start
	page /live 200
}

# Nobody is known yet: three steps, and how many taps wait for their people; it comes there by itself.
incheckpaal init > "$work/init.log" 2>&1
reader_up
kiosk_up
web_start
signed_in
ask GET '/live?lang=nl' -H 'Accept: text/html' > /dev/null
tap "$ada" unknown
page /live 200; says 'Drie stappen'; says '<div data-part="taps">.*Er is al <b>1 tik</b> binnengekomen'

# People without a programme: figures, and no sessions.
attendees
incheckpaal import attendees "$work/attendees.csv" > "$work/import.log"
tap "$bram" checked-in
page /live 200; says 'data-live="today">2<'; says 'data-live="unknown">0<'; says_not 'Koppel ze aan een persoon'; says_not 'id="h-cl"'
live; [ "$(jq -c '[.programme, .sessions.list, .standing]' "$work/body")" = '[false,[],null]' ] || fail "$(cat "$work/body")"
schedule
incheckpaal import schedule "$work/schedule.csv" > "$work/import.log"

# One tap a day: who came. For a session: that, and how full each is. In and out: also who is in.
page /live 200; says 'Vandaag geweest'; says_not 'Nu binnen'; says_not 'Toon alle 2.*in_now'
kiosk_down
configure kiosk room 'Atelier 1'
here room no; says 'Vandaag geweest'; says_not 'Nu binnen'; says 'Plek'
here entrance yes; says 'Nu binnen'; says 'Vandaag ingecheckt'

# Another door where people come and nobody taps out: then nobody knows who is in. Once somebody left by it, it is known again.
a=$data data=$work/second
mkdir "$data" && cp "$a/venue.key" "$data"
configure kiosk name Zij-ingang
configure kiosk tap_out no
prepare
kiosk_up
tap "$chris" checked-in
kiosk_down
merge() { incheckpaal --data "$a" merge "$work/second/attendance.db" > "$work/merge.log" 2>&1 || fail "merge: $(cat "$work/merge.log")"; }
configure kiosk name Ingang
data=$a
here entrance yes; says 'Nu binnen'
merge
page /live 200; says 'Vandaag geweest'; says 'data-live="today">3<'; says_not 'Nu binnen'
live; [ "$(jq .tap_out "$work/body")" = false ] || fail 'it is told who is in'
page '/people?filter=in' 200; says '3 vandaag geweest'
bram_id=$(sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE given_name = 'Bram'")
page "/people/$bram_id" 200; says 'vandaag om '; says_not 'binnen sinds'
data=$work/second
configure kiosk name Zij-ingang
configure kiosk guard_s 1
kiosk_up
sleep 1.5
tap "$chris" checked-out
kiosk_down
configure kiosk name Ingang
data=$a
merge
page /live 200; says 'Nu binnen'; says 'data-live="in_now">2<'; says 'data-live="today">3<'
page '/people?filter=in' 200; says '2 nu binnen'; says_not 'Chris Smit'
page "/people/$bram_id" 200; says 'binnen sinds '

# Of which kiosk nothing is known, and where to look.
clock_is $((($(date -d '2026-11-24 14:20' +%s) - $(date +%s)) * 1000)) ntp
page /live 200; says 'Van kiosk Zij-ingang is hier niets bekend van na 24 november 13:3.*<a href="/kiosks">Bekijk de kiosk</a>'
# Eight may watch; the ninth is told so, in words of its own, and when to come back.
for i in 1 2 3 4 5 6 7 8; do
	curl -skN --max-time 60 -b "$work/jar" "$web/live/stream" > "$work/stream$i" &
	until_true 10 grep -q 'event: ' "$work/stream$i"
done
[ "$(ask GET /live/stream -H 'Accept: text/event-stream')" = 503 ]; header_is Retry-After 30; says 'Er kijken veel mensen mee'
page /live/stream 503; says 'Er kijken veel mensen mee'; says_not 'haalt het later in'
# Whoever signs out watches no longer; a stream that is over is asked for again, and that is for who is signed in.
is_over() { ! kill -0 "$last_stream" 2> /dev/null; }
last_stream=$!
page /live 200
send /logout 303
until_true 10 is_over
[ "$(ask GET /live/stream -H 'Accept: text/event-stream')" = 401 ] || fail 'somebody who signed out watches'
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
