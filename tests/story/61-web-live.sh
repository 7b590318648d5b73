# tests/story/61-web-live.sh: a tap is on the organiser's page within a second, and leaves it as a file, without names unless asked
. tests/story/lib.sh
. tests/story/web.sh
all_up
web_start
signed_in
page /live 200; says 'data-live="today">0<'; says 'Nog niemand ingecheckt'

curl -skN --max-time 20 -b "$work/jar" "$web/live/stream" > "$work/stream" &
stream_pid=$!
until_true 10 grep -q 'event: beat' "$work/stream"
tap "$ada" checked-in
until_true 10 grep -q '"today":1' "$work/stream"
tap "$stranger" unknown
until_true 10 grep -q '"unknown":1' "$work/stream"
kill "$stream_pid" 2> /dev/null || true

page /live 200; says 'data-live="today">1<'; says 'Ada de Vries'; says 'Hanzecode'
[ "$(ask GET /live -H 'Accept: application/json')" = 200 ]
[ "$(jq -r '.figures.today, .last[0].name' "$work/body" | tr '\n' ' ')" = '1 Ada de Vries ' ]

# Without names, and with: then there is a reason, and it is written down.
[ "$(ask GET '/downloads/attendance?format=csv')" = 200 ]
header_is Content-Disposition 'attachment'
incheckpaal export attendance > "$work/export.csv"
cmp "$work/body" "$work/export.csv" || fail "the page exports something else"
page /downloads 200
send /downloads 422 what=attendance format=csv personal=1 reason=; says 'Schrijf in één zin waarom'
send /downloads 200 what=attendance format=csv-excel personal=1 'reason=voor de verantwoording'; says 'Ada de Vries'
head -c 3 "$work/body" | od -An -tx1 | grep -q 'ef bb bf'
send /downloads 200 what=attendance format=json
[ "$(jq 'length' "$work/body")" = 2 ]
page /downloads 200
send /downloads 200 what=attendance format=csv day=2026-11-25; says 'geen tikken. Het bestand'
send /downloads 200 what=attendance format=csv session=opening; says '[0-9],.*,checked-in,'
# What was sent is what its hash says: after a stream, before a workbook or an archive.
hash_holds() { header_is X-Content-SHA256 "$(sha256sum < "$work/body" | cut -d ' ' -f 1)"; }
hash_holds
[ "$(ask GET '/downloads/attendance?format=xlsx')" = 200 ]; hash_holds
header_is Content-Disposition '.*xlsx'
unzip -p "$work/body" xl/worksheets/sheet1.xml > "$work/sheet"
grep -q 'Hanzecode' "$work/sheet" || fail "the workbook misses the organisation"
grep -q 'Ada' "$work/sheet" && fail "the workbook without names has one"
unzip -p "$work/body" xl/worksheets/sheet2.xml | grep -q 'Elke regel' || fail "the workbook does not explain itself"
[ "$(ask GET '/downloads/attendance?format=csv&zip=1')" = 200 ]; hash_holds
mkdir "$work/zip"
unzip -qd "$work/zip" "$work/body"
curl -sk "$web/keys/export.pub" > "$work/kiosk.pub"
minisign -Vm "$work/zip/"*.csv -p "$work/kiosk.pub" > "$work/minisign.log" 2>&1 || fail "minisign: $(cat "$work/minisign.log")"
cmp "$work/zip/"*.csv "$work/export.csv" || fail "the archive holds something else"

# The list of people, with their badge's state and without names; with them it asks why.
page /downloads 200
send /downloads 422 what=people format=csv personal=1; says 'Schrijf in één zin waarom'
send /downloads 200 what=people format=csv; hash_holds; says '^1,,,,,.*,linked$'
grep -q 'Ada' "$work/body" && fail "the list without names has one"
send /downloads 200 what=people format=csv-excel personal=1 reason=verantwoording; says 'ada@voorbeeld.example'
send /downloads 200 what=people format=xlsx zip=1
unzip -l "$work/body" | grep -q 'deelnemers_zonder-namen.xlsx.minisig' || fail "no signature in the archive"
send /downloads 200 what=audit format=json; [ "$(jq -r '.[0].act' "$work/body")" = downloaded ]
# Each file has a signature that minisign takes, and the page knows its own.
[ "$(ask GET "/downloads/attendance?format=csv")" = 200 ]
cp "$work/body" "$work/log.csv"
page /downloads 200; says 'voor de verantwoording'
number=$(grep -o '/downloads/[0-9]*.minisig' "$work/body" | head -n 1)
[ "$(ask GET "$number")" = 200 ]
cp "$work/body" "$work/log.csv.minisig"
minisign -Vm "$work/log.csv" -p "$work/kiosk.pub" > "$work/minisign.log" 2>&1 || fail "minisign: $(cat "$work/minisign.log")"
[ "$(ask POST /verify -F "csrf=$csrf" -F "vf=@$work/log.csv" -H 'Accept: text/html')" = 200 ]; says 'echt en ongewijzigd'
echo >> "$work/log.csv"
minisign -Vm "$work/log.csv" -p "$work/kiosk.pub" > "$work/minisign.log" 2>&1 && fail "minisign takes a changed file"
[ "$(ask POST /verify -F "csrf=$csrf" -F "vf=@$work/log.csv" -H 'Accept: text/html')" = 200 ]; says 'is gewijzigd'
page /audit 200; says 'voor de verantwoording</td><td>Ingang</td>'; says 'Download met namen'
[ "$(ask GET '/audit.csv')" = 200 ]; says 'downloaded-names'; says 'voor de verantwoording,Ingang'

# Style and script go out packed to whoever takes that, and are not sent twice.
for file in app.css live.js; do
	[ "$(ask GET "/$file")" = 200 ]
	cp "$work/body" "$work/plain"
	[ "$(ask GET "/$file" -H 'Accept-Encoding: gzip, br')" = 200 ]; header_is Content-Encoding gzip
	gunzip < "$work/body" | cmp - "$work/plain" || fail "$file is another when it is packed"
	tag=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ee][Tt]ag: //p')
	[ "$(ask GET "/$file" -H "If-None-Match: $tag")" = 304 ] || fail "$file is sent again"
done
# How the kiosk is, and what it shows, names covered.
page /kiosks 200; says 'alles in orde'
[ "$(ask GET /kiosks/1/screen.png)" = 200 ]
head -c 8 "$work/body" | od -An -tx1 | grep -q '89 50 4e 47'
[ "$(ask GET /kiosks/2/screen.png)" = 404 ]
# What the kiosk shows between two of the page's pictures that are equal, but for the bar of the time left, is another: it has the name.
above_the_bar() { python3 -c 'import sys, zlib
png = open(sys.argv[1], "rb").read()
kept, at = b"", 8
while at < len(png):
    length = int.from_bytes(png[at:at + 4], "big")
    kept += png[at + 8:at + 8 + length] if png[at + 4:at + 8] == b"IDAT" else b""
    at += length + 12
rows = zlib.decompress(kept)
print(zlib.crc32(rows[:len(rows) * 95 // 100]))' "$1"; }
pictured() { status_has '"screen":"\(welcome\|repeat\)"' && [ "$(ask GET /kiosks/1/screen.png)" = 200 ] && cp "$work/body" "$work/$1.png"; }
somebody_is_greeted() {
	if pictured covered && incheckpaal screenshot "$work/open.png" && pictured again && pictured again; then
		covered=$(above_the_bar "$work/covered.png")
		[ "$covered" = "$(above_the_bar "$work/again.png")" ] && return
	fi
	status_has '"screen":"\(welcome\|repeat\)"' && return 1
	say remove held > /dev/null
	sleep 1.5 # or it is the same badge, resting
	say put held ntag213 "uid=$eva" > /dev/null
	return 1
}
say put held ntag213 "uid=$eva" > /dev/null
until_true 20 somebody_is_greeted
say remove held > /dev/null
[ "$covered" != "$(above_the_bar "$work/open.png")" ] || fail "the page's picture shows a name"

# Whoever only looks on gets no name, whatever is asked for.
viewer_in
page /downloads 200
grep -qE 'Ada|Marit' "$work/body" && fail "a viewer reads who downloaded what: $(cat "$work/body")"
send /downloads 403 what=attendance format=csv personal=1 reason=zomaar
send /downloads 403 what=people format=csv personal=1 reason=zomaar
send /downloads 403 what=audit format=json
send /downloads 200 what=attendance format=csv
grep -q 'Ada' "$work/body" && fail "a viewer got a name"
mv "$work/jar" "$work/viewer"
mv "$work/organiser" "$work/jar"

# Who was at a session of a cluster, for the report.
page /people 200
zorg=$(sqlite3 "$data/attendance.db" "SELECT id FROM session WHERE code = 'zorg'")
for person in $(sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE given_name IN ('Chris', 'Eva')"); do
	send "/people/$person/checkin" 303 what="$zorg" day=2026-11-24 time=13:20 reason=vergeten
done
# What the description says is what is answered, with something in every list that this world can fill.
python3 tests/web/openapi.py "$work" "$web" > "$work/described" || fail "$(cat "$work/described")"

# A program's token sees figures and no names; a viewer neither.
page /settings/tokens 200
send /settings/tokens 422 name=; send /settings/tokens 200 name=weekrapport scope=read days=7
key=$(grep -o 'ip_[A-Za-z0-9_-]*' "$work/body")
curl -sk -H "Authorization: Bearer $key" -H 'Accept: application/json' "$web/live" > "$work/body"
[ "$(jq -r '.figures.today, .last[0].name, .names' "$work/body" | tr '\n' ' ')" = '3 null false ' ]
[ "$(curl -sk -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $key" "$web/audit")" = 403 ]
[ "$(curl -sk -o /dev/null -w '%{http_code}' -X POST -d what=attendance -H "Authorization: Bearer $key" "$web/downloads")" = 403 ]
page /settings/tokens 200
send /settings/tokens/1/revoke 303
[ "$(curl -sk -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $key" -H 'Accept: application/json' "$web/live")" = 401 ]

kiosk_is_missed() { [ "$(ask GET /kiosks/1/screen.png)" = 503 ]; }
[ "$(ask GET '/kiosks/1/screen.png')" = 200 ]; cp "$work/body" "$work/picture"
kiosk_down
until_true 10 kiosk_is_missed
# Then the page tells when it was seen last, and shows that picture.
header_is Retry-After 5; says 'Deze kiosk is nu niet bereikbaar'; says '^2026-11-24T13:3'
[ "$(ask GET /kiosks/1/screen.png -H 'Accept: application/json')" = 503 ]
jq -e '.pictured | startswith("2026-11-24T13:3")' "$work/body" > /dev/null || fail "no time of the last picture: $(cat "$work/body")"
page /kiosks/1/screen.png 503; says 'Laatste beeld van 24 november 13:3'
page /kiosks 200; says 'src="/kiosks/1/screen.png?last=1".*alt="Laatst bekend kioskscherm, van 24 november'
[ "$(ask GET '/kiosks/1/screen.png?last=1')" = 200 ]; header_is Cache-Control no-store
cmp "$work/body" "$work/picture" || fail 'the last picture is another'
web_down
grep -q 'which .* did not give' "$work/web.log" && fail "a page shows what it was not given: $(cat "$work/web.log")"
verified
