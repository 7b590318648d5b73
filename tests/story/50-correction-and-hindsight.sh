#!/bin/sh
# Whoever takes back a tap at another kiosk has taken it back, also when the kiosk it is of counts it anew because its time became known, in whatever order the two hear of each other.
. tests/story/lib.sh
cat > "$work/schedule.csv" <<CSV
session,title,host,room,start,end,cluster,capacity,kind,state
middag,Middag,Sanne de Wit,Zaal,2026-11-24T13:15:00+01:00,2026-11-24T15:00:00+01:00,health,,parallel,planned
CSV
passed=0
kiosk_start() {
	: >> "$work/trace"
	INCHECKPAAL_BOOT_ID=00000000-0000-4000-8000-000000000001 $apart -T --boottime $passed --monotonic $passed \
		"$BIN/incheckpaal-kiosk" --config "$work/conf" --data "$data" >> "$work/kiosk.log" 2>&1 &
	kiosk_pid=$!
}
merge() { incheckpaal merge "$1/attendance.db" > "$work/said" 2>&1 || fail "merge: $(cat "$work/said")"; }
# counts WHO: the names of all that counts.
counts() {
	got=$(attendance --personal | awk -F, '$14 == "yes" { print $19 }' | sort | tr '\n' ' ')
	[ "$got" = "$1 " ] || fail "$data counts '$got': $(attendance --personal)"
	incheckpaal report participation --recount > "$work/recount" 2>&1 || fail "a recount differs: $(cat "$work/recount")"
}

# At the first kiosk two come while nobody knows the time.
clock_is $((-$(date +%s) * 1000 + 5000)) none
all_up
tap $ada checked-in
tap $bram checked-in
kiosk_down
first=$data second=$work/second third=$work/third
for data in "$second" "$third"; do
	mkdir "$data"
	cp "$first/venue.key" "$data"
	incheckpaal init > /dev/null
	merge "$first"
done

# At the second, which knows them, Ada's is taken back; at the first the time becomes known.
data=$second
clock_is $(((noon - $(date +%s)) * 1000)) ntp
incheckpaal correct "$(attendance | head -n 1 | cut -d, -f1):1" --reason 'somebody else held her badge' > /dev/null
data=$first passed=60
kiosk_up
settled() { [ "$(sqlite3 "$data/attendance.db" 'SELECT count(*) FROM correction')" = 2 ]; }
until_true 30 settled
kiosk_down

# The second hears of the new rows, the third of them before it hears of the correction, the first of the correction.
data=$second; merge "$first"; counts 'Bram Bakker'
data=$third; merge "$first"; counts 'Ada de Vries Bram Bakker'
merge "$second"; counts 'Bram Bakker'
data=$first; merge "$second"; counts 'Bram Bakker'
incheckpaal export attendance --personal > "$work/one"
for data in "$second" "$third"; do
	merge "$first"
	incheckpaal export attendance --personal | cmp - "$work/one" || fail "$data differs"
done
verified
