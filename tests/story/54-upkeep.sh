#!/bin/sh
# While nobody taps, the kiosk seals and backs up its log and copies its taps; when their time is up, names leave every file, days missed included.
. tests/story/lib.sh
copy=$work/stick
mkdir -p "$copy" "$data/backup"
# What was cut short lies about with names in it.
for left in merge.scratch merge.scratch-journal attendance.db.restoring backup/attendance-2026-11-20.db.new; do
	echo Vries > "$data/$left"
done
configure storage journal_copy "$copy"
all_up
tap $ada checked-in
tap $stranger unknown
until_true 10 [ -s "$data/backup/attendance-2026-11-24.db" ]
id=$(sqlite3 "$data/attendance.db" 'SELECT log_id FROM log')
own=$copy/backup/attendance-2026-11-24-$(echo "$id" | tail -c 9).db # another kiosk may use the stick too
until_true 10 [ -s "$own" ]
for left in merge.scratch merge.scratch-journal attendance.db.restoring backup/attendance-2026-11-20.db.new; do
	[ ! -e "$data/$left" ] || fail "$left is left"
done
status_has '"journal_copy":"same-medium"' || fail "$(incheckpaal status --json)"
incheckpaal status | grep -q '^backup *2026-11-24' || fail "$(incheckpaal status)"
incheckpaal badge link $stranger 'Eva Öztürk' > /dev/null
journal=$(echo "$copy"/taps-*.journal)
size=$(stat -c %s "$journal")
[ "$size" -gt 300 ] || fail "the journal copy holds nothing"
tap $bram checked-in
journal_grew() { [ "$(stat -c %s "$journal")" -gt "$size" ]; }
until_true 10 journal_grew
kiosk_down
verified
[ "$(sqlite3 "$data/attendance.db" 'SELECT max(seq) FROM log_seal')" = 3 ] || fail "the log is not sealed at the end"
# A cut tail is found by the seal.
cp "$data/attendance.db" "$work/cut.db"
sqlite3 "$work/cut.db" 'DROP TRIGGER tap_kept; DELETE FROM tap WHERE seq = 3'
status=0
incheckpaal verify "$work/cut.db" > "$work/out" 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'tap 3 .*the end is missing: the log was sealed with 3 taps' "$work/said" || fail "$status $(cat "$work/said")"

# A badge was given away after the backup of the day was made: when it is looked at next, it holds that too.
links_in() { [ "$(sqlite3 "$1" 'SELECT count(*) FROM link')" = "$2" ]; }
links_in "$data/backup/attendance-2026-11-24.db" 5 && links_in "$own" 5 || fail "a backup was renewed within ten minutes"
kiosk_up
until_true 20 links_in "$data/backup/attendance-2026-11-24.db" 6
until_true 20 links_in "$own" 6
kiosk_down

# A month and more later: nobody was there to run it on the day itself. A clock nobody trusts forgets nobody.
attendance > "$work/before"
later=$(date -d '2027-01-15 10:00:00' +%s)
clock_is $(((later - $(date +%s)) * 1000)) none
kiosk_up
sleep 5
kiosk_down
incheckpaal attendee show 'Ada de Vries' > /dev/null || fail "forgotten by a clock that nobody trusts"
clock_is $(((later - $(date +%s)) * 1000)) ntp
kiosk_up
until_true 20 grep -q 'what was left of forgotten names is wiped' "$work/kiosk.log"
kiosk_down
grep -q '5 attendees forgotten' "$work/kiosk.log" || fail "not all were forgotten"
grep -rla -e Vries -e 'ztürk' -e voorbeeld.example "$data" "$copy" && fail "a trace is left"
attendance | cmp - "$work/before" || fail "the counts changed: $(attendance)"
incheckpaal verify "$own" > /dev/null || fail "the backup was spoilt"
verified
