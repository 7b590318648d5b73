#!/bin/sh
# An organiser's badge opens the service screen; every control works by a pointer, in both languages, and nothing is logged.
. tests/story/lib.sh
touchable
port=$((20000 + $$ % 20000))
configure web listen 127.0.0.1
configure web port "$port"
mkdir "$work/stick"
configure storage stick "$work/stick"
all_up
organiser=04C0FFEE000001
incheckpaal badge organiser $organiser > /dev/null
echo '3F:A1:07:9C:5E:D2:88:40:11:22' > "$data/web.fingerprint"
open_service() {
	held $organiser ntag213 seen_more_than "$(seen_count)"
	screen_is service
}
picture() {
	incheckpaal screenshot "$work/$1.png" > /dev/null
	[ -z "${KEEP:-}" ] || cp "$work/$1.png" "$KEEP/"
}
# changes NAME COMMAND...: the screen looks otherwise after the command
changed() {
	picture after
	! cmp -s "$work/before.png" "$work/after.png"
}
test_button='142 644' stick_button='400 644' english='684 644' quieter='777 644' louder='997 644' close='1146 644'
press_at() { press "${1% *}" "${1#* }"; }

tap "$ada" checked-in
open_service
picture nl
! zbarimg -q "$work/nl.png" > "$work/qr" 2> /dev/null || fail "a page that does not run is offered"
press_at "$english"
until_true 5 status_has '"language":"en"'
picture en
! cmp -s "$work/nl.png" "$work/en.png" || fail "both languages look the same"

# The page's own program would listen here; a phone then reads the way in off the screen.
perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => shift, Listen => 1) or die; sleep 60' "$port" &
listener=$!
scanned() { picture qr && zbarimg -q --raw "$work/qr.png" > "$work/qr"; }
until_true 20 scanned
kill $listener
grep -Eq "^https://127.0.0.1:$port/start\?code=[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$" "$work/qr" || fail "the QR says $(cat "$work/qr")"
code=$(sed 's/.*code=//; s/-//' "$work/qr")
! grep -rq -e "$code" "$data" || fail "the code stands in a file"

# The reader is tested by any badge, an organiser's too.
press_at "$test_button"
picture before
open_service
until_true 5 changed
# The log goes to the stick, whole and checkable.
press_at "$stick_button"
copied() { [ -s "$(echo "$work"/stick/incheckpaal-Ingang-*)/SHA256SUMS" ]; }
until_true 10 copied
(cd "$work"/stick/incheckpaal-Ingang-* && sha256sum --quiet -c SHA256SUMS) || fail "the copy does not hold"
[ "$(wc -l < "$(echo "$work"/stick/incheckpaal-Ingang-*/attendance.csv)")" = 2 ] || fail "not one tap on the stick"
# The volume is kept through a power cut.
sleep 0.5
volume() { sqlite3 "$data/attendance.db" "SELECT value FROM option_override WHERE name = 'volume' AND origin = 'kiosk'"; }
volume_is() { [ "$(volume)" = "$1" ]; }
press_at "$quieter"
until_true 5 volume_is 60
press_at "$louder"
until_true 5 volume_is 80
status_has '"screen.volume":"80"' || fail "the kiosk does not go by its own volume"
press_at "$close"
screen_is idle
[ "$(log_lines)" = 1 ] || fail "an organiser's badge was logged: $(attendance)"

# A tap goes before; a lost organiser's badge opens nothing.
sleep 2 # the same badge held again so soon is the same holding
open_service
tap "$bram" checked-in
incheckpaal service > /dev/null
screen_is service
incheckpaal badge block $organiser > /dev/null
until_true 10 status_has '"screen":"service"'
sleep 2
tap $organiser blocked
kiosk_down
