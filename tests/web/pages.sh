#!/bin/sh
# tests/web/pages.sh: every page of a full and ugly database in a real browser, as an organiser and as a viewer; pictures in build/web-test
. tests/story/lib.sh
. tests/story/web.sh
schedule
awk 'BEGIN { for (i = 1; i <= 40; i++) printf "s%d,Sessie %d <i>over</i> %s,Spreker %d,Zaal %d,2026-11-%02dT%02d:00:00+01:00,2026-11-%02dT%02d:45:00+01:00,%s,%d,parallel,planned\n",
	i, i, "waterstofondersteuningsinfrastructuurontwikkeling", i, i % 8, 24 + i / 20, 9 + i % 7, 24 + i / 20, 9 + i % 7, i % 2 ? "health" : "logistics", i % 3 ? 20 : 0 }' >> "$work/schedule.csv"
attendees
awk 'BEGIN { for (i = 0; i < 100; i++) long = long (i % 9 ? "x" : "X")
	for (i = 1; i <= 5000; i++) printf "04%012X,Voornaam%d,%s,%s,%s,,%s,%s,,persoon%d@voorbeeld.example,%s,\n", i, i, i % 50 ? "Achternaam" i : long,
	i % 7 ? "Bedrijf " int(i / 20) : "Kaas & <b>Zn</b> " int(i / 100), i % 5 ? "company" : "education", i % 2 ? "health" : "logistics", i % 3 ? "inside" : "outside", i, i % 4 ? "nl" : "en" }' >> "$work/attendees.csv"
# A kiosk with too little power, for the row that tells it.
mkdir -p "$work/sys/class/hwmon/hwmon1" "$work/sys/class/thermal/thermal_zone0"
echo rpi_volt > "$work/sys/class/hwmon/hwmon1/name" && echo 1 > "$work/sys/class/hwmon/hwmon1/in0_lcrit_alarm"
echo cpu-thermal > "$work/sys/class/thermal/thermal_zone0/type" && echo 51070 > "$work/sys/class/thermal/thermal_zone0/temp"
all_up
# Two more kiosks of the venue, one of an older version.
first=$data
for other in 'Zij-ingang 1.3.2' 'Werkplaats <i>boven</i> 1.4.2'; do
	data=$work/other-${other##* }
	mkdir "$data" && cp "$first/venue.key" "$data"
	incheckpaal init > /dev/null
	sqlite3 "$data/attendance.db" "INSERT INTO kiosk_run SELECT log_id, 1, '${other% *}', '${other##* }' FROM log"
	incheckpaal --data "$first" merge "$data/attendance.db" > /dev/null
done
data=$first
incheckpaal import attendees "$work/attendees.csv" > /dev/null # once more, so that it can be put back
mkdir "$data/update" && echo "bijgewerkt naar versie 1 / updated to version 1" > "$data/update.txt" # as on a card of ours, so that the panel is there
web_start
echo "$pass" | incheckpaal password > /dev/null
tap "$ada" checked-in
tap "$stranger" unknown
tap 04000000000032 checked-in # who has the long name
incheckpaal badge block 0400000000000A > /dev/null
# People at sessions of their own cluster and of another, of organisations here and elsewhere: for Live and the report.
sql() { sqlite3 "$data/attendance.db" "$1"; }
sql "UPDATE organisation SET town = iif(region = 'outside', 'Emden', 'Zwolle'), growth = iif(rowid % 3 = 0, 'scale-up', ''),
	education_level = iif(kind = 'education', iif(rowid % 2, 'wo', 'mbo'), '')"
signed_in
page /people 200
sql "SELECT a.id, s.id FROM (SELECT row_number() OVER (ORDER BY email) AS n, id FROM attendee WHERE email LIKE 'persoon%' LIMIT 60) a
	JOIN (SELECT row_number() OVER (ORDER BY code) AS n, id FROM session WHERE code IN ('data', 'zorg', 's1', 's2')) s ON s.n = a.n / 3 % 4 + 1" |
	while IFS='|' read -r person session; do
		send "/people/$person/checkin" 303 what="$session" day=2026-11-24 time=13:15 reason=proef
	done
# A long and ugly list that waits to be looked at.
awk 'BEGIN { print "Deelnemers <b>expeditie</b>, concept;;;;;\nVoornaam;Achternaam;Organisatie;Soort organisatie;Cluster;E-mail"
	for (i = 1; i <= 5000; i++) printf "Voornaam%d;Achternaam%d;Kaas & <i>Zn</i> %d;%s;%s;nieuw%d@voorbeeld.example%s\n", i, i, i % 90,
		i % 3 ? "bedrijf" : "vereniging " i, i % 3 == 1 ? "Bouw, beton & \"bestrating\" " i : "health", i, i % 3 == 2 ? ";te veel" : "" }' > "$work/ugly.csv"
page /people/import 200
ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F mode=full -F "file=@$work/ugly.csv;type=text/csv" > /dev/null
JOB=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
export JOB
export WEB="$web" PASS="$pass" WORK="$work" NFC="$work/nfc.sock" PN532="$BIN/pn532" BADGE="$bram" WEB_PID="$web_pid"
node tests/web/pages.mjs
! grep -E 'Voornaam|Achternaam|de Vries|voorbeeld\.example' "$work/web.log" "$work/kiosk.log" || fail "a name stands in the journal"
