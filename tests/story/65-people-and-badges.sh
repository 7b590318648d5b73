#!/bin/sh
# tests/story/65-people-and-badges.sh: an organiser finds people, writes a check-in by hand, undoes a tap, and hands out badges
. tests/story/lib.sh
. tests/story/web.sh
all_up
web_start
signed_in

# id_of EMAIL: as the page calls somebody.
id_of() { sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE email = '$1@voorbeeld.example'"; }
ada_id=$(id_of ada) bram_id=$(id_of bram) dewi_id=$(id_of dewi)

tap "$ada" checked-in
page '/people?lang=nl' 303
page /people 200
says 'Ada de Vries'; says 'vandaag om 13:3'; says '5 deelnemers · 1 vandaag geweest · 0 zonder badge'
page '/people?q=ozturk' 200; says 'Öztürk'
grep -q 'Bram' "$work/body" && fail "the search found everybody"
page '/people?q=nobody-at-all' 200; says 'Niemand gevonden met ‘nobody-at-all’'
page '/people?filter=noorg' 200; says 'Niemand past bij deze keuze'
page '/people?q=a&page=99' 303; header_is Location '/people?q=a&filter=all&sort=name&page=1'
[ "$(ask GET '/people?filter=in' -H 'Accept: application/json')" = 200 ]
grep -q '"presence":"in"' "$work/body" || fail "the data has no presence"
grep -q 'Bram' "$work/body" && fail "the filter let everybody through"

# By hand, with a reason; not without one, and not in the future.
page "/people/$bram_id" 200; says 'Nog geen tikken'
send "/people/$bram_id/checkin" 422 what=in day=2026-11-24 time=13:05; says 'Schrijf in één zin waarom'
send "/people/$bram_id/checkin" 422 what=in day=2026-11-24 time=23:05 reason=morgen; says 'Dit ligt in de toekomst'
send "/people/$bram_id/checkin" 422 what=in day=gisteren time=13:05 reason=x; says 'Dit is geen datum'
send "/people/$bram_id/checkin" 303 what=in day=2026-11-24 time=13:05 'reason=badge <b>vergeten</b>'
page "/people/$bram_id" 200
says 'Met de hand ingecheckt'; says 'Marit: “badge &lt;b&gt;vergeten&lt;/b&gt;”'; says 'vandaag om 13:05'
attendance | grep 'Bram\|by-hand' | grep -q ',human,' || fail "no entry by hand in the log: $(attendance)"
verified

# Undone, once.
entry=$(sed -n 's/.*entries\/\([^/]*\)\/undo.*/\1/p' "$work/body")
page "/people/$bram_id/entries/$entry/undo" 200; says 'Deze tik terugzetten'
send "/people/$bram_id/entries/$entry/undo" 422; says 'Schrijf in één zin waarom'
send "/people/$bram_id/entries/$entry/undo" 303 reason=vergissing
page "/people/$bram_id" 200; says 'Teruggezet: de tik van 13:05'; says 'class="gone"'
page "/people/$bram_id/entries/$entry/undo" 409
# What is held about him holds what was done by hand and who did it, on the command line and in the file to hand over.
incheckpaal attendee show 'Bram Bakker' > "$work/said"
for line in '^by hand .*Marit  badge <b>vergeten' '^taken back .*Marit  vergissing' '^act .*entered  Marit'; do
	grep -q "$line" "$work/said" || fail "no $line in $(cat "$work/said")"
done
ask GET "/people/$bram_id/export.json" -H 'Accept: */*' > /dev/null
jq -e '[.acts[].act] | contains(["entered"])' "$work/body" > /dev/null || fail "the file: $(cat "$work/body")"
page "/people/$ada_id/entries/$entry/undo" 404
page /people/no-such-person 404

# Somebody new; the same name is asked about; details with a person ahead of us.
page /people/new 200
send /people/new 422 email=geen-adres; says 'Vul een voornaam of achternaam in'; says 'Dit is geen e-mailadres'
send /people/new 409 given_name=ada 'family_name=De Vries'; says 'lijkt er al te zijn'
send /people/new 409 given_name=Fred email=ADA@voorbeeld.example; says 'al van iemand anders'
send /people/new 303 given_name=Fenna family_name=Bakker 'organisation=Hogeschool <i>IJsseldelta</i>' email=fenna@voorbeeld.example
fenna_id=$(id_of fenna)
page "/people/$fenna_id" 200; says 'Hogeschool &lt;i&gt;IJsseldelta'; says 'Nog geen badge'
page "/people/$fenna_id/edit" 200
rev=$(sed -n 's/.*name="rev" value="\([^"]*\)".*/\1/p' "$work/body")
send "/people/$fenna_id/edit" 303 rev="$rev" given_name=Fenna family_name=Visser email=fenna@voorbeeld.example
page "/people/$fenna_id/edit" 200
send "/people/$fenna_id/edit" 409 rev="$rev" given_name=Fem family_name=Visser email=fenna@voorbeeld.example; says 'Iemand was je net voor'; says '<td>Fem</td>'
# Also where something else is wrong with the form: what is shown is then the newest, and would be saved over silently.
send "/people/$fenna_id/edit" 422 rev="$rev" given_name=Fem family_name=Visser email=geen-adres; says 'Iemand was je net voor'; says '<td>Fem</td>'

# A badge through the kiosk: waiting, somebody else's, done.
page '/badges?q=visser' 200; says "name=\"id\" value=\"$fenna_id\""
page '/badges?q=voorbeeld' 200; says 'Er passen meer mensen bij'
page '/badges?q=niemand-zo' 200; says 'Niemand gevonden'
page /badges 200
send /badges/link 422 p=niemand-zo; says 'Niemand gevonden'
send /badges/link 422 p=voorbeeld; says 'Er passen meer mensen bij'
send /badges/link 422 id=nobody; says 'Niemand gevonden'
send /badges/link 404 p=visser badge=none
send "/badges/link/$fenna_id" 422 do=move
send "/badges/link/$fenna_id" 422 do=something
send /badges/link 303 p=visser; header_is Location "/badges/link/$fenna_id"
page "/badges/link/$fenna_id" 200; says 'Tik de badge nu op kiosk Ingang'
# Another organiser hears who is linking, and for whom; whoever has asked may ask again.
mv "$work/jar" "$work/marit"
page /login 200
send /login 303 'who=Ruben	<i>Smit</i>' "pw=$pass"
page /badges 200
grep -q 'Op welke kiosk' "$work/body" && fail "there is a choice of one kiosk"
send /badges/link 409 p='bram bakker'; says 'al een badge gekoppeld door Marit, voor Fenna Visser'; says 'Nog hoogstens [0-9]* seconden'; says "name=\"id\" value=\"$bram_id\""
send "/badges/link/$bram_id" 409 do=other; says 'gekoppeld door Marit, voor Fenna Visser'
send "/badges/link/$bram_id/cancel" 303 # he is not who is waited for
status_has '"link":{"state":"waiting"' || fail "the waiting of another was ended"
send /badges/link/nobody/cancel 404
send "/badges/link/$fenna_id/cancel" 303
send /badges/link 303 id="$bram_id"
mv "$work/marit" "$work/jar"
page /badges 200
send /badges/link 409 p=visser; says 'gekoppeld door Ruben &lt;i&gt;Smit&lt;/i&gt;, voor Bram Bakker'
send "/badges/link/$bram_id/cancel" 303
send /badges/link 303 p=visser
incheckpaal badge link next 'Bram Bakker' > /dev/null 2>&1 && fail "two badges are waited for"
sleep 2 # one holding is one tap: the kiosk is deaf to the same badge for a moment
held "$ada" ntag213 status_has '"state":"taken"'
page "/badges/link/$fenna_id" 409; says 'Deze badge is al van iemand'; says 'Ada de Vries'
send "/badges/link/$fenna_id" 303 do=other
page "/badges/link/$fenna_id" 200
send "/badges/link/$fenna_id/cancel" 303

# An unknown badge that tapped before gets its owner without the kiosk.
until_true 5 field_is_empty
tap "$stranger" unknown
page /badges 200; says '1 onbekende badge gezien'
key=$(sed -n 's/.*badges\/link?badge=\([0-9a-f]*\).*/\1/p' "$work/body")
page "/badges/link?badge=$key" 200; says 'Van wie is badge'
ada_key=$(sqlite3 "$data/attendance.db" "SELECT lower(hex(badge_key)) FROM link WHERE attendee = '$ada_id'")
send /badges/link 409 badge="$ada_key" id="$fenna_id"; says 'Deze badge is al van iemand'; says 'Badge overzetten naar Fenna'
send /badges/link 303 badge="$key" p='fenna visser'
page "/badges/link/$fenna_id?badge=$key" 200; says 'is nu van Fenna Visser'; says 'Deze badge was al 1 keer getikt als onbekend'
page "/people/$fenna_id" 200; says 'Kwam binnen'
sleep 2
tap "$stranger" repeat # it came in as a stranger

# Lost: blocked by name, with a reason; allowed again.
page /badges 200
send /badges/block 422 lp='fenna visser'; says 'Schrijf in één zin waarom'
send /badges/block 303 lp='fenna visser' reason='verloren in de trein'
send /badges/block 409 lp='fenna visser' reason='verloren in de trein'; says 'Deze badge is al geblokkeerd'
sleep 2
tap "$stranger" blocked
page /badges 200; says "badges/$key/unblock"; says '1 keer, 24 november 13:[0-9]* Ingang'; says 'door Marit<br><span class="small mute">verloren in de trein'
page "/badges/$key/unblock" 200
page "/badges/$key/block" 409
send "/badges/$key/unblock" 303 reason=gevonden
page /badges/0000/block 404

[ "$(ask GET "/people/$fenna_id/export.json" -H 'Accept: */*')" = 200 ]
grep -q '"email": "fenna@voorbeeld.example"' "$work/body" || fail "the export misses the address"

# Forgotten: it asks for a reason and the password; the name goes, the counts stay, and a list that waits loses the line.
counted=$(attendance | grep -c ',yes,')
page /people/import 200
printf 'naam;e-mail;soort;organisatie\nFenna Visser;fenna@voorbeeld.example;vereniging;X\nNoor;noor@voorbeeld.example;vereniging;Y\n' > "$work/waits.csv"
[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/waits.csv;type=text/csv")" = 303 ]
page /people/import 200
printf 'naam;e-mail;organisatie\nFenna Visser;n.v.t.;X\nNoor;noor@voorbeeld.example;Y\n' > "$work/typed.csv"
[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/typed.csv;type=text/csv;filename=aanmelding_Fenna_Visser.csv")" = 303 ]
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
page "$job" 200
send "$job" 303 do=keep w2=fenna@voorbeeld.example
grep -q 'fenna@' "$data/imports/${job##*/}/job.json" || fail "what was typed is not kept"
page "/people/$fenna_id/erase" 200; says 'Fenna Visser wissen?'; says 'tikken\?, zonder naam'
send "/people/$fenna_id/erase" 403 reason=request pw=mis; says 'Dit wachtwoord klopt niet'
send "/people/$fenna_id/erase" 422 reason=Fenna "pw=$pass"
send "/people/$fenna_id/erase" 303 reason=request "pw=$pass"; header_is Location '/people?saved=erased'
page "/people/$fenna_id" 410
page '/people?q=fenna' 200
grep -q 'Visser' "$work/body" && fail "the list still has the name"
grep -rqi 'fenna' "$data/imports" && fail "a list that waits still has the name: $(grep -ri fenna "$data/imports")"
grep -rq 'noor@' "$data/imports" || fail "the other line is gone too"
[ "$(sqlite3 "$data/attendance.db" "SELECT object || reason FROM audit WHERE act = 'person-erased'")" = request ] || fail "the audit log says whom"
[ "$(attendance | grep -c ',yes,')" = "$counted" ] || fail "the counts of who was forgotten are gone"
page '/audit?day=gisteren' 422; says 'href="#day"'; says 'aria-describedby="day-e"'
page /audit 200; says '<td>organisatie</td>'; says 'Persoon gewist'; says 'Met de hand bijgeschreven'; says "<a href=\"/people/$bram_id\">Bram Bakker</a>"
for act in entered tap-corrected person-added person-changed badge-linked badge-blocked badge-unblocked exported; do
	[ "$(sqlite3 "$data/attendance.db" "SELECT count(*) > 0 FROM audit WHERE act = '$act'")" = 1 ] || fail "the audit log misses $act"
done
# Every page in both languages, without a gap in its data.
ask GET '/people?lang=en' -H 'Accept: text/html' > /dev/null
for path in /people "/people/$ada_id" /people/new "/people/$ada_id/edit" /badges "/badges/link?badge=$key" "/badges/$key/block"; do
	page "$path" 200; says 'lang="en"'
done
# A long log: some on a page, and the rest on the next; the command line and the file tell all of it.
page "/people/$dewi_id" 200
i=10
while [ $i -lt 55 ]; do
	send "/people/$dewi_id/checkin" 303 what=in day=2026-11-24 "time=09:$i" "reason=number $i"
	i=$((i + 1))
done
page "/people/$dewi_id" 200; says 'number 54'; says "/people/$dewi_id?page=2"
grep -q 'number 10' "$work/body" && fail "the oldest stands on the first page"
page "/people/$dewi_id?page=7" 303; header_is Location "/people/$dewi_id"
page "/people/$dewi_id?page=2" 200; says 'number 10'; says 'today at 09:10'; says "/people/$dewi_id?page=1"
page "/people/$dewi_id/entries/$(grep -o 'entries/[^/]*' "$work/body" | tail -n 1 | cut -d / -f 2)/undo" 200
page "/people/$dewi_id/entries/01234567.1/undo" 404
[ "$(incheckpaal attendee show 'Dewi Jansen' | grep -c '^by hand .*number')" = 45 ] || fail "the command line: $(incheckpaal attendee show 'Dewi Jansen')"
[ "$(ask GET "/people/$dewi_id/export.json" -H 'Accept: */*')" = 200 ]
[ "$(jq '[.attendance[].entries[]] | length' "$work/body")" = "$(sqlite3 "$data/attendance.db" "SELECT count(*) FROM tap WHERE attendee = '$dewi_id'")" ] || fail "the file is not complete: $(cat "$work/body")"
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
kiosk_down
page "/people/$bram_id" 200
send "/people/$bram_id/checkin" 503 what=in day=2026-11-24 time=13:05 reason=later; says 'cannot be reached'
send /badges/link 503 p='bram bakker'
web_down
