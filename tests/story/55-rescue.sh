#!/bin/sh
# A log that is damaged at start is set aside untouched; the newest backup and the journal copy take its place, nothing shown as green is lost, and status says what happened.
. tests/story/lib.sh
copy=$work/stick
mkdir "$copy"
configure storage journal_copy "$copy"
all_up
tap $ada checked-in
until_true 10 [ -s "$data/backup/attendance-2026-11-24.db" ]
tap $bram checked-in
tap $chris checked-in
kiosk_down
attendance | cut -d, -f1,2,3,6,8,12,13 > "$work/before"
[ "$(wc -l < "$work/before")" = 3 ] || fail "not three taps"
# Somebody wrote over the middle of the file.
pages=$(($(stat -c %s "$data/attendance.db") / 1024))
dd if=/dev/urandom of="$data/attendance.db" bs=1024 seek=$((pages / 3)) count=$((pages / 3)) conv=notrunc 2> /dev/null
cp "$data/attendance.db" "$work/damaged.db"
: > "$data/backup/attendance-2026-11-25.db" # newer, and nothing in it: as on a stick that was pulled
kiosk_up
grep -q 'the log was damaged. attendance-2026-11-24.db was put back with 1 taps, 2 more came from the journal copy' "$work/kiosk.log" ||
	fail "the journal does not say so"
LC_ALL=nl_NL.UTF-8 incheckpaal status | grep -q '^gered .*het logboek was beschadigd.*bewaard als attendance.db.aside-' || fail "$(LC_ALL=nl_NL.UTF-8 incheckpaal status)"
incheckpaal status | grep -q '^rescued .*damaged file is kept as attendance.db.aside-' || fail "$(incheckpaal status)"
cmp "$work/damaged.db" "$data"/attendance.db.aside-*[0-9] || fail "the damaged file was touched"
attendance | cut -d, -f1,2,3,6,8,12,13 | cmp - "$work/before" || fail "taps were lost: $(attendance)"
tap $ada repeat
tap $dewi checked-in
kiosk_down
[ "$(log_lines)" = 5 ] || fail "$(attendance)"
verified
# Not even a header is left, and no backup: the journal copy alone brings the taps back.
rm -r "$data/backup" "$copy/backup"
head -c 40000 /dev/urandom > "$data/attendance.db"
rm -f "$data"/attendance.db-wal "$data"/attendance.db-shm
kiosk_up
kiosk_down
[ "$(log_lines)" = 5 ] || fail "from the journals alone: $(attendance)"
verified
