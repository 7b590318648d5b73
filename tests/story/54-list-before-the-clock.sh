#!/bin/sh
# A list that was read while the clock was months behind keeps its names when the clock is put right: their time begins then.
. tests/story/lib.sh
# The clock is as the kiosk was put away after the summer; an event was held elsewhere since.
september=$(date -d '2026-09-01 10:00:00' +%s)
clock_is $(((september - $(date +%s)) * 1000)) none
schedule
sed 's/^opening,[^,]*/eerder,Eerdere dag/; s/11-24/09-10/g; s/+01:00/+02:00/g; 2q' "$work/schedule.csv" > "$work/earlier.csv"
reader_up
incheckpaal init > /dev/null 2>&1
incheckpaal import schedule "$work/earlier.csv" --event 'Eerder' > /dev/null
prepare
kiosk_up
tap $ada checked-in
kiosk_down
clock_is $(((noon - $(date +%s)) * 1000)) ntp
kiosk_up
# Names are looked at before the backup of the day is made.
until_true 20 [ -s "$data/backup/attendance-2026-11-24.db" ]
tap $bram checked-in
kiosk_down
for name in 'Ada de Vries' 'Bram Bakker' 'Dewi Jansen'; do
	incheckpaal attendee show "$name" > "$work/shown" 2>&1 || fail "$name was forgotten: $(cat "$work/shown" "$work/kiosk.log")"
done
