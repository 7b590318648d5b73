#!/bin/sh
# What a person reads at the shell is in the language of the terminal; what a program reads, and how a command ends, is not.
. tests/story/lib.sh
all_up
tap "$ada" checked-in
tap "$eva" checked-in
# says STATUS NL EN COMMAND...: the same command in both languages, the same status.
says() {
	status=$1 nl=$2 en=$3
	shift 3
	for language in nl en; do
		got=0
		case $language in nl) LC_ALL=nl_NL.UTF-8 wanted=$nl ;; en) LC_ALL=C.UTF-8 wanted=$en ;; esac
		export LC_ALL
		incheckpaal "$@" > "$work/said" 2>&1 || got=$?
		unset LC_ALL
		[ "$got" = "$status" ] || fail "$* ends with $got in $language, not $status: $(cat "$work/said")"
		grep -q "$wanted" "$work/said" || fail "$* does not say '$wanted': $(cat "$work/said")"
	done
}
says 0 'is nu van Ada' 'now belongs to Ada' badge link 04AABBCCDDEE01 'Ada de Vries'
says 1 'is al van een andere deelnemer' 'already linked to another' badge link $bram 'Ada de Vries'
says 0 'vanaf nu geblokkeerd' 'is blocked from now on' badge block $dewi
says 0 'geblokkeerd' 'blocked' badge list
says 2 'dit is geen badgenummer.*(gebruik: incheckpaal badge block UID)' 'this is no badge number.*(usage: incheckpaal badge block UID)' badge block niets
says 0 'opent vanaf nu het servicescherm' 'opens the service screen' badge organiser 04AABBCCDDEE02
says 1 'er is geen deelnemer "Zoë"' 'there is no attendee "Zoë"' attendee show Zoë
says 1 'tik 7 staat niet in dit logboek' 'there is no tap 7' correct 7 --reason nee
says 2 'een correctie vraagt --reason' 'a correction needs --reason' correct 7
says 2 'er is geen opdracht "badgelink"; bedoelde je' 'there is no command "badgelink"; did you mean' badgelink
says 2 'bij badge hoort een van: link' 'badge wants one of: link' badge
says 2 'er is geen optie --vorm' 'there is no option --vorm' export attendance --vorm=x
says 2 'er ontbreekt iets' 'something is missing' badge link
says 1 'bestaat niet' 'No such file' import attendees "$work/nothing.csv"
says 1 'is er al; er wordt niets overschreven' 'is there already' backup "$work/conf"
says 0 'bewaard als' 'saved' screenshot "$work/a.png"
says 0 'Gebruik: incheckpaal badge link' 'Usage: incheckpaal badge link' help badge
says 0 'Weiger een verloren badge' 'Refuse a lost badge' --help
# One line a command; more is said when it is asked for.
[ "$(incheckpaal help | sed '1,/^$/d; /^$/,$d' | grep -vc '^  [a-z]')" = 0 ] || fail "a command takes two lines: $(incheckpaal help)"
incheckpaal help merge | grep -q '^DIR: ' || fail 'help merge does not tell what DIR is'
says 1 'er is nog geen logboek' 'there is no log yet' --data "$work/empty" badge list
# A name that is taken by somebody else's question is told by the kiosk, which speaks English to programs.
incheckpaal badge link next 'Chris Smit' > /dev/null
says 1 'de kiosk zegt: er wordt al een badge gekoppeld' 'the kiosk says: a badge is being linked already' badge link next 'Eva Öztürk'
says 1 'de kiosk draait; stop hem eerst; er is niets veranderd' 'the kiosk is running; stop it first; nothing was changed' restore tests/data/ugly.csv
kiosk_down
says 1 'er draait hier geen kiosk' 'no kiosk is running here' identify

for format in csv json; do
	LC_ALL=nl_NL.UTF-8 incheckpaal export attendance --format $format > "$work/nl.$format"
	LC_ALL=C.UTF-8 incheckpaal export attendance --format $format | cmp - "$work/nl.$format" || fail "$format differs by language"
done
LC_ALL=nl_NL.UTF-8 incheckpaal status --json > "$work/nl.json"
LC_ALL=C.UTF-8 incheckpaal status --json | cmp - "$work/nl.json" || fail 'the status for programs differs by language'
LC_ALL=nl_NL.UTF-8 incheckpaal manual > "$work/nl.1"
incheckpaal manual | cmp - "$work/nl.1" || fail 'the manual differs by language'

# Lines and files that are turned away: the same reason at the terminal, in the file beside it and on the page.
printf 'voornaam,badge,regio,kvk\nAda,04AABBCCDDEE11,elders,\nBo,04AABBCCDDEE12,,\nCas,04:aa:bb:cc:dd:ee:12,,\nDee,,,12\nEef,zoiets,,\n' > "$work/people.csv"
says 3 'people.csv:2: Deze waarde kent de kiosk niet (regio: "elders"); toegestaan: binnen of buiten' \
	'people.csv:2: The kiosk does not know this value (region: "elders"); allowed: inside or outside' import attendees --dry-run "$work/people.csv"
says 3 ':4: Deze badge staat er al eerder in (badgenummer: "04:aa:bb:cc:dd:ee:12"), op regel 3' \
	':4: This badge is on an earlier line already (badge: "04:aa:bb:cc:dd:ee:12"), on line 3' import attendees --dry-run "$work/people.csv"
says 3 ':6: Dit is geen badgenummer' ':6: This is not a badge number' import attendees --dry-run "$work/people.csv"
for language in nl_NL.UTF-8 C.UTF-8; do
	LC_ALL=$language incheckpaal import attendees "$work/people.csv" > /dev/null && fail 'a bad line was taken'
	mv "$work/people.csv.rejected.csv" "$work/rejected.$language"
done
head -n 1 "$work/rejected.nl_NL.UTF-8" | grep -qx 'line,reason,original' || fail 'what programs look for is not what it was'
grep -q '^5,"*Dit is geen KvK-nummer' "$work/rejected.nl_NL.UTF-8" || fail "$(cat "$work/rejected.nl_NL.UTF-8")"
grep -q '^5,"*This is not a chamber of commerce number' "$work/rejected.C.UTF-8" || fail "$(cat "$work/rejected.C.UTF-8")"
says 1 'regel 1: geen enkele kolom heet badge of naam; toegestaan: badge, voornaam' 'line 1: no column is called badge or name; allowed: badge, given_name' \
	import attendees tests/data/werkatelier-schedule.csv
printf 'titel,begin,eind,soort\nX,morgen,2026-11-24 15:00,\nY,2026-11-24 14:00,2026-11-24 15:00,feest\n' > "$work/day.csv"
says 1 ':2: Dit is geen tijd; zo kan het wel: 24-11-2026 14:00' ':2: This is not a time; this works: 2026-11-24 14:00' import schedule --dry-run "$work/day.csv"
says 1 'Soort moet plenair, deelsessie of pauze zijn' 'Kind has to be plenary, parallel or break' import schedule --dry-run "$work/day.csv"
says 1 'er staat geen sessie in; er is niets ingelezen' 'there is no session in it; nothing was imported' import schedule --dry-run "$work/day.csv"
printf 'BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20261124\nSUMMARY:X\nEND:VEVENT\nEND:VCALENDAR\n' > "$work/day.ics"
says 1 ':3: Heeft geen tijdstip, dus niemand kan hiervoor inchecken' ':3: Has no time of day, so nobody can check in to it' import schedule --dry-run "$work/day.ics"
echo '{"schedule": nee}' > "$work/day.json"
says 1 'regel 1: dit is geen JSON' 'line 1: this is no JSON' import schedule "$work/day.json"
echo zomaar > "$work/day.txt"
says 1 'dit is geen programma; toegestaan: iCalendar' 'this is no schedule; allowed: iCalendar' import schedule "$work/day.txt"
printf 'code,name_nl,target\nB!,Bouw,15\nbouw,Bouw,veel\n' > "$work/clusters.csv"
says 3 ':2: De code ontbreekt of kan zo niet' ':3: The target is not a number' import clusters --dry-run "$work/clusters.csv"
printf 'voornaam = First\nen zo voort\n' > "$work/map"
says 1 'regel 1: dit is geen regel van de vorm KOLOM = opschrift' 'line 1: this is no line of the form COLUMN = header' \
	import attendees --map "$work/map" "$work/people.csv"

# What is wrong with the configuration; programs that write into the journal stay English.
printf '[kiosk]\nmode = uitgang\n' > "$work/wrong.conf"
says 1 'wrong.conf:2: mode: "uitgang" mag niet; toegestaan is entrance, room of choose' 'wrong.conf:2: mode: "uitgang" is not allowed; allowed is entrance, room or choose' \
	--config "$work/wrong.conf" badge list
says 1 'wrong.conf:2: mode: "uitgang" mag niet' 'wrong.conf:2: mode: "uitgang" is not' --config "$work/wrong.conf" doctor
says 1 'niets.conf: bestaat niet' 'niets.conf: No such file' --config "$work/niets.conf" badge list
says 2 'bij --config hoort een waarde' 'config needs a value' badge list --config
LC_ALL=nl_NL.UTF-8 "$BIN/incheckpaal-web" --config "$work/wrong.conf" 2> "$work/said" && fail 'the page starts with a wrong configuration'
grep -q 'wrong.conf:2: mode: "uitgang" is not allowed' "$work/said" || fail "a daemon speaks Dutch: $(cat "$work/said")"

# Another kiosk's file that is not merged, a backup that is not put back, and why a log does not hold.
says 1 'dit is geen logboek van Incheckpaal; er is niets samengevoegd' 'it is no log of Incheckpaal; nothing was merged' merge tests/data/ugly.csv
says 1 'dat bestand is er niet; er is niets samengevoegd' 'there is no such file; nothing was merged' merge "$work/niets.db"
says 1 'dit is geen logboek van Incheckpaal; er is niets veranderd' 'it is no log of Incheckpaal; nothing was changed' restore tests/data/ugly.csv
incheckpaal --data "$work/elsewhere" init > /dev/null
says 1 'het is van een andere locatie' 'it is of another venue' merge "$work/elsewhere/attendance.db"
says 1 'het is van een andere locatie' 'it is of another venue' restore "$work/elsewhere/attendance.db"
cp "$data/attendance.db" "$work/changed.db"
sqlite3 "$work/changed.db" "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'" > "$work/drop.sql"
sqlite3 "$work/changed.db" < "$work/drop.sql"
sqlite3 "$work/changed.db" "UPDATE tap SET wall_ms = wall_ms + 1 WHERE seq = 2"
says 1 'tik 2 klopt niet (de regel is na het schrijven veranderd)' 'tap 2 does not hold (the row was changed after it was written)' verify "$work/changed.db"
says 1 'tik 2 van logboek .* klopt niet: de regel is na' 'tap 2 of log .* does not hold: the row was' merge "$work/changed.db"
says 1 'tik 2 van logboek .* klopt niet: de regel is na' 'tap 2 of log .* does not hold: the row was' restore "$work/changed.db"

# One is not said as more.
printf 'voornaam\nZus\n' > "$work/one.csv"
says 0 '^1 deelnemer: ' '^1 attendee: ' import attendees "$work/one.csv"
says 0 'nieuw hier: 0 logboeken, 0 tikken, 0 correcties, .*; 0 verschillen' 'new here: 0 logs, 0 taps, 0 corrections, .*; 0 differences' merge "$data/attendance.db"
