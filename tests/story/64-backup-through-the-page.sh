#!/bin/sh
# tests/story/64-backup-through-the-page.sh: a backup leaves under a password and comes back: refused in words when it does not fit, asked twice
. tests/story/lib.sh
. tests/story/web.sh
all_up
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
people() { sqlite3 "$data/attendance.db" 'SELECT count(*) FROM attendee'; }

made() { ask GET /settings -H 'Accept: text/html' > /dev/null && grep -q 'Laatste back-up: 24 november' "$work/body"; }
until_true 20 made
page /settings 200; says '24 november 2026. De dagen volgen uit het programma'
send /settings/backup 422 backup_pw=kort; says 'Maak er minstens 15 van'
send /settings/backup 200 'backup_pw=een heel ander geheim'
header_is Content-Disposition '.*back-up.incpsafe'
cp "$work/body" "$work/safe"
grep -q 'SQLite\|voorbeeld.example' "$work/safe" && fail "the backup is not encrypted"

# restore FILE PASSWORD STATUS: hands a file over.
restore() {
	got=$(ask POST /settings/restore -H 'Accept: text/html' -F "csrf=$csrf" -F "backup=@$1" -F "restore_pw=$2")
	[ "$got" = "$3" ] || fail "restore of $1: $got, not $3: $(cat "$work/body")"
}
page /settings 200
restore "$work/safe" verkeerd 422; says 'Dit wachtwoord klopt niet'
restore "$work/attendees.csv" x 422; says 'geen back-up van Incheckpaal'
head -c 3000 "$work/safe" > "$work/cut"
restore "$work/cut" 'een heel ander geheim' 422; says 'beschadigd of niet compleet'
page /settings/restore 404

# The command line opens it too, with the password from a terminal or a pipe; what was in it lies nowhere after.
other="$work/other"
mkdir "$other"
cp "$data/venue.key" "$data/sign.key" "$other"
elsewhere() { "$BIN/incheckpaal" --config "$work/conf" --data "$other" "$@"; }
elsewhere init > /dev/null
for wrong in 'een verkeerd geheim' ''; do
	echo "$wrong" | elsewhere restore "$work/safe" > "$work/said" 2>&1 && fail "another password puts a backup back"
	grep -q 'another password opens it; nothing was changed' "$work/said" || fail "$(cat "$work/said")"
done
head -c 3000 "$work/safe" > "$work/cut"
echo 'een heel ander geheim' | elsewhere restore "$work/cut" > "$work/said" 2>&1 && fail "half a backup is put back"
grep -q 'damaged or cut short; nothing was changed' "$work/said" || fail "$(cat "$work/said")"
echo 'een heel ander geheim' | elsewhere restore "$work/safe" > "$work/said" || fail "$(cat "$work/said")"
grep -q '^restored: ' "$work/said" || fail "$(cat "$work/said")"
[ "$(sqlite3 "$other/attendance.db" 'SELECT count(*) FROM attendee')" = 5 ] || fail "the backup is not back"
[ ! -e "$other/attendance.db.opened" ] || fail "what was in the backup lies about"

# What came after the backup goes, and is kept beside it.
page /people/new 200
send /people/new 303 given_name=Later family_name=Gekomen
[ "$(people)" = 6 ]
page /settings 200
restore "$work/safe" 'een heel ander geheim' 303; header_is Location /settings/restore
page /settings/restore 200; says 'Deze back-up terugzetten'
# Left lying, it goes after a day.
touch -d '2026-11-22' "$data/restore/waiting.db"
page /settings 200
page /settings/restore 404
page /settings 200
restore "$work/safe" 'een heel ander geheim' 303
page /settings/restore 200
send /settings/restore/act 422 do=restore "pw=$pass"; says 'Vink aan'
send /settings/restore/act 403 do=restore sure=1 pw=mis
[ "$(people)" = 6 ] || fail "it was put back without being sure"
send /settings/restore/act 200 do=restore sure=1 "pw=$pass"; says 'wordt teruggezet'
until_true 10 sh -c "! kill -0 $kiosk_pid 2> /dev/null"
wait "$kiosk_pid" || fail "the kiosk left with status $?"
kiosk_up
[ "$(people)" = 5 ] || fail "the backup was not put back: $(cat "$work/kiosk.log")"
ls "$data" | grep -q 'attendance.db.aside-' || fail "what was there is gone"
begins_anew() { grep -q 'begins anew' "$work/web.log"; }
ask GET /live > /dev/null || true
until_true 15 begins_anew
until_true 10 curl -sk "$web/" -o /dev/null
rm "$work/jar"
page /login 200
send /login 303 who=Marit "pw=$pass"
page /people 200
grep -q 'Later Gekomen' "$work/body" && fail "the page still reads the file of before"
verified
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
kiosk_down
