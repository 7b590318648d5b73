#!/bin/sh
# What motion costs a tap: from committed to shown, with and without it, quiet and under load (BUSY loops, 8), and how
# many frames an answer takes. Each badge comes as soon as the one before was answered, into the middle of its motion.
. tests/story/lib.sh
taps=${TAPS:-200}
{
	echo badge,given_name,family_name,organisation,organisation_kind,cluster,email
	awk -v n="$taps" 'BEGIN { for (i = 0; i < n; i++) printf "04%012X,Gast,Nummer %d,Hanzecode,company,health,g%d@voorbeeld.example\n", i, i, i }'
} > "$work/attendees.csv"
configure screen width 1920
configure screen height 1080
reader_up
prepare
frames() { incheckpaal status --json | sed 's/.*"frames":\([0-9]*\).*/\1/'; }

# run MOTION WORDS: a fresh log, all guests once.
run() {
	configure screen motion "$1"
	rm -f "$data"/attendance.db* "$work/trace"
	prepare
	kiosk_up
	sleep 2
	frames_before=$(frames)
	i=0
	while [ "$i" -lt "$taps" ]; do
		say put guest ntag213 "uid=$(printf '04%012X' "$i")" > /dev/null
		until_true 10 more_shown_than "$i"
		say remove guest > /dev/null
		until_true 10 field_is_empty
		i=$((i + 1))
	done
	sleep 2
	drawn=$(($(frames) - frames_before))
	kiosk_down
	sed -n 's/.*"ns":\([0-9]*\),"stage":"\(durable\|shown\)".*"seq":\([0-9]*\).*/\3 \2 \1/p' "$work/trace" |
		awk '$2 == "durable" { at[$1] = $3 } $2 == "shown" { print ($3 - at[$1]) / 1e6 }' | sort -n |
		awk -v words="$2" -v drawn="$drawn" -v taps="$taps" '{ v[NR] = $1 } END { printf \
			"committed to shown, %s: p50 %.1f ms, p90 %.1f ms, most %.1f ms; %.1f frames an answer\n",
			words, v[int((NR + 1) / 2)], v[int(NR * 0.9)], v[NR], drawn / taps }'
}
run yes 'with motion'
run no 'without'
busy=
for loop in $(seq "${BUSY:-8}"); do
	nice -n "${NICE:-0}" sh -c "while :; do :; done # $loop" &
	busy="$busy $!"
done
run yes 'with motion under load'
run no 'without under load'
# shellcheck disable=SC2086
kill $busy
