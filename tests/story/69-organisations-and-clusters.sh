#!/bin/sh
# tests/story/69-organisations-and-clusters.sh: an organisation counts once, whatever it is called, and the report says where the clusters stand
. tests/story/lib.sh
. tests/story/web.sh
all_up
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
id_of() { sqlite3 "$data/attendance.db" "SELECT id FROM organisation WHERE name = '$1'"; }

page /people/new 200
send /people/new 303 given_name=Gea 'organisation=Hanzecodde'
page '/organisations' 200; says 'Hanzecode'; says '1 paar\|lijken organisaties op elkaar'; says 'een paar letters verschil'
says 'soort ontbreekt'
page '/organisations?filter=kind' 200; says 'Hanzecodde'
grep -q 'IJsselzorg' "$work/body" && fail "the filter let everything through"
one=$(id_of Hanzecode) other=$(id_of Hanzecodde)
says "organisations/$one/merge?with=$other" # the one we know more of stays
page "/organisations/$one/merge?with=$other" 200; says 'Samenvoegen?'
send "/organisations/$one/merge" 303 with="$other"
page /organisations 200; says 'Telt mee als deel van Hanzecode'
send "/organisations/$one/merge" 409 with="$other"
send "/organisations/$one/distinct" 409 with="$other" # they are one now
send "/organisations/$one/merge" 409 with="$one"
send "/organisations/$one/merge" 404 with=none
page "/organisations/$one/merge?with=$other" 409
page "/organisations/$one/merge" 404
page '/organisations?page=99' 303; header_is Location '/organisations?q=&filter=all&page=1'
page "/organisations/$other" 200; says 'Haal weer uit elkaar'
page "/organisations/$other/unmerge" 200
send "/organisations/$other/unmerge" 303
page "/organisations/$one/distinct?with=$other" 200; says 'Zijn dit er twee?'
send "/organisations/$one/distinct" 303 with="$other"
send "/organisations/$one/distinct" 409 with="$other"
send "/organisations/$one/distinct" 404
page /organisations 200
grep -q 'lijken organisaties op elkaar' "$work/body" && fail "a decided pair is asked about again"

# Names that have nothing in common, and one e-mail domain: asked about, without telling which.
page /people/new 200
send /people/new 303 given_name=Koos 'organisation=Zorggroep Salland' email=koos@salland.test
send /people/new 303 given_name=Loes 'organisation=Thuisteam Noord' email=loes@Salland.test
page /organisations 200; says 'Thuisteam Noord'; says 'zelfde e-maildomein'
grep -qi 'salland\.test' "$work/body" && fail 'an e-mail domain stands on the page'
incheckpaal organisation pairs | grep -q '^  @  .*Thuisteam Noord.*Zorggroep Salland' || fail "$(incheckpaal organisation pairs)"
send "/organisations/$(id_of 'Thuisteam Noord')/distinct" 303 with="$(id_of 'Zorggroep Salland')"
page /organisations 200
grep -q 'zelfde e-maildomein' "$work/body" && fail 'a decided pair is asked about again'

# What it is, and what else it is called.
page "/organisations/$other" 200
old=$(revision "/organisations/$other")
send "/organisations/$other" 422 "rev=$old" kind=club cluster=ruimtevaart; says 'Kies een van de mogelijkheden'
send "/organisations/$other" 303 "rev=$old" kind=company cluster=health region=outside growth=start-up town=Emden alias='Hanze Code'
send "/organisations/$other" 409 "rev=$old" kind=education; says 'Iemand was je net voor'; says '<td>bedrijf</td><td>onderwijs</td>'
page "/organisations/$other/unmerge" 409
[ "$(sqlite3 "$data/attendance.db" "SELECT kind || cluster || region || growth || town FROM organisation WHERE id = '$other'")" = companyhealthoutsidestart-upEmden ]
page "/organisations/$other" 200; says 'name="town" type="text" value="Emden"'
page /organisations 200; says 'nee, Emden'
page "/organisations/$other" 200
send "/organisations/$other" 409 "rev=$(revision "/organisations/$other")" kind=company alias=IJsselzorg; says 'al van een andere organisatie'
page /organisations/none 404

# What was typed at the kiosk is looked at once.
sqlite3 "$data/attendance.db" "UPDATE organisation SET to_check = 1 WHERE id = '$other'"
page /people 200; says '1 nakijken'
page '/organisations?filter=kiosk' 200; says "organisations/$other\""; says 'getypt op de kiosk, nog niet nagekeken'; says 'Getypt op de kiosk (1)'
page "/organisations/$other" 200
send "/organisations/$other" 303 "rev=$(revision "/organisations/$other")" kind=company cluster=health region=outside growth=start-up town=Emden
page '/organisations?filter=kiosk' 200; says 'Getypt op de kiosk (0)'
sqlite3 "$data/attendance.db" "INSERT INTO attendee (id, given_name, family_name, organisation, email, language, sessions, changed_ms, origin) VALUES ('01a20d89-017e-7ed4-a266-59a68bc175d2', 'Kees', '', NULL, '', 'nl', '', 0, 'kiosk')"
page /people 200; says 'Kees</a><br><span class="small mute">meldde zich aan op de kiosk'; [ "$(grep -c 'meldde zich aan' "$work/body")" = 1 ] || fail 'Gea, whom an organiser wrote down, is said to have come to the kiosk'
sqlite3 "$data/attendance.db" "DELETE FROM attendee WHERE given_name = 'Kees'"

# The report: one company in ICT.
page /reports/clusters 200; says '0 van de 4 clusters halen het doel van 15 organisaties'; says '1 januari 2026 tot en met 24 november 2026'
ada_id=$(sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE given_name = 'Ada'")
session=$(sqlite3 "$data/attendance.db" "SELECT id FROM session WHERE code = 'data'")
page "/people/$ada_id" 200
send "/people/$ada_id/checkin" 303 what="$session" day=2026-11-24 time=13:10 reason=proef
page /reports/clusters 200; says '<b>1</b> van 15'; says 'Kruisbestuiving'; says 'nog 14'; says '1 evenement · doel: 15 organisaties per cluster'
together() { tr -d '\n' < "$work/body" | sed -n 's/.*<tfoot>\(.*\)<\/tfoot>.*id="h-mx".*/\1/p' | grep -o '<td class="num">[^<]*' | sed 's/.*>//; s/&nbsp;//' | paste -sd ' '; }
[ "$(together)" = '1 0 1 1 1' ] || fail "companies, education, new, persons and check-ins together: $(together)"
page '/reports/clusters?period=event' 200; says '<b>1</b> van 15'
page '/reports/clusters?event=schedule' 200; says '<b>1</b> van 15'; says 'value="schedule" selected'; says 'clusters.xlsx?period=year&amp;from=2026-01-01&amp;to=2026-11-24&amp;event=schedule&amp;session=&amp;least=1'
page '/reports/clusters?event=schedule&least=2&unit=sessions' 200; says '<b>0</b> van 15'; says 'value="sessions" selected'
page '/reports/clusters?event=nothing' 404

# One session only; and an organisation in its own cluster, whatever it came to: Bram of a health company was at the opening.
in_health() { incheckpaal report participation --format json "$@" | jq '.clusters[] | select(.code == "health") | .involved'; }
bram_id=$(sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE given_name = 'Bram'")
page "/people/$bram_id" 200
send "/people/$bram_id/checkin" 303 what="$(sqlite3 "$data/attendance.db" "SELECT id FROM session WHERE code = 'opening'")" day=2026-11-24 time=13:10 reason=proef
head_of_log=$(sqlite3 "$data/attendance.db" "SELECT substr(hex(chain), 1, 12) FROM tap ORDER BY seq DESC LIMIT 1" | sed 's/..../&-/g; s/-$//')
page /reports/clusters 200; says "tot en met tik $(log_lines) · controlecode $head_of_log<"
page '/reports/clusters?session=data' 200; says '<b>1</b> van 15'; says 'value="data" selected'; says 'Data delen zonder gedoe · doel: 15'; says 'session=data&amp;'
page '/reports/clusters?session=zorg' 200
grep -q '<b>1</b> van 15' "$work/body" && fail "another session counts"
page '/reports/clusters?session=nothing' 404
page '/reports/clusters?by=own' 200; says 'in haar eigen cluster'; says 'value="own" selected'
[ "$(grep -o '<b>1</b> van 15' "$work/body" | wc -l)" = 2 ] || fail "an organisation does not count in its own cluster"
[ "$(in_health),$(in_health --by own),$(in_health --by own --session data)" = 0,1,0 ] || fail "the command line counts otherwise"
incheckpaal report participation --by nowhere > /dev/null 2>&1 && fail "--by nowhere is a way to count"
incheckpaal report participation --session nothing > /dev/null 2>&1 && fail "a session that is none has a report"
page '/reports/clusters?period=custom&from=2026-11-25&to=2026-11-26' 200; says '<b>0</b> van 15'
page '/reports/clusters?period=custom&from=2026-11-26&to=2026-11-25' 422; says 'Het einde ligt niet na het begin'
page '/reports/clusters?period=custom&from=x&to=2026-11-25' 422; says 'Dit is geen datum'
[ "$(ask GET /reports/clusters.json -H 'Accept: */*')" = 200 ]; says '"involved": 1'
[ "$(ask GET /reports/clusters.xlsx -H 'Accept: */*')" = 200 ]
unzip -p "$work/body" xl/workbook.xml | grep -q 'Clusters' || fail "the workbook has no clusters"
[ "$(ask GET '/reports/clusters.csv?dialect=nl' -H 'Accept: */*')" = 200 ]; says ';'
grep -q 'Ada' "$work/body" && fail "the report has a name"
# A start-up from elsewhere that was never here before: in the report and on Live, with its town.
page /people/new 200
send /people/new 303 given_name=Hidde 'organisation=Hanzecodde'
hidde_id=$(sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE given_name = 'Hidde'")
page "/people/$hidde_id" 200; says '· Emden</p>'
send "/people/$hidde_id/checkin" 303 what="$session" day=2026-11-24 time=13:11 reason=proef
page /reports/clusters 200; says '1 snelle groeier<'; says '1 nieuw bedrijf van buiten de regio'; says '<td>Emden<td class="num">1$'; says '<td>Emden<td class="num">24 november 2026$'
sqlite3 "$data/attendance.db" "UPDATE organisation SET education_level = 'wo' WHERE id = '$other'" # a company is no university
[ "$(ask GET /reports/clusters.json -H 'Accept: */*')" = 200 ]; says '"universities": 0'
page /reports/clusters 200
[ "$(together)" = '2 0 2 2 2' ] || fail "with Hidde: $(together)"
page /live 200; says 'Ook bereikt'; says '1 snelle groeier<'; says 'Hanzecodde (Emden)'; says '0 onderwijsinstellingen'
says '<b>50[^<]*%</b> van de check-ins was bij een sessie van een ánder cluster'; says '<td class="t5 own">1<span'; says 'Plenaire sessies tellen hier niet mee'
grep -q 'check-ins* van .* zonder cluster' "$work/body" && fail 'somebody is said to have no cluster'
sqlite3 "$data/attendance.db" "UPDATE organisation SET cluster = '' WHERE id = '$other'"
page /live 200; says '<b>0[^<]*%</b> van de check-ins'; says 'Ook 1 check-in van iemand zonder cluster'; says 'waarvan 3 voor het eerst'
# More than the report shows: it says how many more, in both languages, and its files name them all.
{
	echo 'voornaam;organisatie;soort;groei;cluster'
	for i in $(seq 12); do echo "P$i;Starter $i;bedrijf;start-up;ict-ecommerce"; done
} > "$work/starters.csv"
incheckpaal import attendees "$work/starters.csv" > /dev/null
page "/people/$hidde_id" 200
for id in $(sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE given_name GLOB 'P[0-9]*'"); do
	send "/people/$id/checkin" 303 what="$session" day=2026-11-24 time=13:12 reason=proef
done
page /reports/clusters 200; says '13 snelle groeiers'; says 'En nog 1: de bestanden hierboven noemen ze allemaal'
[ "$(grep -c '<span class="small mute">start-up<' "$work/body")" = 12 ] || fail 'the page does not show twelve growers'
[ "$(ask GET '/reports/clusters.csv' -H 'Accept: */*')" = 200 ]
for i in $(seq 12); do grep -q "Starter $i," "$work/body" || fail "the file lacks Starter $i"; done
ask GET '/people?lang=en' -H 'Accept: text/html' > /dev/null
page /reports/clusters 200; says 'And 1 more: the files above name all of them'
for path in /organisations "/organisations/$one" "/organisations/$one/merge?with=$other" /reports/clusters; do page "$path" 200; says 'lang="en"'; done
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
kiosk_down
