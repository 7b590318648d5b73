#!/bin/sh
# What a whole kiosk at 1920x1080 keeps resident while ever new people come: NAMES of them (10,000: about half an hour).
. tests/story/lib.sh
names=${NAMES:-300}
{
	echo badge,given_name,family_name,organisation,organisation_kind,cluster,email
	awk -v n="$names" 'BEGIN {
		split("ma rij ke jo ris no or fleur an ne wil hel mi na öz éva", part, " ")
		for (i = 0; i < n; i++) {
			name = ""
			for (k = i + n; k > 0; k = int(k / 16)) name = name part[k % 16 + 1]
			printf "04%012X,%s,Nummer,Bedrijf %d,company,health,g%d@voorbeeld.example\n", i, name, i / 3, i
		}
	}'
} > "$work/attendees.csv"
configure screen width 1920
configure screen height 1080
reader_up
prepare
kiosk_up
resident() { awk '/^VmRSS/ { print $2 }' "/proc/$kiosk_pid/status"; }
i=0
while [ "$i" -lt "$names" ]; do
	say put guest ntag213 "uid=$(printf '04%012X' "$i")" > /dev/null
	until_true 10 more_shown_than "$i"
	say remove guest > /dev/null
	until_true 10 field_is_empty
	i=$((i + 1))
	[ $((i % ((names + 19) / 20))) = 0 ] && echo "$i $(resident)" >> "$work/resident"
done
awk '{ n++; kb[n] = $2; at[n] = $1 } END {
	half = int((n + 1) / 2)
	printf "resident of the kiosk after %d different names: %.1f MB (limit 40); over the second half %+.2f kB a name\n",
		at[n], kb[n] / 1024, (kb[n] - kb[half]) / (at[n] - at[half] + 1e-9) }' "$work/resident"
[ -z "${VERBOSE:-}" ] || cat "$work/resident"
