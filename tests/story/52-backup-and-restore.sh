#!/bin/sh
# A backup is put back whole, what was there is kept, new taps get numbers of their own; a damaged, foreign or newer file changes nothing.
. tests/story/lib.sh
all_up
tap $ada checked-in
tap $bram checked-in
incheckpaal backup "$work/saved.db" | grep -q 'It holds names' || fail "no backup while the kiosk runs"
[ "$(stat -c %a "$work/saved.db")" = 600 ] || fail "others can read the backup"
tap $chris checked-in
status=0
incheckpaal restore "$work/saved.db" > "$work/out" 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'kiosk is running.*nothing was changed' "$work/said" || fail "$status: $(cat "$work/said")"
kiosk_down
status=0
incheckpaal backup "$work/saved.db" > "$work/out" 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'nothing is overwritten' "$work/said" || fail "$status: $(cat "$work/said")"
incheckpaal verify "$work/saved.db" | grep -q '^taps 2:' || fail "the backup does not verify"
attendance > "$work/before"

# refused PATTERN FILE
refused() {
	status=0
	incheckpaal restore "$2" > "$work/out" 2> "$work/said" || status=$?
	[ $status = 1 ] && grep -q "$1.*nothing was changed" "$work/said" || fail "$2: $status, $(cat "$work/said")"
	attendance | cmp -s - "$work/before" || fail "$2: a refused file changed the log"
	[ "$(ls "$data" | grep -c 'aside\|restoring')" = 0 ] || fail "$2: left $(ls "$data")"
}
refused 'no such file' "$work/none.db"
refused 'no log of Incheckpaal' "$work/attendees.csv"
cp "$work/saved.db" "$work/newer.db"
sqlite3 "$work/newer.db" 'PRAGMA user_version = 999'
refused 'newer Incheckpaal' "$work/newer.db"
head -c 60000 "$work/saved.db" > "$work/half.db"
refused 'damaged\|malformed' "$work/half.db"
"$BIN/incheckpaal" --data "$work/foreign" init > /dev/null
refused 'another venue' "$work/foreign/attendance.db"

incheckpaal restore "$work/saved.db" > "$work/said"
grep -q 'restored: 2 taps' "$work/said" && grep -q "kept as $data/attendance.db.aside-" "$work/said" || fail "$(cat "$work/said")"
[ "$(log_lines)" = 2 ] || fail "the restored log has $(log_lines) lines"
verified
kiosk_up
tap $ada repeat # who was in is still in
tap $dewi checked-in
kiosk_down
verified
[ "$(attendance | cut -d, -f1 | sort -u | wc -l)" = 2 ] || fail "new taps went on under old numbers: $(attendance)"
# The taps that the backup did not have come back from the file that was set aside.
incheckpaal merge "$data"/attendance.db.aside-*[0-9] > "$work/said" || fail "$(cat "$work/said")"
[ "$(log_lines)" = 5 ] || fail "after the merge: $(attendance)"
verified
