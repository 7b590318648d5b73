#!/bin/sh
# The backup that is put back is the one that holds most, though a clock that stood a month ahead named another after a later day.
. tests/story/lib.sh
reader_up
incheckpaal init > "$work/init.log" 2>&1
clock_is $((($(date -d '2026-12-20 13:30:00' +%s) - $(date +%s)) * 1000)) human
kiosk_up
until_true 10 [ -s "$data/backup/attendance-2026-12-20.db" ]
kiosk_down
clock_is $(((noon - $(date +%s)) * 1000)) ntp
prepare
kiosk_up
until_true 10 [ -s "$data/backup/attendance-2026-11-24.db" ]
kiosk_down
pages=$(($(stat -c %s "$data/attendance.db") / 1024))
dd if=/dev/urandom of="$data/attendance.db" bs=1024 seek=$((pages / 3)) count=$((pages / 3)) conv=notrunc 2> /dev/null
kiosk_up
grep -q 'the log was damaged. attendance-2026-11-24.db was put back' "$work/kiosk.log" || fail "another was put back"
tap $ada checked-in
kiosk_down
