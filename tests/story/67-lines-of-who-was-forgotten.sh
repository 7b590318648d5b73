#!/bin/sh
# Lines that wait about somebody go when she is forgotten, whoever does it: the command line, another kiosk, or a page that was cut short.
. tests/story/lib.sh
. tests/story/web.sh
prepare
other=$work/other
mkdir "$other"
cp "$data/venue.key" "$other"
printf 'naam;e-mail;soort;organisatie\nFenna Visser;fenna@voorbeeld.example;bedrijf;X\n' > "$work/first.csv"
incheckpaal import attendees "$work/first.csv" > /dev/null
(data=$other; prepare; incheckpaal import attendees "$work/first.csv" > /dev/null)
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
# upload LINE...: a list with an error in each of them.
upload() {
	{ echo 'naam;e-mail;soort;organisatie'; printf '%s\n' "$@"; } > "$work/list.csv"
	page /people/import 200
	[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/list.csv;type=text/csv")" = 303 ]
	job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
	page "$job" 200
}
gone() { ! grep -rqi -e "$1" "$data/imports"; }
# By another kiosk: the list that is open follows at once.
upload 'Eva Öztürk;eva@voorbeeld.example;vereniging;X' 'Noor;noor@voorbeeld.example;vereniging;Y'
(data=$other; incheckpaal attendee forget eva@voorbeeld.example > /dev/null)
incheckpaal merge "$other" > /dev/null
page "$job" 200; says 'Noor'
grep -q 'Eva' "$work/body" && fail "her line is asked about"
gone 'eva@' || fail "her line is still there"
# On the command line: the line that an import kept back goes before the page is asked for it, when it is started.
upload 'Fenna Visser;fenna@voorbeeld.example;vereniging;X' 'Noor;noor@voorbeeld.example;bedrijf;Y'
send "$job" 303 do=import
page /people/import 200; says 'nog 1 regel klaar'
incheckpaal attendee forget fenna@voorbeeld.example > /dev/null
web_down
web_start
until_true 5 gone 'fenna@'
signed_in
page /people/import 200
grep -q 'nog 1 regel klaar' "$work/body" && fail "a line that is gone waits"
# She comes again on a list of later: that line is of somebody new.
upload 'Fenna Visser;fenna@voorbeeld.example;vereniging;X'
says 'Fenna'
incheckpaal attendee forget bram@voorbeeld.example > /dev/null
page "$job" 200; says 'Fenna'
# The page cleans what waits before it forgets: cut short between the two, nobody is forgotten and no line is left.
upload 'Dewi;dewi@voorbeeld.example;vereniging;X'
dewi=$(sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE email = 'dewi@voorbeeld.example'")
sqlite3 "$data/attendance.db" "CREATE TRIGGER cut BEFORE UPDATE OF forgotten_ms ON attendee BEGIN SELECT RAISE(ABORT, 'cut'); END"
page "/people/$dewi/erase" 200
send "/people/$dewi/erase" 500 reason=request "pw=$pass"
gone 'dewi@' || fail "her line is still there"
