#!/bin/sh
# The day's backup was made when people had come in and no tap yet: a log that is damaged later has every tap of that day again, and all names.
. tests/story/lib.sh
copy=$work/stick
mkdir "$copy"
configure storage journal_copy "$copy"
all_up
until_true 10 [ -s "$data/backup/attendance-2026-11-24.db" ]
[ "$(sqlite3 "$data/backup/attendance-2026-11-24.db" 'SELECT count(*) FROM tap')" = 0 ] || fail "the backup has a tap: the story shows nothing"
tap $ada checked-in
tap $bram checked-in
until_true 10 status_has '"journal_copy":"same-medium"'
kiosk_down
attendance | cut -d, -f1,2,3,6,8,12,13 > "$work/before"
head -c 400000 /dev/urandom > "$data/attendance.db"
rm -f "$data"/attendance.db-wal "$data"/attendance.db-shm
kiosk_up
grep -q 'attendance-2026-11-24.db was put back with 0 taps, 2 more came from the journal copy' "$work/kiosk.log" || fail "$(cat "$work/kiosk.log")"
attendance | cut -d, -f1,2,3,6,8,12,13 | cmp - "$work/before" || fail "taps were lost: $(attendance)"
tap $ada repeat
kiosk_down
! ls "$copy"/*.damaged* 2> /dev/null || fail "the journal was taken for a damaged one"
verified
