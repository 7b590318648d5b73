#!/bin/sh
# Who comes back on a list after being forgotten is somebody new, and a badge that is used again takes nobody's check-ins along.
. tests/story/lib.sh
. tests/story/web.sh
cat > "$work/attendees.csv" <<-CSV
	badge,given_name,family_name,organisation,organisation_kind,cluster,email
	$ada,Ada,de Vries,Hanzecode,company,ict-ecommerce,ada@voorbeeld.example
	$bram,Bram,Bakker,IJsselzorg,company,health,
CSV
all_up
tap "$ada" checked-in
tap "$bram" checked-in
kiosk_down
incheckpaal attendee forget 'Ada de Vries' > /dev/null
bram_id=$(incheckpaal attendee list | sed -n 's/ .*Bram.*//p')
attendance --personal > "$work/before"
cat > "$work/next.csv" <<-CSV
	badge,given_name,family_name,organisation,organisation_kind,cluster,email
	,Ada,de Vries,Gemeente,government,,ada@voorbeeld.example
	$ada,Zoë,Nieuw,Gemeente,government,,
	$bram,Willem,Anders,Gemeente,government,,
CSV
# The page asks about the badge of Bram, who is known by his badge and his name.
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
page /people/import 200
[ "$(ask POST /people/import -H 'Accept: text/html' -F "csrf=$csrf" -F "file=@$work/next.csv;type=text/csv")" = 303 ]
page "$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')" 200
says 'Nu van Bram Bakker'; says 'Lees 2 regels in'
web_down
# The command line does as it is told, and says so.
incheckpaal import attendees "$work/next.csv" > "$work/said"
grep -q '3 new, 0 changed, 0 the same, 1 badge of somebody else moved' "$work/said" || fail "$(cat "$work/said")"
incheckpaal attendee show 'Ada de Vries' | grep -q '^organisation *Gemeente' || fail "Ada is not there"
[ "$(incheckpaal attendee show "$bram_id" | sed -n 's/^family name *//p')" = Bakker ] || fail "Bram is gone"
attendance --personal | cmp - "$work/before" || fail "a check-in went to somebody else: $(attendance --personal)"
incheckpaal import attendees "$work/next.csv" | grep -q '0 new, 0 changed, 3 the same' || fail "read again, it makes others"
incheckpaal report participation --recount > "$work/said" 2>&1 || fail "$(cat "$work/said")"
verified
