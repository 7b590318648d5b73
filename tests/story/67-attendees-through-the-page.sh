#!/bin/sh
# tests/story/67-attendees-through-the-page.sh: a list with faults is looked at, repaired line by line, and goes in at once
. tests/story/lib.sh
. tests/story/web.sh
prepare
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
people() { sqlite3 "$data/attendance.db" 'SELECT count(*) FROM attendee'; }

# upload FILE STATUS: as the form does.
upload() {
	page /people/import 200
	got=$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F mode=merge -F "file=@$1;type=text/csv")
	[ "$got" = "$2" ] || fail "upload of $1: $got, not $2: $(cat "$work/body")"
	job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
}
page /people/import 200; says 'value="merge" checked'
: > "$work/empty.csv"
upload "$work/empty.csv" 422; says 'Kies een bestand'
printf 'PK\003\004 a workbook' > "$work/book.xlsx"
upload "$work/book.xlsx" 415; says 'Opslaan als'; says 'href="/people/import">Kies een ander bestand'
printf '%%PDF-1.7 a paper' > "$work/paper.csv"
upload "$work/paper.csv" 415
printf '\320\317\021\340 an old workbook' > "$work/old.xls"
upload "$work/old.xls" 415
printf 'Beste allen\nHierbij de lijst\n' > "$work/letter.csv"
upload "$work/letter.csv" 422; says 'geen kolom met namen of badges'
printf 'naam;organisatie\nAda;"Hanzecode\nBram;Robotica\n' > "$work/open.csv"
upload "$work/open.csv" 422; says 'Op regel 2 begint een tekst met een aanhalingsteken'

cat > "$work/list.csv" <<-CSV
naam;organisatie;soort;cluster;badge;e-mail
Ada de Vries;Hanzecode Groep;bedrijf;ict-ecommerce;;ada@voorbeeld.example
Fenna Bakker;Jansen; Bakker & Zn;bedrijf;health;;fenna@voorbeeld.example
;Koelketen;bedrijf;;;
Gijs Post;Postbus;vereniging;;;gijs@voorbeeld.example
Hanna Kok;Kookstudio;vereniging;;;hanna@voorbeeld.example
Ina Smit;Smit;bedrijf;ruimtevaart;;ina@voorbeeld.example
Joost van der Veen;Robotica;bedrijf;;$bram;joost@voorbeeld.example
=1+1;Som;bedrijf;;;som@voorbeeld.example
CSV
upload "$work/list.csv" 303
page "$job" 200
says '8 regels'; says '6 regels vragen om herstel'; says 'Te veel kolommen'; says 'value="Jansen; Bakker &amp; Zn"'
says 'Komt 2 keer voor'; says 'Badge is al van iemand anders'; says 'Naam ontbreekt'
page "$job/changes" 200; says 'Ada de Vries'; says 'Hanzecode Groep'
[ "$(people)" = 5 ] || fail "the preview changed something"

# One repair, then another page load; the job survives a restart of the page.
send "$job" 303 do=recheck 'r3=Jansen, Bakker & Zn' r5=company r7= r8=no 'r4='
web_down
web_start
page "$job" 200; says '1 regel vraagt om herstel'
[ "$(ask GET "$job/faults.csv" -H 'Accept: */*')" = 200 ]; says 'regel;reden;zoals het er stond'; says '^4;"Naam ontbreekt.*;";Koelketen;bedrijf;;;"'
page "$job" 200
send "$job" 303 do=import; header_is Location "$job/done"
grep -q 'Zn' "$data/imports/${job##*/}/job.json" && fail "what was typed for the list outlives it"
page "$job/done" 200; says '6 nieuw, 1 bijgewerkt'; says '1 regel staat nog klaar'
[ "$(people)" = 11 ] || fail "there are $(people) people"
[ "$(sqlite3 "$data/attendance.db" "SELECT o.kind FROM attendee a JOIN organisation o ON o.id = a.organisation WHERE a.email LIKE 'hanna%'")" = company ]
[ "$(sqlite3 "$data/attendance.db" "SELECT o.name FROM attendee a JOIN organisation o ON o.id = a.organisation WHERE a.email LIKE 'fenna%'")" = 'Jansen, Bakker & Zn' ]
send "$job" 409 do=import
page "$job" 303

# Where somebody comes from: on the page, in everything held about them, on the command line.
id_of() { sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE email LIKE '$1%'"; }
page "/people/$(id_of hanna)" 200; says '<dt>Komt uit</dt><dd>list.csv, regel 6<br><span class="small mute">24 november 13:'
[ "$(ask GET "/people/$(id_of hanna)/export.json" -H 'Accept: */*')" = 200 ]; says '"file": "list.csv"'; says '"line": 6'
incheckpaal attendee show "$(id_of hanna)" | grep -q 'came from *list.csv, line 6  2026-11-24T13:' || fail "$(incheckpaal attendee show "$(id_of hanna)")"
page "/people/$(id_of bram)" 200; says '<dd>attendees.csv, regel 3<br>'
page /people/new 200
send /people/new 303 given_name=Gerda family_name=Bos email=gerda@voorbeeld.example
page "/people/$(id_of gerda)" 200; says '<dt>Komt uit</dt><dd>met de hand toegevoegd<br>'

# The line that was left waits, and goes in when it has a name.
page /people/import 200; says 'Er staat nog 1 regel klaar'
held=$(sed -n 's/.*href="\(\/people\/import\/[0-9a-f-]*\)".*/\1/p' "$work/body" | head -n 1)
page '/people' 200; says 'value="held">Klaarstaande regels (1)'
page '/people?filter=held' 303; header_is Location "$held"
page "$held" 200; says '1 regel vraagt om herstel'
line=$(sed -n 's/.*name="r\([0-9]*\)".*/\1/p' "$work/body" | head -n 1)
send "$held" 303 do=recheck "r$line=Kees"
page "$held" 200
send "$held" 303 do=import
[ "$(people)" = 13 ] || fail "there are $(people) people"
page /people/import 200
grep -q 'klaar van een vorige keer' "$work/body" && fail "nothing waits any more"
page '/people?filter=held' 200
grep -q Klaarstaande "$work/body" && fail "people still says that a line waits"

# What goes in but had better be looked at; what the file was taken for.
iconv -f utf-8 -t cp1252 > "$work/doubts.csv" <<-CSV
naam;organisatie;soort;cluster;e-mail
;Koelketen Noord;bedrijf;;planning@voorbeeld.example
René Vos;Robotica;bedrijf;;vos@voorbeeld.example
Sien Vos;Robotica;bedrijf;;VOS@voorbeeld.example
Teun Mulder;Mulder Advies;;;teun@voorbeeld.example
Tine Mulder;Mulder Advies;;;tine@voorbeeld.example
Udo Demir;Later bekend;;;n.v.t.
Vera Demir;Later bekend;bedrijf;;n.v.t.
Wim Hof;Hanzecode;;;wim@voorbeeld.example
CSV
upload "$work/doubts.csv" 303
page "$job" 200
says '8 regels · puntkomma · tekens omgezet uit Windows-1252'; says '6 regels om even na te kijken'
says 'Naam ontbreekt'; says 'Zelfde e-mail als regel 3'; says 'Soort organisatie is leeg'; says 'Komt 2 keer voor'; says '<mark>n.v.t.</mark>'
says 'name="w2"'; says 'name="w4"'; says 'name="w5"'; says 'name="w7"'; says 'name="w8"'
grep -q 'name="w6"\|name="w9"' "$work/body" && fail "the kind of a known organisation is asked for, or one twice"
send "$job" 303 do=recheck w2=Koos w4=no w5=education w7=udo@voorbeeld.example
page "$job" 200; says '1 regel om even na te kijken'
before=$(people)
send "$job" 303 do=import
[ "$(people)" = $((before + 8)) ] || fail "$((before + 8)) people, not $(people)"
mail_of() { sqlite3 "$data/attendance.db" "SELECT email FROM attendee WHERE given_name = '$1'"; }
[ "$(mail_of René),$(mail_of Sien),$(mail_of Udo),$(mail_of Vera)" = 'vos@voorbeeld.example,,udo@voorbeeld.example,' ] || fail "the addresses are $(mail_of René),$(mail_of Sien),$(mail_of Udo),$(mail_of Vera)"
[ "$(sqlite3 "$data/attendance.db" "SELECT kind FROM organisation WHERE name = 'Mulder Advies'")" = education ]
incheckpaal import attendees "$work/doubts.csv" --dry-run > "$work/cli.log"
grep -q '2 \(without an e-mail address\|zonder e-mailadres\)' "$work/cli.log" || fail "the command line does not say it: $(cat "$work/cli.log")"

# What changes is told in words, not in codes.
printf 'naam;organisatie;soort;e-mail\nBram Bakker;IJsselzorg;overheid;bram@voorbeeld.example\n' > "$work/kind.csv"
upload "$work/kind.csv" 303
page "$job" 200; says '<s>bedrijf</s></td><td>overheid</td>'
send "$job" 303 do=cancel

# Two people read in a list at once: the second is shown again what it changes.
printf 'naam;e-mail\nXander;xander@voorbeeld.example\n' > "$work/one.csv"
printf 'naam;e-mail\nXandra;xandra@voorbeeld.example\n' > "$work/two.csv"
upload "$work/one.csv" 303; first=$job
upload "$work/two.csv" 303
page "$job" 200
rev() { sed -n 's/.*name="rev" value="\([^"]*\)".*/\1/p' "$work/body"; }
seen=$(rev)
page "$first" 200
send "$first" 303 do=import "rev=$seen"
send "$job" 409 do=import "rev=$seen"; says 'Iemand las intussen een andere lijst in'; says 'two.csv'; says 'Nieuwe mensen<.dt><dd><span class="big">1<'
[ "$(sqlite3 "$data/attendance.db" "SELECT count(*) FROM attendee WHERE given_name = 'Xandra'")" = 0 ] || fail "a list went in that was to be looked at again"
send "$job" 303 do=import "rev=$(rev)"

# Badges that would change hands are asked about twice.
printf 'naam;badge;e-mail\nKarel;%s;karel@voorbeeld.example\n' "$ada" > "$work/swap.csv"
upload "$work/swap.csv" 303
page "$job" 200
send "$job" 303 do=recheck r2=move
page "$job" 200; says '1 badge krijgt een andere eigenaar'
send "$job" 409 do=import; says 'Vink aan dat het klopt'
send "$job" 303 do=import sure=1
page '/people?q=karel' 200; says 'Karel'

# Other headers, told by hand and kept by name.
printf 'Wie,Waar,Mailtje\nLotte Prins,Prinsenhof,lotte@voorbeeld.example\n' > "$work/own.csv"
upload "$work/own.csv" 303
page "$job" 200; says 'Waar gaan de kolommen heen'
job=${job%/columns}
page "$job" 200; says 'geen kolom met namen of badges'; says 'name="columns"'
send "$job" 303 do=recheck m0=full_name m1=organisation m2=email 'map_name=onze lijst'
page "$job/columns" 200; says 'onze lijst'
send "$job" 303 do=import
page '/people?q=lotte' 200; says 'Prinsenhof'
upload "$work/own.csv" 303; job=${job%/columns}
page "$job" 200
send "$job" 303 do=recheck 'map=onze lijst'
page "$job" 200; says '1 gelijk'
send "$job" 303 do=cancel
page "$job" 410
# One act brings back what was there before: who was only in the list goes, a known person gets the old organisation back.
organisation_of_ada() { sqlite3 "$data/attendance.db" "SELECT o.name FROM attendee a JOIN organisation o ON o.id = a.organisation WHERE a.email LIKE 'ada%'"; }
links() { sqlite3 "$data/attendance.db" "SELECT hex(badge_key), attendee FROM link WHERE until_ms IS NULL ORDER BY 1"; }
sqlite3 "$data/attendance.db" "UPDATE attendee SET cluster = 'health' WHERE email LIKE 'ada%'" # as a walk-in's own
of_walk_in() { sqlite3 "$data/attendance.db" "SELECT cluster FROM attendee WHERE email LIKE 'ada%'"; }
before="$(people) $(organisation_of_ada) $(links)"
printf 'naam;organisatie;badge;e-mail\nAda de Vries;Elders;;ada@voorbeeld.example\nPim Pen;Elders;%s;pim@voorbeeld.example\nQuirijn;Elders;%s;q@voorbeeld.example\n' "$bram" "$stranger" > "$work/last.csv"
upload "$work/last.csv" 303
page "$job" 200
send "$job" 303 do=recheck r3=move
page "$job" 200
send "$job" 303 do=import sure=1
[ "$before" != "$(people) $(organisation_of_ada) $(links)" ]
page /people/import 200; says 'last.csv'
page /people/import/undo 200; says 'Dit inlezen terugzetten'
send /people/import/undo 303
[ "$before" = "$(people) $(organisation_of_ada) $(links)" ] || fail "before: $before, after: $(people) $(organisation_of_ada) $(links)"
[ "$(of_walk_in)" = health ] || fail "a walk-in's own cluster went: $(of_walk_in)"
page /people/import/undo 409; says 'geen lijst meer om terug te zetten'
send /people/import/undo 409
incheckpaal verify > "$work/verify.log" || fail "$(cat "$work/verify.log")"
# A list that is said to be complete tells who is not in it, and lets them stay.
page /people/import 200; says 'Volledige lijst'
printf 'naam;organisatie;e-mail\nAda de Vries;Hanzecode;ada@voorbeeld.example\n' > "$work/whole.csv"
[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F mode=full -F "file=@$work/whole.csv;type=text/csv")" = 303 ]
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
known=$(people)
page "$job" 200; says "$((known - 1)) bekenden staan niet in deze lijst"; says 'Bram Bakker</a>'
grep -q 'Ada de Vries</a>' "$work/body" && fail "who stands in the list is missed"
send "$job" 303 do=import
[ "$(people)" = "$known" ] || fail "a complete list took people away"
page /people/import/../../etc/passwd 404
page /people/import/00000000-0000-0000-0000-000000000000 404
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
