#!/bin/sh
# An older backup that is put back knows nobody who was forgotten since and opens the door to no badge that was blocked since; no file of the kiosk has the name again.
. tests/story/lib.sh
all_up
tap $eva checked-in
incheckpaal backup "$work/saved.db" > /dev/null
incheckpaal badge block $bram > /dev/null
kiosk_down
incheckpaal attendee forget 'Eva Öztürk' > /dev/null
grep -q Öztürk "$work/saved.db" || fail "the backup does not know her: the story shows nothing"
incheckpaal restore "$work/saved.db" > "$work/said" || fail "$(cat "$work/said")"
grep -q 'restored: 1 tap' "$work/said" || fail "$(cat "$work/said")"
incheckpaal attendee show 'Eva Öztürk' > "$work/said" 2>&1 && fail "she is known again: $(cat "$work/said")"
! grep -l Öztürk "$data"/attendance.db* || fail "her name lies about"
[ "$(attendance | wc -l)" = 1 ] || fail "her tap is gone"
attendance | grep -q ',Vezelwerk,' || fail "her tap counts for nobody: $(attendance)"
verified
kiosk_up
tap $eva unknown
tap $bram blocked
tap $ada checked-in
is_wiped() { [ "$(sqlite3 "$data/attendance.db" 'SELECT purge_due FROM log')" = 0 ]; }
until_true 30 is_wiped
kiosk_down
! grep -lr Öztürk "$data" || fail "her name lies about"
verified
