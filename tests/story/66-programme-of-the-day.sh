#!/bin/sh
# tests/story/66-programme-of-the-day.sh: what an organiser changes today stands on the kiosk's screen within a second
. tests/story/lib.sh
. tests/story/web.sh
all_up
web_start
signed_in
ask GET '/programme?lang=nl' -H 'Accept: text/html' > /dev/null

page /programme 200; says 'Data delen zonder gedoe'; says '13:00–13:55'; says 'nu bezig'; says '4 sessies'
id=$(sqlite3 "$data/attendance.db" "SELECT id FROM session WHERE code = 'data'")
page "/programme/sessions/$id" 200; says 'Van\|Data delen'
# on_the_kiosk STATE START: as its own board has it.
on_the_kiosk() {
	[ "$(sqlite3 "$data/attendance.db" "SELECT state || ' ' || strftime('%H:%M', start_ms / 1000, 'unixepoch', '+1 hour') || ' ' || room FROM session WHERE id = '$id'")" = "$1" ]
}
frames() { incheckpaal status --json | sed -n 's/.*"frames":\([0-9]*\).*/\1/p'; }
drawn_after() { [ "$(frames)" -gt "$1" ]; }
changed() {
	before=$(frames)
	send "/programme/sessions/$id/today" 303 "$@"
	until_true 10 drawn_after "$before"
}
changed x=late new_time=14:25; on_the_kiosk 'delayed 14:25 Atelier 1'
page /programme 200; says 'wordt 14:25'
send "/programme/sessions/$id/today" 422 x=late new_time=14:00; says 'na de eerste begintijd'
send "/programme/sessions/$id/today" 422 x=late new_time=; says 'Dit is geen tijd'
send "/programme/sessions/$id/today" 422 x=room 'new_room=Atelier 2'; says 'al iets anders'
changed x=room new_room=Werkplaats; on_the_kiosk 'moved 14:15 Werkplaats'
page /programme 200; says 'andere ruimte'
changed x=cancelled; on_the_kiosk 'cancelled 14:15 Atelier 1'
page /programme 200; says 'gaat niet door'
changed x=planned; on_the_kiosk 'planned 14:15 Atelier 1'

# The plan itself; somebody ahead is told.
page "/programme/sessions/$id" 200
rev=$(sed -n 's/.*name="rev" value="\([^"]*\)".*/\1/p' "$work/body")
plan() { send "$1" "$2" rev="$rev" 'title=Data <delen>' host=Joris kind=parallel cluster=health 'room=Atelier 1' day=2026-11-24 "start=$3" "end=$4" "capacity=$5"; }
plan "/programme/sessions/$id" 422 15:00 14:00 20; says 'Het einde ligt niet na het begin'
plan "/programme/sessions/$id" 422 14:00 15:00 veel; says 'Dit is geen aantal'
plan "/programme/sessions/$id" 303 14:00 15:00 30
plan "/programme/sessions/$id" 409 14:00 15:00 31; says 'Iemand was je net voor'; says '<th scope="row">Plaatsen</th><td>30</td><td>31</td>'
page /programme 200; says 'Data &lt;delen&gt;'
plan /programme/sessions/new 422 14:30 15:00 5; says 'In deze ruimte is dan al iets anders'
send /programme/sessions/new 303 title=Extra kind=parallel room=Werkplaats day=2026-11-24 start=14:30 end=15:00 capacity=
night() { [ "$(sqlite3 "$data/attendance.db" "SELECT strftime('%d %H:%M', start_ms / 1000, 'unixepoch', '+1 hour') || strftime(' %d %H:%M', end_ms / 1000, 'unixepoch', '+1 hour') FROM session WHERE title = '$1'")" = "$2" ] || fail "$1 is not on $2"; }
send /programme/sessions/new 303 title=Nacht kind=plenary room=Werkplaats day=2026-11-24 start=20:00 end=02:00 capacity=
night Nacht '24 20:00 25 02:00'
night_id=$(sqlite3 "$data/attendance.db" "SELECT id FROM session WHERE title = 'Nacht'")
page "/programme/sessions/$night_id" 200
send "/programme/sessions/$night_id/today" 303 x=late new_time=00:15
night Nacht '25 00:15 25 06:15'
send "/programme/sessions/$night_id/today" 303 x=planned
sqlite3 "$data/attendance.db" "UPDATE session SET end_ms = end_ms + 30 * 3600000 WHERE title = 'Nacht'"
nacht=/programme/sessions/$(sqlite3 "$data/attendance.db" "SELECT id FROM session WHERE title = 'Nacht'")
page "$nacht" 200
send "$nacht" 303 rev="$(sed -n 's/.*name="rev" value="\([^"]*\)".*/\1/p' "$work/body")" title=Dagen kind=plenary room=Werkplaats day=2026-11-24 start=20:00 end=09:00 capacity=
night Dagen '24 20:00 26 09:00'
sqlite3 "$data/attendance.db" "DELETE FROM session WHERE title = 'Dagen'"
page /programme 200; says 'Extra'; says 'Eén sessie heeft geen capaciteit'; [ "$(grep -c '>geen capaciteit<' "$work/body")" = 1 ] || fail 'a plenary session is asked for its capacity'

# What is taken along can be put back.
[ "$(ask GET /programme.csv -H 'Accept: */*')" = 200 ]
cp "$work/body" "$work/out.csv"
incheckpaal import schedule "$work/out.csv" --dry-run | grep -q '5' || fail "the programme can not be put back: $(cat "$work/out.csv")"
for form in programme.ics programme/schedule.json; do
	[ "$(ask GET "/$form" -H 'Accept: */*')" = 200 ]
	cp "$work/body" "$work/out"
	incheckpaal import schedule "$work/out" --dry-run | grep -q '5' || fail "the programme can not be put back: $(cat "$work/out")"
done
page /programme/sessions/nothing 404

# Somebody else's schedule, looked at first: an unknown track and a room without places are asked about.
cat > "$work/new.csv" <<-CSV
session,title,host,room,start,end,cluster,capacity,kind,state
data,Data delen,Joris,Atelier 1,2026-11-24T14:00:00+01:00,2026-11-24T15:00:00+01:00,health,30,parallel,planned
nieuw,Nieuwe sessie,,Schuur,2026-11-24T14:00:00+01:00,2026-11-24T15:00:00+01:00,Spoor 3,,parallel,planned
botst,Botsende sessie,,Schuur,2026-11-24T14:30:00+01:00,2026-11-24T15:30:00+01:00,Spoor 3,,parallel,planned
fout,Foute sessie,,Schuur,2026-11-24T16:00:00+01:00,2026-11-24T15:00:00+01:00,,,parallel,planned
CSV
page /programme 200
[ "$(ask POST /programme/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/new.csv;type=text/csv")" = 303 ]
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
page "$job" 200; says '1 sessie vraagt aandacht'; says 'Spoor 3'; says 'Schuur'; says 'herkend als CSV · 1 dag · 2 ruimtes · 3 sessies'; says 'Overlapt met 14:30 in dezelfde ruimte'; says 'Eindtijd ontbreekt of ligt niet na de begintijd'
[ "$(sqlite3 "$data/attendance.db" "SELECT count(*) FROM session WHERE code = 'nieuw'")" = 0 ] || fail "the preview changed something"
web_down
web_start
page "$job" 200
says 'Kies een cluster'
send "$job" 422 do=import 't0=?' c0=12; says 'Kies bij elke track een cluster'; says 'id="t0" name="t0" aria-invalid="true"'
send "$job" 303 do=import t0=logistics c0=12
[ "$(sqlite3 "$data/attendance.db" "SELECT cluster || capacity FROM session WHERE code = 'nieuw'")" = logistics12 ]
page /programme 200; says 'Nieuwe sessie'
page "$job" 410
# Somebody changes a session between the look and the import: nothing goes in, and the look is made anew. So with two imports.
sed 's/Nieuwe sessie/Nieuwste sessie/' "$work/new.csv" > "$work/newer.csv"
look_at() {
	page /programme 200
	[ "$(ask POST /programme/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$1;type=text/csv")" = 303 ]
	job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
	page "$job" 200
	rev=$(sed -n 's/.*name="rev" value="\([^"]*\)".*/\1/p' "$work/body")
	[ "$rev" ]
}
title_of_new() { sqlite3 "$data/attendance.db" "SELECT title FROM session WHERE code = 'nieuw'"; }
before_of() { sqlite3 "$data/attendance.db" 'SELECT * FROM session ORDER BY id'; }
look_at "$work/newer.csv"
says '<dt>Bijgewerkt</dt><dd><span class="big">1</span>'
send "/programme/sessions/$id/today" 303 x=cancelled
before=$(before_of)
page "$job" 200
send "$job" 409 do=import "rev=$rev"; says 'Iemand veranderde intussen het programma'; says '<dt>Bijgewerkt</dt><dd><span class="big">2</span>'
[ "$(before_of)" = "$before" ] || fail "a programme went in that was to be looked at again"
rev=$(sed -n 's/.*name="rev" value="\([^"]*\)".*/\1/p' "$work/body")
first=$job first_rev=$rev
look_at "$work/new.csv"
page "$first" 200
send "$first" 303 do=import "rev=$first_rev"
[ "$(title_of_new)" = 'Nieuwste sessie' ]
send "$job" 409 do=import "rev=$rev"; says 'Iemand veranderde intussen het programma'
[ "$(title_of_new)" = 'Nieuwste sessie' ] || fail "the second import undid the first silently"
rev=$(sed -n 's/.*name="rev" value="\([^"]*\)".*/\1/p' "$work/body")
send "$job" 303 do=import "rev=$rev"
[ "$(title_of_new)" = 'Nieuwe sessie' ]
# What was answered once is remembered.
[ "$(ask POST /programme/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/new.csv;type=text/csv")" = 303 ]
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
page "$job" 200; says 'value="logistics" selected'; says 'name="c0" value="12"'
send "$job" 303 do=cancel
page /programme 200
# 3,000 faulty lines and 300 that overlap: each line is on a page, the page stays small, what was answered is kept on the way.
awk 'BEGIN { print "session,title,host,room,start,end,cluster,capacity,kind,state"
	for (i = 2; i <= 3001; i++) printf "f%d,\"Sessie <i>%d</i>, met \"\"aanhaling\"\"\",,Schuur,2026-11-24T16:00:00+01:00,2026-11-24T15:00:00+01:00,,,parallel,planned\n", i, i
	for (i = 0; i < 300; i++) printf "o%d,Overlap %d,,Hooizolder,2026-11-25T10:00:00+01:00,2026-11-25T11:00:00+01:00,Spoor 4,,parallel,planned\n", i, i }' > "$work/many.csv"
look_at "$work/many.csv"
says '3\.000 sessies vragen aandacht'; says '44\.850 '
weighs() {
	bytes=$(($(wc -c < "$work/body") + $(curl -sk "$web/app.css" | wc -c) + $(curl -sk "$web/live.js" | wc -c)))
	[ "$bytes" -lt 60000 ] || fail "the page weighs $bytes bytes"
}
way() { sed -n "s/.*name=\"to\" value=\"\([^\"]*\)\">$1.*/\1/p" "$work/body"; }
weighs
next=$(way Volgende)
send "$job" 303 t0=health c0=44 "to=$next"; header_is Location "$job?after=$next"
page "$job?after=$next" 200; weighs; says "<th scope=\"row\">$((next + 1))</th>"
page "$job?after=2990" 200; weighs; says '<th scope="row">3001</th>'
[ "$(way Vorige)" ] && [ ! "$(way Volgende)" ]
page "$job?after=99999" 200; says '<th scope="row">3001</th>'
page "$job" 200; says 'value="health" selected'; says 'name="c0" value="44"'
send "$job" 303 do=cancel
page /programme 200
# A calendar is read by a program of its own; one that never ends costs that program its time, and the page nothing.
ldd "$BIN/incheckpaal-web" | grep -E 'libical|libicu|SDL|libnfc' && fail "the page links what it must not"
upload() { ask POST /programme/import --max-time 90 -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$1;type=text/calendar"; }
page /programme 200
[ "$(upload tests/data/expeditie.ics)" = 303 ] || fail "a calendar: $(cat "$work/body")"
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
page "$job" 200; says 'Lees 7 sessies in'; says 'Heeft geen tijdstip'
send "$job" 303 do=cancel
page /programme 200
printf 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20261124T090000Z\r\nDTEND:20261124T100000Z\r\nSUMMARY:X\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' > "$work/endless.ics"
[ "$(upload "$work/endless.ics")" = 415 ] || fail "an endless calendar: $(cat "$work/body")"
printf 'no schedule at all\n' > "$work/none.csv"
page /programme 200
[ "$(ask POST /programme/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/none.csv;type=text/csv")" = 415 ]
: > "$work/empty.csv"
[ "$(ask POST /programme/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/empty.csv;type=text/csv")" = 422 ]; says 'Kies een bestand'; says 'Plenaire opening'
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
kiosk_down
