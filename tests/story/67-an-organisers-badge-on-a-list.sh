#!/bin/sh
# No list gives an organiser's badge to an attendee: that line is turned away, or waits on the page, and the rest goes in.
. tests/story/lib.sh
. tests/story/web.sh
prepare
key=04C0FFEE000001
incheckpaal badge organiser $key > /dev/null
people() { sqlite3 "$data/attendance.db" 'SELECT count(*) FROM attendee'; }
printf 'naam;badge\nLotte Vis;%s\nMees Bos;\n' $key > "$work/list.csv"

incheckpaal import attendees "$work/list.csv" --dry-run 2>&1 | grep -q ":2: Badge is an organiser's" || fail 'a rehearsal does not tell of it'
status=0
incheckpaal import attendees "$work/list.csv" > "$work/said" 2>&1 || status=$?
[ $status = 3 ] && grep -q '^1 attendee: 1 new.*; 1 rejected' "$work/said" || fail "status $status: $(cat "$work/said")"
grep -q "^2,.*Badge is an organiser's.*$key" "$work/list.csv.rejected.csv" || fail "$(cat "$work/list.csv.rejected.csv")"
[ "$(people)" = 6 ] || fail "there are $(people) people"

web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
page /people/import 200
[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F mode=merge -F "file=@$work/list.csv;type=text/csv")" = 303 ]
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
page "$job" 200; says '1 regel vraagt om herstel'; says 'Badge is van de organisatie'; says "<mark>$key</mark>"; says "name=\"r2\" value=\"$key\""
send "$job" 303 do=recheck r2=$key
page "$job" 200; says '1 regel vraagt om herstel'
# Without the badge it goes in.
send "$job" 303 do=recheck r2=
page "$job" 200
grep -q 'om herstel' "$work/body" && fail "$(cat "$work/body")"
send "$job" 303 do=import
page "$job/done" 200; says '1 nieuw'
[ "$(people)" = 7 ] || fail "there are $(people) people"
incheckpaal badge list > "$work/badges"
grep -q organiser "$work/badges" && ! grep -q Lotte "$work/badges" || fail "$(cat "$work/badges")"
web_down
