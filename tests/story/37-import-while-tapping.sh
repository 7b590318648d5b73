#!/bin/sh
# An import of 5,000 lines of which 37 are bad brings 4,963 in and 37 back with reasons, leaves with status 3, and taps are taken meanwhile.
. tests/story/lib.sh
all_up
awk 'BEGIN {
	print "badge;voornaam;achternaam;organisatie;soort organisatie;groeicluster"
	for (i = 1; i <= 5000; i++) {
		badge = sprintf("04C0%010X", i)
		if (i % 135 == 0) badge = i % 2 ? "08112233" : "geen badge"
		printf "%s;Gast;Nummer %d;Vezelwerk;bedrijf;Health\n", badge, i
	}
}' > "$work/list.csv"
status=0
incheckpaal import attendees "$work/list.csv" > "$work/list.log" 2>&1 &
import=$!
tap $ada checked-in
wait $import || status=$?
[ $status = 3 ] || fail "the import left with status $status: $(cat "$work/list.log")"
rejected=$(tail -n +2 "$work/list.csv.rejected.csv" | wc -l)
[ "$rejected" = 37 ] || fail "$rejected lines rejected, not 37"
people=$(incheckpaal attendee list | grep -c Nummer)
[ "$people" = 4963 ] || fail "$people people came in, not 4963"
tap 04C00000000001 checked-in
kiosk_down
verified
