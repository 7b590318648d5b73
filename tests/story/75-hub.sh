#!/bin/sh
# Taps reach the hub while people are checked in, and the hub counts what the kiosk counts; no name, e-mail or badge number gets there.
. tests/story/lib.sh
. tests/story/hub.sh
hub_create
configure kiosk mode room
configure kiosk room 'Atelier 2'
reader_up
schedule
sed -i 's/,Grote zaal,2026-11-24T13:00:00+01:00,2026-11-24T13:55:00+01:00,,/,Atelier 2,2026-11-24T13:00:00+01:00,2026-11-24T13:55:00+01:00,health,/' "$work/schedule.csv"
prepare
kiosk_up
sync_start
tap $ada checked-in
until_true 10 hub_has 1
tap $bram checked-in
tap $chris checked-in
tap $stranger unknown
until_true 10 hub_has 4
same_chain
until_true 5 sync_says '^[0-9]* current 0 [1-9]'
counts_alike ''
grep -q '^health|15|3|2|1|' "$work/counted.hub" || fail "health: $(cat "$work/counted.hub")"

# What changes afterwards changes the figures there too: a link, a correction, another organisation, somebody forgotten.
incheckpaal badge link $stranger 'Eva Öztürk' > /dev/null
counts_alike ''
grep -q '^health|15|4|' "$work/counted.hub" || fail "the link was not told: $(cat "$work/counted.hub")"
incheckpaal correct 1 --reason 'was Ada niet' > /dev/null
counts_alike ''
grep -q '^health|15|3|' "$work/counted.hub" || fail "the correction was not told: $(cat "$work/counted.hub")"
sed 's/IJsselzorg/IJsselzorg Plus/' "$work/attendees.csv" > "$work/later.csv"
incheckpaal import attendees "$work/later.csv" > /dev/null
incheckpaal attendee forget 'Eva Öztürk' > /dev/null
counts_alike ''
counts_alike "'2026-11-25', '2026-12-31'" --from 2026-11-25 --to 2026-12-31
counts_alike "counted_by => 'own'" --by own
configure participation least 2
configure participation unit sessions
counts_alike "at_least => 2, unit => 'sessions'"
counts_alike "at_least => 2, unit => 'sessions', counted_by => 'own'" --by own
[ "$(sql "SELECT count(*) FROM incheckpaal.credit")" = 1 ] || fail "nobody was forgotten: the story shows nothing"

# Least data: not one byte of who they are; a control finds what is public.
pg_dump -h "$hub" -U postgres incheckpaal > "$work/dump"
grep -q Hanzecode "$work/dump" && grep -q 'Zorg op afstand' "$work/dump" || fail "the dump holds nothing"
for private in Ada 'de Vries' Bram Bakker Chris Smit Dewi Jansen Eva ztürk voorbeeld.example 'was Ada niet' Sanne Joris; do
	! grep "$private" "$work/dump" || fail "the hub knows $private"
done
for uid in $ada $bram $chris $stranger; do ! grep -i "$uid" "$work/dump" || fail "the hub knows a badge's number"; done
for id in $(sqlite3 "$data/attendance.db" 'SELECT id FROM attendee'); do ! grep -i "$id" "$work/dump" || fail "the hub knows whose e-mail it was"; done
# With the chain as it is, whoever holds the hub and a list of e-mail addresses could try each of them.
for chain in $(sqlite3 "$data/attendance.db" 'SELECT hex(chain) FROM tap'); do ! grep -i "$chain" "$work/dump" || fail "the hub knows the chain"; done

# The kiosk's own role can add taps, and neither change, remove nor read them.
as_kiosk() { psql -X -q -v ON_ERROR_STOP=1 -h "$hub" -U paal -d incheckpaal -c "$1" > "$work/said" 2>&1; }
for wish in 'UPDATE incheckpaal.tap SET counts = false' 'DELETE FROM incheckpaal.tap' 'TRUNCATE incheckpaal.tap' 'SELECT * FROM incheckpaal.tap' \
	'SELECT * FROM incheckpaal.person' 'DROP TABLE incheckpaal.tap'; do
	! as_kiosk "$wish" || fail "a kiosk may: $wish"
	grep -q 'permission denied\|must be owner' "$work/said" || fail "$wish: $(cat "$work/said")"
done
as_kiosk 'SELECT log_id, seq, chain FROM incheckpaal.tap' || fail "$(cat "$work/said")"

# hub.sql again loses nothing.
psql -X -q -v ON_ERROR_STOP=1 -h "$hub" -U postgres -d incheckpaal -f board/hub.sql > "$work/said" 2>&1 || fail "a second time: $(cat "$work/said")"
hub_has 4 || fail "taps are gone"
sync_down
[ ! -e "$work/run-sync/state" ] || fail "what does not run tells how it is"
kiosk_down
verified
