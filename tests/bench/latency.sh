#!/bin/sh
# From the badge in the field to the accepted frame: simulated PN532 with real 115200-baud and radio times, 5 ms fsync.
# With LOAD=1 the log is exported and a list of LISTED people imported without pause meanwhile; with PAGE=FILE the organiser's
# page is polled by 50 clients and held by 1,000 (page.py, which writes FILE). LOGGED taps are in the log beforehand.
# Prints one line "p50 p99 count", and on standard error how often the load came round.
. tests/story/lib.sh
. tests/bench/fill.sh
taps=${TAPS:-150}
{
	echo badge,given_name,family_name,organisation,organisation_kind,cluster,email
	awk -v n="$taps" 'BEGIN { for (i = 0; i < n; i++) printf "04%012X,Gast,Nummer %d,Hanzecode,company,health,g%d@voorbeeld.example\n", i, i, i }'
} > "$work/attendees.csv"
reader_up --real-timing
prepare
[ "${LOGGED:-0}" = 0 ] || fill "$LOGGED" "${LISTED:-1000}"
export SLOW_SYNC_US=${SLOW_SYNC_US:-5000} LD_PRELOAD="$OUT/slow_sync.so"
kiosk_start
unset LD_PRELOAD
until_true 10 status_has '"state":"up"'
until_true 10 status_has '"screen":"[^s]'

load=
if [ -n "${LOAD:-}" ]; then
	awk -v n="${LISTED:-1000}" 'BEGIN { print "badge,given_name,family_name,organisation,organisation_kind,cluster,email"
		for (i = 0; i < n; i++) printf "05%012X,Gast,Nummer %d,Organisatie %d,company,health,h%d@voorbeeld.example\n", i, i, i % 400, i }' > "$work/other.csv"
	again() { while "$@" > /dev/null; do echo "$2" >> "$work/rounds"; done }
	{
		again incheckpaal export attendance &
		again incheckpaal import attendees "$work/other.csv"
	} 2> /dev/null &
	load=$!
fi
if [ -n "${PAGE:-}" ]; then
	. tests/story/web.sh
	web_start
	renice -n 5 $(ls "/proc/$web_pid/task") > /dev/null # as its unit has it
	signed_in
	page /settings/tokens 200
	send /settings/tokens 200 name=bench scope=names days=7
	python3 tests/bench/page.py "$web_port" "$(grep -o 'ip_[A-Za-z0-9_-]*' "$work/body" | head -n 1)" "${PAGE_SECONDS:-20}" > "$PAGE" &
	load=$!
	sleep 9
fi
i=0
while [ "$i" -lt "$taps" ]; do
	before=$(shown_count)
	entered=$(say put guest ntag213 "uid=$(printf '04%012X' "$i")" | sed 's/.*ns=\([0-9]*\).*/\1/')
	until_true 5 more_shown_than "$before"
	left=$(grep '"shown"' "$work/trace" | tail -1 | sed 's/.*"ns":\([0-9]*\).*/\1/')
	echo $((left - entered)) >> "$work/latencies"
	say remove guest > /dev/null
	until_true 5 field_is_empty
	i=$((i + 1))
done
[ -z "${PAGE:-}" ] || { wait "$load"; sleep 3; awk '/VmHWM|VmRSS/ { print $2 }' "/proc/$web_pid/status" >> "$PAGE"; load=; }
if [ -n "$load" ]; then
	kill "$load" 2> /dev/null || true
	pkill -P "$load" 2> /dev/null || true
	sort "$work/rounds" | uniq -c >&2
fi
sort -n "$work/latencies" | awk '{ v[NR] = $1 / 1e6 }
	END { printf "%.1f %.1f %d\n", v[int((NR + 1) / 2)], v[int(NR * 0.99 + 0.5)], NR }'
