#!/bin/sh
# What stands in a schedule or a list stands in the database and in the export, cell by cell; the same file again changes nothing.
. tests/story/lib.sh
cp tests/data/*.csv tests/data/*.ics tests/data/*.json tests/data/*.map "$work"
incheckpaal init > /dev/null
database() { sqlite3 -csv "file:$data/attendance.db?mode=ro" "$1" | tr -d '\r'; }
# Quotes are a matter of taste in CSV, so they are left out of the comparison.
same() { sed -i 's/"//g' "$work/want" "$work/got"; diff "$work/want" "$work/got" > "$work/diff.log" || fail "$1: $(head -5 "$work/diff.log")"; }

# import KIND FILE NEW REJECTED [OPTIONS]: a second time nothing is new or changed.
import() {
	kind=$1 file=$2 new=$3 rejected=$4
	shift 4
	status=0
	incheckpaal import "$kind" "$work/$file" "$@" > "$work/said" || status=$?
	grep -q " $new new, 0 changed" "$work/said" || fail "$file: $(cat "$work/said")"
	[ "$rejected" = 0 ] && want=0 || want=3
	[ $status = $want ] || fail "$file: exit status $status"
	[ "$rejected" = 0 ] || grep -q "; $rejected rejected" "$work/said" || fail "$file: $(cat "$work/said")"
	incheckpaal import "$kind" "$work/$file" "$@" > "$work/said" || true
	grep -q " 0 new, 0 changed, $new the same" "$work/said" || fail "$file again: $(cat "$work/said")"
}
import schedule werkatelier-schedule.csv 9 0
import schedule expeditie.ics 7 1 # three mornings of a series, one moved by SEQUENCE, one cancelled; a whole day is refused
import schedule hackdag-schedule.json 4 2
import attendees werkatelier-attendees.csv 80 0
import attendees pretix-like.csv 3 0 --map "$work/pretix-like.map"
import attendees windows-1252.csv 1 0

# The schedule's own columns, made again from the database.
tr -d '\r' < "$work/werkatelier-schedule.csv" | tail -n +2 | sort > "$work/want"
database "SELECT s.code, s.title, s.host, s.room,
	strftime('%Y-%m-%dT%H:%M:%S+02:00', s.start_ms / 1000 + 7200, 'unixepoch'),
	strftime('%Y-%m-%dT%H:%M:%S+02:00', s.end_ms / 1000 + 7200, 'unixepoch'),
	s.cluster, iif(s.capacity, s.capacity, ''), s.kind, s.state
	FROM session s JOIN event e ON e.id = s.event WHERE e.code LIKE 'werkatelier%'" | sort > "$work/got"
same schedule

# The list's own columns except the badge, which nobody can read back.
people="SELECT a.given_name, a.family_name, o.name, o.kind, o.education_level, o.cluster, o.region, o.growth, a.email, a.language, a.sessions"
tail -n +2 "$work/werkatelier-attendees.csv" | tr -d '\r' | cut -d, -f2- | tr -d '"' | sort > "$work/want"
database "$people FROM attendee a JOIN organisation o ON o.id = a.organisation WHERE a.email <> '' AND EXISTS
	(SELECT 1 FROM link WHERE attendee = a.id)" | tr -d '"' | sort > "$work/got"
grep -vxFf "$work/want" "$work/got" > "$work/others" || true # those of the other lists
grep -xFf "$work/want" "$work/got" > "$work/got.own" || true
mv "$work/got.own" "$work/got"
same "attendees, of which $(wc -l < "$work/others") are of other lists"
database "SELECT given_name || ' ' || family_name || ' ' || o.name FROM attendee a JOIN organisation o ON o.id = a.organisation" |
	grep -q 'Zoë Šimek' || fail "Windows-1252 was not understood"

# One tap by everybody in the list: the export in its three formats says the same, row by row.
reader_up
kiosk_up
taken=0
for uid in $(tail -n +2 "$work/werkatelier-attendees.csv" | cut -d, -f1 | head -12); do
	taken=$((taken + 1))
	held "$uid" ntag213 log_grew_to $taken
done
kiosk_down
incheckpaal export attendance --personal | tail -n +2 | cut -d, -f15,16,17,19 | sort > "$work/got"
tail -n +2 "$work/werkatelier-attendees.csv" | head -12 | awk -F, '{ print $4 "," $5 "," $7 "," $2 " " $3 }' | sort > "$work/want"
same export
incheckpaal export attendance --personal --format csv-excel | sed '1s/^\xEF\xBB\xBF//' | tr -d '\r' | tail -n +2 | cut -d';' -f15,16,17,19 | tr ';' , | sort > "$work/got"
same csv-excel
incheckpaal export attendance --personal --format json |
	jq -r '.[] | [.organisation, .organisation_kind, .organisation_cluster, .name] | join(",")' | sort > "$work/got"
same json
