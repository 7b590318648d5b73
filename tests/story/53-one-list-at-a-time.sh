#!/bin/sh
# While a list is read in by one program, no other reads one in or puts one back, and each says why.
. tests/story/lib.sh
. tests/story/web.sh
prepare
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
page /people/import 200
[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/attendees.csv;type=text/csv")" = 303 ]
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
page "$job" 200
exec 7< "$data"
flock -n 7 || fail "an import that was done still holds on"
LC_ALL=nl_NL.UTF-8 incheckpaal import attendees "$work/attendees.csv" > "$work/said" 2>&1 7<&- && fail "a second list was taken"
grep -q 'er wordt al een andere lijst ingelezen' "$work/said" || fail "$(cat "$work/said")"
send "$job" 409 do=import; says 'Er wordt al een andere lijst ingelezen'
page /people/import/undo 200
send /people/import/undo 409; says 'Er wordt al een andere lijst ingelezen'
exec 7<&-
page "$job" 200
send "$job" 303 do=import
incheckpaal import attendees "$work/attendees.csv" > "$work/said" || fail "$(cat "$work/said")"
page /people/import/undo 200
send /people/import/undo 303
