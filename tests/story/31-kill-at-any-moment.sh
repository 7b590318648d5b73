#!/bin/sh
# Killed at random moments while badges are tapped without pause, the kiosk never loses a tap it has shown, nor logs it twice.
. tests/story/lib.sh
kills=${PROVE:+1000}
kills=${kills:-8}
many=4000
{
	echo badge,given_name,family_name,organisation,organisation_kind,cluster,email
	awk -v n=$many 'BEGIN { for (i = 0; i < n; i++) printf "04%012X,Gast %d,Nummer,Hanzecode,company,health,g%d@voorbeeld.example\n", i, i, i }'
} > "$work/attendees.csv"
reader_up
prepare

tap_without_pause() {
	i=0
	while :; do
		say tap ntag213 "uid=$(printf '04%012X' $((i % many)))" ms=40 > /dev/null 2>&1 || exit 0
		i=$((i + 1))
		sleep 0.05
	done
}
tap_without_pause &
tapper=$!
i=0
while [ $i -lt "$kills" ]; do
	kiosk_start
	until_true 10 status_has '"state":"up"'
	sleep "$(awk -v seed="$$$i" 'BEGIN { srand(seed); printf "%.3f", rand() * 0.6 }')"
	kiosk_kill_hard
	i=$((i + 1))
done
kill $tapper 2> /dev/null || true
wait $tapper 2> /dev/null || true

attendance | awk -F, '{ print $2 }' | sort -n > "$work/logged"
uniq -d "$work/logged" | grep -q . && fail "a number stands twice in the log"
sed -n 's/.*"shown".*"seq":\([0-9]*\).*/\1/p' "$work/trace" | sort -n | uniq > "$work/shown"
[ -s "$work/shown" ] || fail "nothing was ever shown"
comm -23 "$(sort "$work/shown" > "$work/shown.sorted"; echo "$work/shown.sorted")" "$(sort "$work/logged" > "$work/logged.sorted"; echo "$work/logged.sorted")" > "$work/lost"
[ -s "$work/lost" ] && fail "shown but not in the log: $(wc -l < "$work/lost") taps"
verified
[ -z "${PROVE:-}" ] || echo "$kills kills, $(wc -l < "$work/shown") taps shown, $(wc -l < "$work/logged") in the log, none lost" >&2
