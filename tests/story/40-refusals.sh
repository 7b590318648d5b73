#!/bin/sh
# Wrong options, unreadable files, a second kiosk, a missing font: one clear line and a non-zero exit.
. tests/story/lib.sh
reader_up
prepare

# refused STATUS PATTERN COMMAND...: exactly one line on stderr, with these words in it.
refused() {
	want=$1 pattern=$2
	shift 2
	status=0
	timeout 10 "$@" > /dev/null 2> "$work/said" || status=$?
	[ $status = "$want" ] || fail "$*: status $status, not $want: $(cat "$work/said")"
	[ "$(wc -l < "$work/said")" = 1 ] || fail "$*: not one line: $(cat "$work/said")"
	grep -q "$pattern" "$work/said" || fail "$*: said $(cat "$work/said")"
}
kiosk="$BIN/incheckpaal-kiosk"
printf '[kiosk]\nmode = exit\n' > "$work/wrong"
refused 1 'wrong:2: .*entrance, room or choose' "$kiosk" --config "$work/wrong" --data "$data"
printf '[kiosk]\nnaem = x\n' > "$work/wrong"
refused 1 'wrong:2: .*naem' "$kiosk" --config "$work/wrong" --data "$data"
refused 1 'none: No such file' "$kiosk" --config "$work/none" --data "$data"
refused 2 'is not an option' "$kiosk" --frob
INCHECKPAAL_FONTS="$work" refused 1 'Inter' "$kiosk" --config "$work/conf" --data "$data"
mkdir "$work/other"
echo 'this is no database at all, but it is long enough to look at' > "$work/other/attendance.db"
refused 1 'attendance.db' "$kiosk" --config "$work/conf" --data "$work/other"
mkdir "$work/keyless"
echo short > "$work/keyless/venue.key"
refused 1 'venue key is damaged.*copy of another kiosk' "$kiosk" --config "$work/conf" --data "$work/keyless"

# Somebody else's long write is waited for, then named.
mkfifo "$work/holder"
sqlite3 "$data/attendance.db" < "$work/holder" > /dev/null 2>&1 &
holder=$!
exec 5> "$work/holder"
echo 'BEGIN IMMEDIATE;' >&5
sleep 0.3
refused 1 'another program' "$BIN/incheckpaal" --config "$work/conf" --data "$data" badge block "$ada"
exec 5>&-
wait $holder

kiosk_up
refused 1 'another kiosk' "$kiosk" --config "$work/conf" --data "$data"
INCHECKPAAL_RUN="$work/elsewhere" refused 1 'another kiosk' "$kiosk" --config "$work/conf" --data "$data"
refused 2 'frobnicate' "$BIN/incheckpaal" frobnicate
refused 1 'none.csv' "$BIN/incheckpaal" --data "$data" import attendees "$work/none.csv"
kiosk_down
