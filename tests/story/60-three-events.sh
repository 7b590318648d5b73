#!/bin/sh
# A work atelier, an expedition of four days and a partner meeting, badge by badge through the kiosk; every figure of the report equals a count by hand in SQL over the exported CSV. (PROVE=1: everybody comes.)
. tests/story/lib.sh
some=${PROVE:+1000}
some=${some:-8}
at() { clock_is $((($(date -d "$1" +%s) - $(date +%s)) * 1000)) ntp; }
list() { grep -o '^04[0-9A-F]*' "$1" | awk -v n="$2" -v every="${3:-1}" 'NR % every == 0 && ++taken <= n'; }
hold() { held "$1" ntag213 more_shown_than "$(shown_count)"; }
# hours WHEN BADGES...: the kiosk is started at that time, and everybody taps.
hours() {
	at "$1"
	shift
	kiosk_up
	for badge; do
		hold "$badge"
	done
	kiosk_down
}
people=tests/data/werkatelier-attendees.csv partners=tests/data/partnerdag-attendees.csv
reader_up
incheckpaal init > /dev/null 2>&1
at '2026-10-01 12:00'
incheckpaal import schedule tests/data/werkatelier-schedule.csv --event 'Werkatelier' > /dev/null
incheckpaal import schedule tests/data/expeditie-vier-dagen.csv --event 'Expeditie Slimme Zorg' > /dev/null
incheckpaal import schedule tests/data/partnerdag-schedule.csv --event 'Partnerdag' > /dev/null
incheckpaal import attendees "$people" > /dev/null
incheckpaal import attendees "$partners" > "$work/partners.log" 2>&1 || fail "$(cat "$work/partners.log")"

# The work atelier: a plenary, then the sub-sessions people chose; a stranger is known later.
hours '2026-10-13 13:10' $(list $people $((some / 2)) 3)
hours '2026-10-13 14:05' $(list $people "$some" 2) "$stranger"
# The expedition, with check-outs: the same few, for some days, and home again an hour later.
configure kiosk tap_out yes
configure kiosk guard_s 0
day=2
while [ "$day" -le 3 ]; do
	at "2026-11-0$day 10:05"
	kiosk_up
	for badge in $(list $people $((some / 2)) 7); do hold "$badge"; done
	at "2026-11-0$day 11:05"
	sleep 1.6 # a badge held on is one tap
	for badge in $(list $people $((some / 4)) 7); do hold "$badge"; done
	kiosk_down
	day=$((day + 1))
done
configure kiosk tap_out no
hours '2026-12-08 15:50' $(list $partners "$some" 2)
incheckpaal badge link "$stranger" "gast2@voorbeeld.example" > /dev/null
incheckpaal correct 2 --reason 'held by a colleague' > /dev/null

# By hand, from the CSV alone.
incheckpaal export attendance --personal -o "$work/all.csv"
sql() { sqlite3 -batch -list -separator '|' "$work/hand.db" "$1" | tr -d '\r'; }
sqlite3 "$work/hand.db" ".import --csv $work/all.csv a" > /dev/null 2>&1
sql "CREATE VIEW c AS SELECT *, organisation_kind IN ('company', 'education') AS k, substr(time, 1, 10) AS day FROM a WHERE counted = 'yes'"
incheckpaal report participation --format csv --language en --recount > "$work/report.csv" 2> "$work/said" || fail "$(cat "$work/said")"
grep -q 'counters agree' "$work/said" || fail "no recount: $(cat "$work/said")"
part() { sed -n "s/^$1,//p" "$work/report.csv"; }
same() { [ "$1" = "$2" ] || fail "$3: the report says $1, by hand it is $2"; }
name_of() { case $1 in health) echo Health ;; logistics) echo Logistics ;; ict-ecommerce) echo 'ICT & E-commerce' ;; *) echo 'Creative & smart manufacturing' ;; esac; }

for cluster in ict-ecommerce health creative-making logistics; do
	name=$(name_of $cluster)
	line=$(part clusters | grep "^$name,")
	where="FROM c WHERE session_cluster = '$cluster'"
	same "$(echo "$line" | cut -d, -f2)" "$(sql "SELECT count(DISTINCT organisation) $where AND k")" "organisations in $cluster"
	same "$(echo "$line" | cut -d, -f6)" "$(sql "SELECT count(DISTINCT organisation) $where AND organisation_kind = 'education'")" "education in $cluster"
	same "$(echo "$line" | cut -d, -f15)" "$(sql "SELECT count(DISTINCT attendee_id) $where")" "persons in $cluster"
	same "$(echo "$line" | cut -d, -f16)" "$(sql "SELECT count(*) $where")" "check-ins in $cluster"
	same "$(echo "$line" | cut -d, -f13)" "$(echo "$line" | cut -d, -f2)" "organisations that are new in $cluster"
	same "$(part organisations | grep -c "^$name,.*,yes,.*,\(company\|education\),")" "$(echo "$line" | cut -d, -f2)" "the list behind $cluster"
	crossing=
	for other in ict-ecommerce health creative-making logistics; do
		crossing="$crossing,$(sql "SELECT count(*) FROM c WHERE organisation_cluster = '$cluster' AND session_cluster = '$other'")"
	done
	same "$(part crossovers | sed -n "s/^$name//p")" "$crossing" "crossovers of $cluster"
done
line=$(part clusters | grep '^Together,')
where="FROM c WHERE session_cluster <> ''"
same "$(echo "$line" | cut -d, -f2)" "$(sql "SELECT count(DISTINCT organisation) $where AND k")" 'organisations together'
same "$(echo "$line" | cut -d, -f5,6)" "$(sql "SELECT count(DISTINCT iif(organisation_kind = 'company', organisation, NULL)) || ',' || count(DISTINCT iif(organisation_kind = 'education', organisation, NULL)) $where")" 'companies and education together'
same "$(echo "$line" | cut -d, -f15,16)" "$(sql "SELECT count(DISTINCT attendee_id) || ',' || count(*) $where")" 'persons and check-ins together'
incheckpaal report participation --format json > "$work/report.json"
jq -r '[.clusters[].organisations[] | "\(.name)|\(.persons_in_period)"] | unique | .[]' "$work/report.json" > "$work/persons"
sql 'SELECT organisation, count(DISTINCT attendee_id) FROM c GROUP BY 1' > "$work/persons.hand"
[ "$(wc -l < "$work/persons")" -gt 3 ] || fail "no list of organisations: $(cat "$work/report.json")"
grep -vxFf "$work/persons.hand" "$work/persons" > "$work/wrong" && fail "persons of organisations: $(cat "$work/wrong" "$work/persons.hand")"
same "$(jq -r '[.clusters[].came.organisations] | add' "$work/report.json")" "$(sql "SELECT count(DISTINCT organisation || session_cluster) $where AND k")" 'organisations that came to clusters'
sql "SELECT event, count(DISTINCT iif(k, organisation, NULL)), count(DISTINCT attendee_id), count(*) FROM c GROUP BY 1 ORDER BY min(time)" > "$work/events.hand"
part events | cut -d, -f1,3-5 | tr , '|' > "$work/events"
cmp -s "$work/events" "$work/events.hand" || fail "events: $(diff "$work/events" "$work/events.hand")"
sql "SELECT substr(day, 1, 7), count(DISTINCT iif(k, organisation, NULL)), count(DISTINCT attendee_id), count(*) FROM c GROUP BY 1 ORDER BY 1" > "$work/months.hand"
part months | cut -d, -f1-4 | tr , '|' > "$work/months"
cmp -s "$work/months" "$work/months.hand" || fail "months: $(diff "$work/months" "$work/months.hand")"
same "$(part summary | sed -n 's/^Persons,//p')" "$(sql 'SELECT count(DISTINCT attendee_id) FROM c')" persons
same "$(part summary | sed -n 's/^Counted check-ins,//p')" "$(sql 'SELECT count(*) FROM c')" check-ins
[ "$(sql "SELECT count(*) FROM c WHERE session_cluster = 'health' AND event LIKE 'Exp%'")" -gt 0 ] || fail 'nobody came to the expedition'
part clusters | grep -q '^Health,.*,[0-9][0-9]*$' || fail "no stay was measured: $(part clusters)"

# One event, a period, and a stricter rule.
incheckpaal report participation --format csv --language en --event partnerdag > "$work/report.csv"
same "$(part clusters | sed -n 's/^Logistics,\([0-9]*\),.*/\1/p')" "$(sql "SELECT count(DISTINCT organisation) FROM c WHERE k AND session_cluster = 'logistics' AND event = 'Partnerdag'")" 'logistics at the partner meeting'
same "$(part clusters | sed -n 's/^Logistics,//p' | cut -d, -f12)" "$(sql "SELECT count(DISTINCT organisation) FROM c WHERE k AND session_cluster = 'logistics' AND event = 'Partnerdag' AND organisation NOT IN (SELECT organisation FROM c WHERE day < '2026-12-08')")" 'organisations that are new at the partner meeting'
incheckpaal report participation --format csv --language en --from 2026-11-01 --to 2026-11-30 > "$work/report.csv"
same "$(part summary | sed -n 's/^Persons,//p')" "$(sql "SELECT count(DISTINCT attendee_id) FROM c WHERE day LIKE '2026-11-%'")" 'persons in November'
same "$(part clusters | sed -n 's/^Health,//p' | cut -d, -f12)" "$(sql "SELECT count(DISTINCT organisation) FROM c WHERE k AND session_cluster = 'health' AND day LIKE '2026-11-%' AND organisation NOT IN (SELECT organisation FROM c WHERE day < '2026-11-01')")" 'organisations in health that are new in November'
configure participation least 2
incheckpaal report participation --format csv --language en > "$work/report.csv"
same "$(part clusters | sed -n 's/^Health,\([0-9]*\),.*/\1/p')" "$(sql "SELECT count(*) FROM (SELECT 1 FROM c WHERE k AND session_cluster = 'health' GROUP BY organisation HAVING count(DISTINCT day) >= 2)")" 'health on two days'
grep -q 'on at least 2 different days' "$work/report.csv" || fail 'the rule is not printed'
verified
