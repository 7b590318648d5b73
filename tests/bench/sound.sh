#!/bin/sh
# From the commit of a tap ("durable" in the trace) to the first sample of its tone in the device's buffer, by SDL's disk
# driver, which takes buffers at the pace of a sound card. With the device closed (the first after a silence) and open.
. tests/story/lib.sh
taps=${TAPS:-100} closed=${CLOSED:-10}
{
	echo badge,given_name,family_name,organisation,organisation_kind,cluster,email
	awk -v n=$((taps + closed)) 'BEGIN { for (i = 0; i < n; i++) printf "04%012X,Gast,Nummer %d,Hanzecode,company,health,g%d@voorbeeld.example\n", i, i, i }'
} > "$work/attendees.csv"
export SDL_AUDIODRIVER=disk SDL_DISKAUDIOFILE="$work/sound"
mkfifo "$work/sound"
python3 tests/bench/listen.py "$work/sound" > "$work/tones" &
ear=$!
configure screen width "${WIDTH:-1920}"
configure screen height "${HEIGHT:-1080}"
reader_up
prepare
kiosk_up
sleep 2

i=0
# people COUNT PAUSE: so many taps, one after the other.
people() {
	end=$((i + $1))
	while [ "$i" -lt "$end" ]; do
		say put guest ntag213 "uid=$(printf '04%012X' "$i")" > /dev/null
		until_true 10 more_shown_than "$i"
		say remove guest > /dev/null
		until_true 10 field_is_empty
		sleep "$2"
		i=$((i + 1))
	done
}
people "$taps" 0.6
people "$closed" 11
kill $ear

# figures FROM TO WORDS: of these taps.
figures() {
	sed -n 's/.*"ns":\([0-9]*\),"stage":"durable".*"seq":\([0-9]*\).*/\2 \1 durable/p' "$work/trace" |
		awk -v from="$1" -v to="$2" '$1 >= from && $1 <= to { print $2, $3 }' | cat - "$work/tones" | sort -n |
		awk '$2 == "durable" { at = $1; next } at { print ($1 - at) / 1e6; at = 0 }' | sort -n |
		awk -v words="$3" '{ v[NR] = $1 } END { printf "committed to the first sample handed over, %s: p50 %.1f ms, p99 %.1f ms, most %.1f ms; %d tones (the design: 20 to 70 ms)\n",
			words, v[int((NR + 1) / 2)], v[int(NR * 0.99 + 0.999)], v[NR], NR }'
}
figures 2 "$taps" 'device open'
figures $((taps + 1)) $((taps + closed)) 'device closed'
