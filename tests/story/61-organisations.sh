#!/bin/sh
# Organisations under many spellings are one; doubtful pairs are asked about; a merge counts at once and can be undone; a formula in a name does nothing in csv, csv-excel and xlsx; the workbook holds its sheets and numbers.
. tests/story/lib.sh
cat > "$work/attendees.csv" <<-CSV
badge,given_name,family_name,organisation,organisation_kind,education_level,cluster,region,growth,email,language,sessions,kvk,plaats
$ada,Ada,de Vries,Hanzecode B.V.,company,,ict-ecommerce,inside,,ada@voorbeeld.example,nl,data,,Zwolle
$bram,Bram,Bakker,HANZECODE bv,,,,,,bram@voorbeeld.example,nl,data,,
$chris,Chris,Smit,Hanzekode,company,,ict-ecommerce,inside,,chris@voorbeeld.example,en,data,,
$dewi,Dewi,Jansen,=HYPERLINK(1+1),company,,health,outside,start-up,dewi@voorbeeld.example,nl,data,1234 5678,=Emden
$eva,Eva,Öztürk,Formulemakers,,,,,,eva@voorbeeld.example,nl,data,12345678,
CSV
clock_is $((($(date -d '2026-11-24 14:20' +%s) - $(date +%s)) * 1000)) ntp
all_up
for badge in $ada $bram $chris $dewi; do tap $badge checked-in; done
kiosk_down

number() { incheckpaal report participation --language en --format csv "$@" | sed -n 's/^clusters,ICT & E-commerce,\([0-9]*\),.*/\1/p'; }
[ "$(incheckpaal organisation list | wc -l)" = 3 ] || fail "not three organisations: $(incheckpaal organisation list)"
incheckpaal organisation list | grep -q 'HYPERLINK.*12345678 *2$' || fail "one KvK number, two organisations: $(incheckpaal organisation list)"
[ "$(number)" = 3 ] || fail "not three before the merge: $(number)"
incheckpaal organisation pairs > "$work/pairs"
grep -q '^ 8[0-9]  Hanzecode B.V. .*Hanzekode' "$work/pairs" || fail "the pair is not asked: $(cat "$work/pairs")"
incheckpaal organisation merge Hanzekode 'hanzecode B. V.' > /dev/null
[ "$(number)" = 2 ] || fail "not two after the merge: $(number)"
incheckpaal organisation pairs | grep -q 'No two' || fail 'a merged pair is asked again'
incheckpaal organisation merge Hanzecode Hanzekode 2> "$work/said" && fail 'a circle was made'
grep -q 'other way round' "$work/said" || fail "$(cat "$work/said")"
incheckpaal organisation split Hanzekode > /dev/null
[ "$(number)" = 3 ] || fail "the merge was not undone: $(number)"
incheckpaal organisation distinct Hanzecode Hanzekode > /dev/null
incheckpaal organisation pairs | grep -q 'No two' || fail 'a decided pair is asked again'
incheckpaal organisation alias Hanzecode 'De Hanzecoders' > /dev/null
sed -n '1p; s/HANZECODE bv/de hanzecoders BV/p' "$work/attendees.csv" > "$work/later.csv"
incheckpaal import attendees "$work/later.csv" > /dev/null
[ "$(incheckpaal organisation list | grep -c Hanzecoders)" = 0 ] || fail 'the alias made an organisation of its own'
incheckpaal report participation --recount > /dev/null 2> "$work/said" || fail "recount: $(cat "$work/said")"

# Somebody meddles with a counter: the recount sees it.
sqlite3 "$data/attendance.db" 'UPDATE attended SET checkins = checkins + 1 WHERE organisation > 1'
incheckpaal report participation --recount > /dev/null 2> "$work/said" && fail 'a wrong counter went unseen'
grep -q 'differ from the log: [0-9]*, first: organisation' "$work/said" || fail "$(cat "$work/said")"
sqlite3 "$data/attendance.db" 'UPDATE attended SET checkins = checkins - 1 WHERE organisation > 1'

# Where they are is told in every form, and only in those that name them; a list that does not say so leaves it.
town() { sqlite3 "$data/attendance.db" "SELECT town FROM organisation WHERE name = '$1'"; }
[ "$(town 'Hanzecode B.V.')" = Zwolle ] || fail "the later list took the town: $(town 'Hanzecode B.V.')"
for format in text csv csv-excel json; do
	incheckpaal report participation --format $format | grep -q Zwolle || fail "$format: no town"
done
[ "$(incheckpaal report participation --format json | jq -r '[.clusters[].organisations[] | select(.name == "Hanzecode B.V.") | "\(.town) \(.persons_in_period)"] | .[0]')" = 'Zwolle 2' ] || fail 'json: no town, or not two persons'

# What a spreadsheet would calculate stays text.
incheckpaal report participation --format csv | grep -q ",'=HYPERLINK(1+1)," || fail 'csv: the formula is not defused'
incheckpaal report participation --format csv-excel | grep -q ";'=HYPERLINK(1+1);" || fail 'csv-excel: the formula is not defused'
incheckpaal report participation --format xlsx --language nl -o "$work/report.xlsx"
incheckpaal export attendance --format xlsx -o "$work/log.xlsx"
[ -s "$work/report.xlsx.minisig" ] || fail 'the workbook is not signed'
mkdir "$work/x" "$work/l"
(cd "$work/x" && unzip -q ../report.xlsx)
(cd "$work/l" && unzip -q ../log.xlsx)
cat "$work"/x/xl/worksheets/*.xml "$work"/l/xl/worksheets/*.xml > "$work/cells"
grep -q '<f>' "$work/cells" && fail 'xlsx: a formula'
grep -q '<is><t>Zwolle</t></is>' "$work/cells" || fail 'xlsx: no town'
grep -q '<is><t>=HYPERLINK(1+1)</t></is>' "$work/cells" || fail 'xlsx: the name is not there as text'
for sheet in Samenvatting Clusters Organisaties Kruisverbanden Sessies Aanwezigheid; do
	grep -q "name=\"$sheet\"" "$work/x/xl/workbook.xml" || fail "no sheet $sheet"
done
[ -e "$work/x/xl/charts/chart1.xml" ] || fail 'no chart'
[ "$(grep -o '<row ' "$work/l/xl/worksheets/sheet1.xml" | wc -l)" = 5 ] || fail 'not four taps in the workbook'

# For everybody: no names, no small number of people.
incheckpaal report participation --public --language en --format csv > "$work/public"
grep -q 'Hanze\|HYPERLINK\|Zwolle' "$work/public" && fail "a name: $(cat "$work/public")"
grep -q '^clusters,ICT & E-commerce,3,.*,< 5,< 5,' "$work/public" || fail "small numbers: $(cat "$work/public")"
grep -q '^clusters,Together,3,.*,< 5,< 5,' "$work/public" || fail "small numbers together: $(cat "$work/public")"

if command -v soffice > /dev/null; then
	for file in report log; do
		soffice --headless --convert-to csv:'Text - txt - csv (StarCalc)':44,34,76,1,,0,false,true,false,false,false,-1 --outdir "$work" "$work/$file.xlsx" > "$work/soffice.log" 2>&1 || fail "$(cat "$work/soffice.log")"
	done
	grep -q '^ICT & E-commerce,3,15,12,' "$work/report-Clusters.csv" || fail "LibreOffice read: $(cat "$work/report-Clusters.csv")"
	grep -q ',=HYPERLINK(1+1),' "$work/report-Organisaties.csv" || fail "LibreOffice read: $(cat "$work/report-Organisaties.csv")"
	[ "$(cat "$work"/log-*.csv | wc -l)" = 5 ] || fail "LibreOffice read: $(cat "$work"/log-*.csv)"
fi
