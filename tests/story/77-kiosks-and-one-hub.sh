#!/bin/sh
# Two kiosks into one hub count there as they do merged; screen, page, status and doctor tell how it is; sync can write nothing, says no
# password, and without a hub has nothing to do.
. tests/story/lib.sh
. tests/story/hub.sh
. tests/story/web.sh

# No hub: it says so and ends, and nobody complains.
sync_start
wait "$sync_pid" || fail "without a hub: status $?"
sync_pid=
grep -q 'no hub is configured' "$work/sync.log" || fail "nothing was said: $(cat "$work/sync.log")"
all_up
web_start
signed_in
hub_is() { [ "$(ask GET /kiosks -H 'Accept: application/json')" = 200 ] && [ "$(jq -r .hub "$work/body")" = "$1" ]; }
until_true 5 hub_is off
page /kiosks 200
says 'Centrale database'; says 'Er gaat niets naar internet'
incheckpaal doctor | grep -q 'ok *hub *none' || fail "$(incheckpaal doctor)"
tap $ada checked-in
kiosk_down
web_down

# A hub that nobody answers at: the taps wait, in words that hold no password.
configure sync hub "host=localhost port=1 user=paal password=geheim038 dbname=incheckpaal"
kiosk_up
web_start
sync_start
until_true 10 sync_says '^[0-9]* away -1 0'
until_true 5 hub_is away
page /kiosks 200
says 'niet bereikbaar'; says 'Naar de centrale database gaan tikken, zonder namen'
! grep -q 'Er gaat niets naar internet' "$work/body" || fail 'it is said that nothing leaves the kiosk'
incheckpaal status | grep -q '^hub *can not be reached: ' || fail "$(incheckpaal status)"
incheckpaal doctor | grep -q 'warning *hub ' || fail "$(incheckpaal doctor)"
sync_down
until_true 5 hub_is silent
configure sync hub 'host=localhost password=geheim038 ook geheim'
sync_start
until_true 10 sync_says '^[0-9]* refused'
sync_down
! grep -r geheim "$work/sync.log" "$work/run-sync" || fail "the password was said"

# A hub on which hub.sql was not run, then one on which it was.
hub_create
sql 'CREATE DATABASE empty' postgres
configure sync hub "host=$hub user=paal dbname=empty"
sync_start
until_true 10 sync_says '^[0-9]* refused'
until_true 5 hub_is refused
[ "$(jq .attention "$work/body")" = 1 ] || fail "nobody is asked to look: $(cat "$work/body")"
sync_down
kiosk_down
web_down

# As another user, who may read the log and write nothing there, while the kiosk runs.
configure sync hub "host=$hub user=paal dbname=incheckpaal"
kiosk_up
web_start
if [ "$(id -u)" = 0 ]; then
	chmod 711 "$work"
	chmod 755 "$data" "$work/run"
	chmod 644 "$data"/* "$work/conf" "$work/clock"
	mkdir -p "$work/run-sync" && chown 64103 "$work/run-sync"
	setpriv --reuid 64103 --regid 64103 --clear-groups "$BIN/incheckpaal-sync" --config "$work/conf" --data "$data" >> "$work/sync.log" 2>&1 &
	sync_pid=$!
else
	sync_start
fi
until_true 15 hub_has 1
tap $bram checked-in
until_true 10 hub_has 2
until_true 5 hub_is current
incheckpaal doctor | grep -q 'ok *hub *answers' || fail "$(incheckpaal doctor)"
until_true 5 sync_says '^[0-9]* current 0'
sync_down
web_down
kiosk_down
same_chain
first=$data

# A second kiosk of the same venue, with a session of its own and a badge that only the first knows.
incheckpaal badge link "$stranger" 'Eva Öztürk' > /dev/null
incheckpaal correct 1 --reason 'niet Ada' > /dev/null
data=$work/second
mkdir "$data"
cp "$first/venue.key" "$data"
configure kiosk name Atelier
configure kiosk mode room
configure kiosk room 'Atelier 2'
sed -i 's/,Grote zaal,2026-11-24T13:00:00+01:00,2026-11-24T13:55:00+01:00,,/,Atelier 2,2026-11-24T13:00:00+01:00,2026-11-24T13:55:00+01:00,health,/' "$work/schedule.csv"
prepare
kiosk_up
tap $stranger unknown
tap $chris checked-in
tap $bram checked-in
# Whose a badge became last, holds.
incheckpaal badge link "$stranger" 'Dewi Jansen' > /dev/null
sync_start
until_true 15 hub_has 5
same_chain
sync_down
kiosk_down
second=$data

# The first one tells its links and correction; merged into one log it counts the same.
data=$first
sync_start
until_true 10 sync_says '^[0-9]* current 0'
cp -r "$second" "$work/merged"
data=$work/merged
incheckpaal merge "$first/attendance.db" > /dev/null
counts_alike ''
grep -q '^health|15|2|1|1|.|1|' "$work/counted.hub" || fail "not both kiosks: $(cat "$work/counted.hub")"
counts_alike "counted_by => 'own'" --by own
data=$first
sync_down

# Kiosks that were merged do not count twice: the hub knows each log by its name.
data=$work/merged
sync_start
until_true 10 sync_says '^[0-9]* current 0'
hub_has 5 || fail "a merged log was sent twice: $(hub_taps)"
counts_alike ''
sync_down

# The hub is ahead of what was merged here, and that is fine; once more was merged than it has, it gets the rest.
data=$first
kiosk_up
sync_start
tap $dewi closed
until_true 10 hub_has 6
sync_down
data=$work/merged
sync_start
until_true 10 sync_says '^[0-9]* current 0'
tap $eva closed
kiosk_down
incheckpaal merge "$first/attendance.db" > /dev/null
until_true 15 hub_has 7
until_true 10 sync_says '^[0-9]* current 0'
sync_down
data=$first
same_chain
