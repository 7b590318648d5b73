#!/bin/sh
# Lines that an import kept back go when the names that came in with it would, by a clock that is right; a wrong one takes none.
. tests/story/lib.sh
. tests/story/web.sh
# at WHEN GRADE: the page is started at that time, and has looked at what lies there.
at() {
	clock_is $((($(date -d "$1" +%s) - $(date +%s)) * 1000)) "$2"
	[ -z "$web_pid" ] || web_down
	web_start
	sleep 1.2
	ask GET /login -H 'Accept: text/html' > /dev/null
	sleep 1.2
}
waits() { grep -rq 'Fenna' "$data/imports"; }
kept() { waits || fail "the line is gone on $1"; }
prepare
sqlite3 "$data/attendance.db" "INSERT INTO event (id, code, title, venue, first_day, last_day) VALUES ('e', 'eerder', 'Eerder', '', 20700, 20700)" # 4 September
at '2026-09-01 10:00' none
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
printf 'naam;e-mail;soort;organisatie\nFenna Visser;fenna@voorbeeld.example;vereniging;X\nNoor;noor@voorbeeld.example;bedrijf;Y\n' > "$work/list.csv"
page /people/import 200
[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/list.csv;type=text/csv")" = 303 ]
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
page "$job" 200
# Looked at before the clock was right, and gone on with after.
at '2026-11-24 13:30' ntp
signed_in
page "$job" 200
send "$job" 303 do=import
page /people/import 200; says 'nog 1 regel klaar'; says 'Op 22 december 2026 verdwijnen de eerste'
kept 'the day itself'
at '2026-12-21 13:30' ntp; kept 'the 27th day'
at '2027-02-01 13:30' none; kept 'a day that a wrong clock told'
at '2026-12-23 13:30' ntp
until_true 5 [ ! -e "$data/imports/$(basename "$job")/file" ]
gone() { ! waits; }
until_true 5 gone
