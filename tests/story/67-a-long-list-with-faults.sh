#!/bin/sh
# tests/story/67-a-long-list-with-faults.sh: of 5,000 faulty lines each is shown on a page that stays small, and what was typed on one is kept on the next
. tests/story/lib.sh
. tests/story/web.sh
prepare
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null

# 6,000 lines of twelve columns: 5,000 that can not go in, each in a way of its own; 200 that go in and raise a question.
awk 'BEGIN {
	print "Badge;Voornaam;Achternaam;Organisatie;Soort organisatie;Niveau;Cluster;Regio;Groei;E-mail;Taal;Sessies"
	for (i = 2; i <= 6001; i++) {
		kind = i % 6; cluster = "health"; soort = "bedrijf"; extra = ""
		if (kind == 0) cluster = "Slimme & <b>gezonde</b> \"steden\" " i
		if (kind == 1) soort = "vereniging nummer " i
		if (kind == 2) extra = ";" i
		if (kind == 3) cluster = "Bouw, beton & bestrating van het hele IJsseldelta-gebied, afdeling " i
		if (kind == 4) { print "geen badge " i ";Voornaam" i ";;Kaas & <i>Zn</i>;bedrijf;;;;;;;"; continue }
		if (kind == 5 && i % 30 == 5) { print ";Voornaam" i ";;Bedrijf " i ";;;;;;;;"; continue }
		print ";Voornaam" i ";Achternaam" i ";Bedrijf " i % 40 ";" soort ";;" cluster ";binnen;;persoon" i "@voorbeeld.example;nl;" extra
	}
}' > "$work/long.csv"
page /people/import 200
[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F mode=full -F "file=@$work/long.csv;type=text/csv")" = 303 ]
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')

held() { ask GET "$job" -H 'Accept: application/json' > /dev/null; sed -n 's/.*"held": *\([0-9]*\).*/\1/p' "$work/body"; }
[ "$(held)" = 5000 ] || fail "of 5,000 faulty lines the data tells $(held)"
other=$(curl -sk "$web/app.css" | wc -c)
other=$((other + $(curl -sk "$web/live.js" | wc -c)))
# light PATH: a page of questions, its style and its script weigh less than 60,000 bytes.
light() {
	page "$1" 200
	bytes=$(($(wc -c < "$work/body") + other))
	[ "$bytes" -lt 60000 ] || fail "$1 weighs $bytes bytes"
	rows=$(grep -c '<th scope="row">' "$work/body")
	echo "$1: $bytes bytes, $rows rows"
}
way() { sed -n "s/.*name=\"to\" value=\"\\([^\"]*\\)\">$1.*/\\1/p" "$work/body"; }
first_line() { sed -n 's/.*<th scope="row">\([0-9]*\)<\/th>.*/\1/p' "$work/body" | head -n 1; }

light "$job"; says '5\.000 regels vragen om herstel'; says '1 tot en met'; says 'van 5\.200'
[ "$(first_line)" = 2 ] && [ "$rows" -ge 15 ] || fail "the first page begins with line $(first_line) and has $rows rows"
[ "$(way Vorige)" = '' ] && [ "$(way Volgende)" ]
for after in 700 2500 4444 5990 w0 w3000; do
	light "$job?after=$after"
	[ "$rows" -ge 6 ] || fail "$rows rows after $after"
done
light "$job?after=w99999"; says 'tot en met 5\.200 van 5\.200' # beyond the end: the end
ask GET "$job?lang=en" -H 'Accept: text/html' > /dev/null
light "$job"; says '5,000 lines need repair'
ask GET "$job?lang=nl" -H 'Accept: text/html' > /dev/null

# What is typed is kept on the way to another page, and goes along with the import too.
page "$job" 200
next=$(way Volgende)
send "$job" 303 r2=overig "to=$next" after=0
header_is Location "$job?after=$next"
page "$job?after=$next" 200
second=$(first_line)
[ "$second" -gt "$next" ] && [ "$second" -le $((next + 2)) ] || fail "after line $next came line $second"
back=$(way Vorige)
[ "$(held)" = 5000 ] || fail "a wrong repair took a line away"
send "$job" 303 do=recheck r7=company r13=company "after=$next"; header_is Location "$job?after=$next"
[ "$(held)" = 4998 ] || fail "two repairs on another page left $(held) lines"
light "$job?after=$back"; [ "$(first_line)" = 2 ] || fail "the page before begins with line $(first_line)"
people() { sqlite3 "$data/attendance.db" 'SELECT count(*) FROM attendee'; }
before=$(people)
page "$job?after=5990" 200
send "$job" 303 do=import r5995=company after=5990
[ $(($(people) - before)) = 1003 ] || fail "$(($(people) - before)) people came, not 1,003"
page "$job/done" 200; says '4\.997 regels staan nog klaar'
page /people/import 200
job=$(sed -n 's/.*href="\(\/people\/import\/[0-9a-f-]*\)".*/\1/p' "$work/body" | head -n 1)
light "$job?after=3000"
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
