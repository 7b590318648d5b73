#!/bin/sh
# Whoever changes a tap in the file behind the program's back is found out: verify names the tap.
. tests/story/lib.sh
all_up
tap "$ada" checked-in
tap "$bram" checked-in
tap "$chris" checked-in
kiosk_down
incheckpaal verify > "$work/before"
grep -q '^taps 3' "$work/before" && grep -qE '^head [0-9a-f]{64}$' "$work/before" || fail "$(cat "$work/before")"
cp "$data/attendance.db" "$work/copy.db"
incheckpaal verify "$work/copy.db" | cmp -s - "$work/before" || fail "a copy says something else"
sqlite3 "$work/copy.db" "UPDATE tap SET wall_ms = wall_ms + 1 WHERE seq = 2" 2> /dev/null &&
	fail "the file let a tap be changed"
# Somebody who also removes what guards the file.
sqlite3 "$work/copy.db" "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'" > "$work/drop.sql"
sqlite3 "$work/copy.db" < "$work/drop.sql"
sqlite3 "$work/copy.db" "UPDATE tap SET wall_ms = wall_ms + 1 WHERE seq = 2"
status=0
incheckpaal verify "$work/copy.db" > /dev/null 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'tap 2 ' "$work/said" || fail "status $status: $(cat "$work/said")"

# A file that SQLite itself calls malformed: the first tap that can not be read any more is named. Damage beside the taps is told as such.
page_of() { sqlite3 "$1" "SELECT rootpage FROM sqlite_schema WHERE name = '$2'"; }
spoil() { printf '\000' | dd of="$1" bs=1 seek=$((($(page_of "$1" "$2") - 1) * 1024)) conv=notrunc status=none; }
for what in tap tap_of_badge; do
	cp "$data/attendance.db" "$work/$what.db"
	spoil "$work/$what.db" "$what"
	status=0
	LC_ALL=C incheckpaal verify "$work/$what.db" > "$work/out" 2> "$work/said.$what" || status=$?
	[ $status = 1 ] || fail "$what: status $status"
done
grep -q 'tap 1 does not hold (the file is damaged here)' "$work/said.tap" || fail "$(cat "$work/said.tap")"
grep -q 'every tap is as it was written, but the file around them is damaged' "$work/said.tap_of_badge" || fail "$(cat "$work/said.tap_of_badge")"
