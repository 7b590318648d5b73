#!/bin/sh
# The places left follow while the question is on the screen: another kiosk's rows are merged, and within a second
# the figure changes; a session that became full is not taken any more, the open ones are; when all are full, it says so.
. tests/story/lib.sh
clock_is $((($(date -d '2026-11-24 14:05:00' +%s) - $(date +%s)) * 1000)) ntp
touchable
configure kiosk mode choose
cat > "$work/schedule.csv" <<-CSV
session,title,host,room,start,end,cluster,capacity,kind,state
data,Data delen zonder gedoe,Joris Hof,Atelier 1,2026-11-24T14:15:00+01:00,2026-11-24T15:30:00+01:00,ict-ecommerce,2,parallel,planned
zorg,Zorg op afstand,Noor el Amrani,Atelier 2,2026-11-24T14:15:00+01:00,2026-11-24T15:30:00+01:00,health,2,parallel,planned
CSV
attendees
i=1
while [ $i -le 5 ]; do
	echo "04B0000000000$i,Gast,Nummer $i,,,,,inside,,,nl," >> "$work/attendees.csv"
	i=$((i + 1))
done
guest() { echo "04B0000000000$1"; }
first=$data second=$work/second
data_at=350 zorg_at=930
reader_up
prepare
data=$second
mkdir "$data"
cp "$first/venue.key" "$data"
prepare

# Elsewhere two people choose data, later one zorg; what that kiosk knew in between is kept.
kiosk_up
elsewhere() {
	rows=$(log_lines)
	tap "$(guest "$1")" choose
	screen_is choose
	press "$2" 424
	until_true 5 log_grew_to $((rows + 2))
}
elsewhere 1 $data_at
kiosk_down
cp -r "$data" "$work/one"
kiosk_up
elsewhere 2 $data_at
kiosk_down
cp -r "$data" "$work/two"
kiosk_up
elsewhere 3 $zorg_at
elsewhere 4 $zorg_at
kiosk_down
data=$first

picture() { incheckpaal screenshot "$work/$1.png" > /dev/null; }
# part PICTURE X: what the card at X shows.
part() { "$OUT/screens" part "$work/$1.png:$(($2 - 260)),270,520,330"; }
changed() { picture "$1" && [ "$(part "$1" $data_at)" != "$was" ]; }
# follows KNOWN BEFORE: merges what was KNOWN elsewhere, and waits until the card of data is not as in the picture BEFORE.
follows() {
	was=$(part "$2" $data_at)
	incheckpaal merge "$work/$1/attendance.db" > "$work/said" 2>&1 || fail "$(cat "$work/said")"
	merged=$(date +%s%3N)
	until_true 10 changed "$1"
	took=$(($(date -r "$work/$1.png" +%s%3N) - merged))
	echo "the figure follows after $took ms"
}
own_rows() { grep -c '"stage":"durable"' "$work/trace" || true; }
kiosk_up
tap "$dewi" choose
screen_is choose
picture before
zorg_before=$(part before $zorg_at)
follows one before
follows two one
[ "$(part two $zorg_at)" = "$zorg_before" ] || fail "the card of the other session changed too"
status_has '"screen":"choose"' || fail "the question went"

# What is full is not taken, and looks like it does to whoever is asked now.
rows=$(own_rows)
press $data_at 424
sleep 0.3
[ "$(own_rows)" = "$rows" ] || fail "a full session was taken"
tap "$(guest 5)" choose
screen_is choose
sleep 0.5
picture fresh
[ "$(part two $data_at)" = "$(part fresh $data_at)" ] || fail "the live card is not the one that a new question shows"

# The last places of all go while guest 5 looks: that is said; nobody is refused, the check-in stands.
incheckpaal merge "$second/attendance.db" > "$work/said" 2>&1 || fail "$(cat "$work/said")"
screen_is full
screen_is idle
[ "$(own_rows)" = $((rows + 1)) ] || fail "what nobody chose became a row"
verified
