#!/bin/sh
# After a backup was put back the hub counts what the kiosk counts, also once somebody is forgotten and another holds the badge; what only the hub still has of the people stays there.
. tests/story/lib.sh
. tests/story/hub.sh
cat > "$work/schedule.csv" <<CSV
session,title,host,room,start,end,cluster,capacity,kind,state
een,Een,Sanne de Wit,Zaal,2026-11-24T13:15:00+01:00,2026-11-24T15:00:00+01:00,health,,plenary,planned
twee,Twee,Sanne de Wit,Zaal,2026-11-25T13:15:00+01:00,2026-11-25T15:00:00+01:00,health,,plenary,planned
CSV
hub_create
all_up
sync_start
tap $eva checked-in
until_true 10 hub_has 1
counts_alike ''
incheckpaal backup "$work/noon.db" > /dev/null
earlier=$(sqlite3 "$data/attendance.db" 'SELECT log_id FROM log')
kiosk_down
sync_down
incheckpaal restore "$work/noon.db" > /dev/null
incheckpaal attendee forget 'Eva Öztürk' > /dev/null
sync_start
told() { [ "$(sql "SELECT count(*) FROM incheckpaal.$1 WHERE told_by = '$earlier'")" = "$2" ]; }
until_true 20 told badge 0
told person 5 || fail 'what was told of people is gone'

# The next day somebody nobody knows holds the badge that was hers.
clock_is $((($(date -d '2026-11-25 13:30' +%s) - $(date +%s)) * 1000)) ntp
kiosk_up
tap $eva unknown
until_true 20 hub_has 2
counts_alike ''
grep -q '^health|15|1|1|0|.*|1|1$' "$work/counted.here" || fail "not counted as expected: $(cat "$work/counted.here")"
# Whose it is from now on is told as ever.
incheckpaal badge link $eva 'Dewi Jansen' > /dev/null
counts_alike ''
# The same backup once more: what was told in between is of an earlier log too.
earlier=$(sqlite3 "$data/attendance.db" 'SELECT log_id FROM log')
kiosk_down
sync_down
incheckpaal restore "$work/noon.db" > /dev/null
sync_start
until_true 20 told badge 0
# Somebody who goes on with such a log is not silenced.
sync_down
badges=$(sql 'SELECT count(*) FROM incheckpaal.badge')
[ "$badges" -gt 0 ] || fail 'no badge is told of'
sql "INSERT INTO incheckpaal.badge SELECT '$earlier', bucket, badge, person, changed_ms FROM incheckpaal.badge"
sync_start
until_true 20 sync_says current
told badge "$badges" || fail 'what another kiosk tells was taken back'
sync_down
