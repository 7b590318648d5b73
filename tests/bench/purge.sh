#!/bin/sh
# How long a tap waits for the database while the unused parts of the file are rewritten after somebody was forgotten: ROUNDS
# taps, each at another moment of a rewrite of a log with ROWS taps and a tenth as many people. Prints one line
# "median-ms worst-ms count", of seen to durable.
. tests/story/lib.sh
. tests/bench/fill.sh
rows=${ROWS:-100000}
rounds=${ROUNDS:-9}
reader_up
prepare
fill "$rows" $((rows / 10))
kiosk_up
tap "$ada" checked-in
purging() { ! sqlite3 "$data/attendance.db" 'BEGIN IMMEDIATE; ROLLBACK'; }
i=0
while [ "$i" -lt "$rounds" ]; do
	incheckpaal attendee forget "x$((i + 1))@voorbeeld.example" > /dev/null
	until_true 30 purging
	sleep "$(awk -v i="$i" -v n="$rounds" 'BEGIN { print i / n / 2 }')"
	tap "$(printf '04FF%010X' "$i")" unknown
	i=$((i + 1))
done
awk -F'[:,]' '/"seen"/ { seen = $2 } /"durable"/ && seen { print ($2 - seen) / 1e6; seen = 0 }' "$work/trace" | tail -n "$rounds" |
	sort -n | awk '{ v[NR] = $1 } END { printf "%.1f %.1f %d\n", v[int((NR + 1) / 2)], v[NR], NR }'
