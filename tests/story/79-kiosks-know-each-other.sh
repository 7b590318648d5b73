#!/bin/sh
# tests/story/79-kiosks-know-each-other.sh: a merge tells which version each other kiosk runs and how far its log goes; the page says
# which is older or behind, worst first; what is heard of twice, of long ago, or is this kiosk itself before it was put back, misleads nobody
. tests/story/lib.sh
. tests/story/web.sh
at() { clock_is $((($(date -d "$1" +%s) - $(date +%s)) * 1000)) ntp; }
# kiosk_of NAME: a data directory of the same venue; what follows is about that kiosk.
first=$data
kiosk_of() {
	data=$work/$1
	configure kiosk name "$1"
	[ -e "$data" ] && return
	mkdir "$data"
	[ "$data" = "$first" ] || cp "$first/venue.key" "$data"
	prepare
}
ours() { data=$first; configure kiosk name Ingang; }
merge() { incheckpaal merge "$1" > "$work/merge.log" 2>&1 || fail "merge: $(cat "$work/merge.log")"; }
# runs NAME VERSION: as if a kiosk of that version had been started there.
runs() { sqlite3 "$work/$1/attendance.db" "UPDATE kiosk_run SET turn = turn + 1, version = '$2' WHERE log_id = (SELECT log_id FROM log)"; }
# other NAME FIELD: what the page's data say of it.
other() { jq -r ".others[] | select(.kiosk == \"$1\").$2" "$work/body"; }
data_of_page() { [ "$(ask GET /kiosks -H 'Accept: application/json')" = 200 ] || fail "$(cat "$work/body")"; }
is() { [ "$1" = "$2" ] || fail "$1, not $2: $(cat "$work/body")"; }

reader_up
prepare
# Long ago, and no more.
at '2025-06-01 10:00'
kiosk_of Vroeger
kiosk_up
tap "$bram" closed
kiosk_down
at '2026-11-24 13:30'
kiosk_of Zij-ingang
kiosk_up
tap "$bram" checked-in
kiosk_down
kiosk_of Werkplaats
kiosk_up
kiosk_down
kiosk_of Achterdeur
kiosk_up
tap "$chris" checked-in
kiosk_down
ours
kiosk_up
tap "$ada" checked-in

web_start
signed_in
page /kiosks 200; says 'alles in orde'; says '>Netwerk</th>'; says '% gebruikt, '; says 'gelijk via het netwerk, 24 november 13:'; says 'werkt, laatste tik 24 november 13:3'
data_of_page; is "$(jq -c '[.all, .wanting, .several, .others]' "$work/body")" '[1,0,false,[]]'

# What a kiosk runs, it says itself; a commit has no number, so nothing is older.
merge "$work/Zij-ingang/attendance.db"
merge "$work/Vroeger/attendance.db"
version=$("$BIN/incheckpaal" --version | cut -d ' ' -f 2)
data_of_page
is "$(jq -r '[.others[].kiosk] | join(" ")' "$work/body")" Zij-ingang
is "$(other Zij-ingang version) $(other Zij-ingang older) $(other Zij-ingang taps) $(other Zij-ingang clock)" "$version false 1 ntp"
cp -r "$work/Zij-ingang" "$work/before"

runs Zij-ingang 1.3.2
runs Werkplaats 1.4.2
merge "$work/Zij-ingang/attendance.db"
merge "$work/Werkplaats/attendance.db"
sleep 1
page /kiosks 200
says '3 kiosks, aandacht nodig bij 1'; says '1.3.2, ouder dan de andere'; says '<td>1.4.2</td>'; says 'nog geen tikken bekend'
says 'hij werkte op 24 november 13:3'; says 'bekend tot 24 november 13:3'; says 'laatst van gehoord 24 november 13:3'; says '<td>1, laatste 24 november 13:3'
is "$(grep -o 'id="h-k[0-9]"' "$work/body" | tr -d '\n')" 'id="h-k2"id="h-k1"id="h-k3"'
grep -q 'Vroeger' "$work/body" && fail 'what was heard of long ago is told of'
pill() { page /live 200; tr -d '\n' < "$work/body" | grep -q '3 kiosks,</span> 1 let op'; }
until_true 10 pill
python3 tests/web/openapi.py "$work" "$web" part || fail "an answer is not as described"
# A badge is linked at this kiosk: the others are named, and the page says why they can not be chosen.
page '/badges' 200; says 'Op welke kiosk?'; says '<option value="1">Ingang (deze kiosk)'; says 'disabled>Werkplaats (alleen op zijn eigen pagina)'
send /badges/link 503 p='dewi jansen' k=2; says 'Deze pagina bereikt die kiosk niet'; says '<b>Dewi Jansen</b>'
send /badges/link 422 p='dewi jansen' k=4; says 'href="#k"'
send /badges/link 422 p='dewi jansen' k=Werkplaats; says 'href="#k"'
status_has '"link":{"state":"none"' || fail "the kiosk waits for a badge: $(incheckpaal status --json)"
send /badges/link 303 p='dewi jansen' k=1
page "$(sed -n 's/^[Ll]ocation: \([^\r]*\).*/\1/p' "$work/head" | tr -d '\r')" 200
send "$(grep -o '/badges/link/[0-9a-f-]*/cancel' "$work/body")" 303
says_far() { header_is Retry-After 5; says 'Deze kiosk is nu niet bereikbaar'; }
for what in settings screen.png log restart; do
	page "/kiosks/3/$what" 503; says_far
	page "/kiosks/Zij-ingang/$what" 503; says_far
	page "/kiosks/9/$what" 404
	page "/kiosks/Kelder/$what" 404
done
page /kiosks/1/settings 200
for what in identify restart settings; do
	send "/kiosks/Zij-ingang/$what" 503 part=tap; says_far
	send "/kiosks/Kelder/$what" 404 part=tap
done
[ "$(ask GET /kiosks/3/log -H 'Accept: */*')" = 503 ]; says 'Deze kiosk is nu niet bereikbaar'
page /kiosks/Ingang/settings 200

# The newest word holds, whichever way it comes and how often.
merge "$work/before/attendance.db"
data_of_page; is "$(other Zij-ingang version)" 1.3.2
runs Zij-ingang 1.4.2
kiosk_of Werkplaats
merge "$work/Zij-ingang/attendance.db"
ours
merge "$work/Werkplaats/attendance.db"
merge "$work/before/attendance.db"
data_of_page; is "$(other Zij-ingang version) $(other Zij-ingang older)" '1.4.2 false'
is "$(sqlite3 "$first/attendance.db" 'SELECT count(*) FROM kiosk_run')" 4

# A file of a version that said nothing; what newer ones added goes first.
sqlite3 "$work/Achterdeur/attendance.db" "ALTER TABLE event DROP COLUMN first_day; ALTER TABLE event DROP COLUMN last_day; DROP TABLE kiosk_run; DROP TABLE stamp; DROP INDEX attendee_forgotten;
	ALTER TABLE link DROP COLUMN listed; ALTER TABLE link DROP COLUMN ended_ms; ALTER TABLE blocked DROP COLUMN until_ms;
	DROP INDEX attendee_by_file; ALTER TABLE attendee DROP COLUMN origin; ALTER TABLE attendee DROP COLUMN origin_file; ALTER TABLE attendee DROP COLUMN origin_line;
	ALTER TABLE attendee DROP COLUMN origin_ms; ALTER TABLE staged_attendee DROP COLUMN line; ALTER TABLE before_attendee DROP COLUMN origin;
	ALTER TABLE before_attendee DROP COLUMN origin_file; ALTER TABLE before_attendee DROP COLUMN origin_line; ALTER TABLE before_attendee DROP COLUMN origin_ms;
	PRAGMA user_version = $(($(sqlite3 "$first/attendance.db" 'PRAGMA user_version') - 5))"
merge "$work/Achterdeur/attendance.db"
data_of_page; is "$(other Achterdeur version)$(other Achterdeur older)" false
page '/kiosks' 200; says 'Versie</th><td><span class="mute">niet bekend'

# Nothing known of it while the programme is on.
at '2026-11-24 14:20'
sleep 1.2
page /kiosks 200
says 'Zij-ingang: loop even langs'; says 'loopt [45][0-9] minuten achter'; says '[45][0-9] minuten niets bekend'; says 'aandacht nodig bij 2'
at '2026-11-24 16:00'
page /kiosks 200; says 'loopt 2 uur achter'; says '2 uur niets bekend'
at '2026-11-24 14:20'
kiosk_down
web_down

# Put back from a backup it goes on with a new log; its own old one is no other kiosk.
incheckpaal backup "$work/back.db" > "$work/backup.log" 2>&1
incheckpaal restore "$work/back.db" > "$work/restore.log" 2>&1 || fail "$(cat "$work/restore.log")"
[ "$(sqlite3 "$first/attendance.db" 'SELECT count(*) FROM peer_log')" = 5 ] || fail "no new log was begun: $(cat "$work/restore.log")"
kiosk_up
web_start
page /kiosks 200
data_of_page; is "$(other Ingang kiosk)" ''
ask GET /live -H 'Accept: application/json' > "$work/status"
is "$(jq -r '[.behind[].kiosk] | sort | join(" ")' "$work/body")" 'Achterdeur Zij-ingang'
kiosk_down
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
verified
