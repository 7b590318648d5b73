#!/bin/sh
# From the start of a kiosk that was killed to the first tap that is kept, with ROWS taps and as many badges in the log; a
# badge lies in the field. Prints one line "median-ms worst-ms count".
. tests/story/lib.sh
. tests/bench/fill.sh
reader_up --real-timing
prepare
fill "${ROWS:-1000000}" "${ROWS:-1000000}"
now_ns() { python3 -c 'import time; print(time.monotonic_ns())'; }
kept() { grep -q '"stage":"durable"' "$work/trace"; }
i=0
while [ "$i" -lt "${STARTS:-9}" ]; do
	say put guest ntag213 "uid=$(printf '04%012X' "$i")" > /dev/null
	: > "$work/trace"
	begun=$(now_ns)
	kiosk_start
	until_true 20 kept
	kept_ns=$(sed -n 's/{"ns":\([0-9]*\),"stage":"durable".*/\1/p' "$work/trace" | head -n 1)
	echo $((kept_ns - begun)) >> "$work/starts"
	kiosk_kill_hard
	say remove guest > /dev/null
	until_true 5 field_is_empty
	i=$((i + 1))
done
sort -n "$work/starts" | awk '{ v[NR] = $1 / 1e6 } END { printf "%.0f %.0f %d\n", v[int((NR + 1) / 2)], v[NR], NR }'
