#!/bin/sh
# Who may choose is checked in before the question is asked; the choice is a second row, can be changed, and a place
# that went, also at another kiosk once its log is merged, is offered to nobody; whoever does not choose chose later.
. tests/story/lib.sh
export INCHECKPAAL_PACE=4
clock_is $((($(date -d '2026-11-24 14:05:00' +%s) - $(date +%s)) * 1000)) ntp
touchable
configure kiosk mode choose
cat > "$work/schedule.csv" <<-CSV
session,title,host,room,start,end,cluster,capacity,kind,state
data,Data delen zonder gedoe,Joris Hof,Atelier 1,2026-11-24T14:15:00+01:00,2026-11-24T15:30:00+01:00,ict-ecommerce,1,parallel,planned
zorg,Zorg op afstand,Noor el Amrani,Atelier 2,2026-11-24T14:15:00+01:00,2026-11-24T15:30:00+01:00,health,20,parallel,planned
maak,Zelf repareren,Bram Kuiper,Werkplaats,2026-11-24T14:15:00+01:00,2026-11-24T15:30:00+01:00,creative-making,1,parallel,planned
slot,Plenaire afsluiting,Sanne de Wit,Grote zaal,2026-11-24T15:45:00+01:00,2026-11-24T16:30:00+01:00,,,plenary,planned
CSV
attendees
finn=04A1B2C3D4E506
echo "$finn,Finn,Vos,Laadkade,company,,logistics,inside,,finn@voorbeeld.example,nl," >> "$work/attendees.csv"
reader_up
prepare
first=$data data=$work/second
mkdir "$data"
cp "$first/venue.key" "$data"
prepare
kiosk_up
tap $finn choose
screen_is choose
press 1049 424
until_true 5 log_grew_to 2
kiosk_down
data=$first
kiosk_up
session_counts() { attendance | grep -c ",$1,.*,yes," || true; }

# The check-in is in the log while the question is on the screen.
tap $dewi choose
screen_is choose
log_grew_to 1 || fail "the question came before the check-in"
press 229 424
until_true 5 log_grew_to 2
screen_is welcome
[ "$(session_counts data)" = 1 ] || fail "the choice is not a row of its own"
attendance | sed -n 2p | grep -q 'choice:1' || fail "the second row does not say which question it answers"

# Held again: another session, and the first choice no longer counts.
screen_is idle
sleep 2
tap $dewi repeat
screen_is repeat
press 272 596
screen_is choose
press 639 424
until_true 5 log_grew_to 4
[ "$(session_counts data)" = 0 ] && [ "$(session_counts zorg)" = 1 ] || fail "a changed choice counts twice"

# Own cluster first (Eva: making); the place in data is free again; time chooses later.
screen_is idle
tap $eva choose
screen_is choose
until_true 8 status_has '"screen":"welcome"'
screen_is idle
[ "$(log_lines)" = 5 ] || fail "choosing later is no row"

# The last place goes; the next one touches the full sessions in vain, here and elsewhere, in English, and takes the first other.
tap $eva repeat
screen_is choose
press 639 424
until_true 5 log_grew_to 7
[ "$(session_counts data)" = 1 ] || fail "Eva is not in data"
incheckpaal merge "$work/second/attendance.db" > "$work/said" 2>&1 || fail "$(cat "$work/said")"
sleep 1.5 # the kiosk looks for changes once a second
screen_is idle
tap $chris choose
screen_is choose
status_has '"language":"en"' || fail "Chris reads English"
press 639 424
press 1049 424
sleep 0.3
status_has '"screen":"choose"' || fail "a full session was taken"
press 229 424
until_true 5 log_grew_to 11
[ "$(session_counts maak)" = 1 ] || fail "the place that went elsewhere was given twice"
[ "$(session_counts zorg)" = 2 ] || fail "Chris is not in zorg"
verified
