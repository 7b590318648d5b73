#!/bin/sh
# The hub goes in the middle of a batch and comes back, sync is killed at any moment, the kiosk is offline for a while: nothing is there
# twice and nothing is missing, and no tap waits for any of it.
. tests/story/lib.sh
. tests/story/hub.sh
hub_create
all_up
sync_start
tap $ada checked-in
until_true 10 hub_has 1
more() { python3 tests/story/more_taps.py "$data/attendance.db" "$@"; }
counts_as_before() { same_participation ''; }
all_there() { [ "$(hub_taps 2> /dev/null)" = "$(sqlite3 "$data/attendance.db" 'SELECT count(*) FROM tap')" ]; }

# Offline: the hub is gone, taps go on, and what waits is told.
hub_kill
tap $bram checked-in
tap $chris checked-in
until_true 20 sync_says '^[0-9]* away'
grep -q 'sync: .*hub' "$work/sync.log" || grep -q 'sync: .*connect' "$work/sync.log" || fail "nothing was said: $(cat "$work/sync.log")"
hub_start
until_true 20 all_there
same_chain
kiosk_down

# The hub's power goes while batches are under way, sync is killed while taps come in, at moments of nobody's choosing.
more 30000 500 0.05 &
filler=$!
for round in 1 2 3 4 5 6; do
	sleep "0.$(awk -v seed="$$$round" 'BEGIN { srand(seed); print int(100 + rand() * 800) }')"
	if [ $((round % 3)) = 0 ]; then
		hub_kill
		hub_start
	else
		sync_kill_hard
		sync_start
	fi
done
wait $filler || fail "no more taps came"
until_true 20 all_there
same_chain
[ "$(sql 'SELECT count(*) - count(DISTINCT seq) FROM incheckpaal.tap')" = 0 ] || fail "a tap is there twice"
[ "$(hub_taps)" = 30003 ] || fail "not all are there"
until_true 20 sync_says '^[0-9]* current 0 '

# What a log told can be dropped by the hub's keeper; sync finds that out and tells it anew.
sync_down
sql "CALL incheckpaal.drop_told('$(sqlite3 "$data/attendance.db" 'SELECT log_id FROM log')')"
[ "$(sql 'SELECT (SELECT count(*) FROM incheckpaal.person) + (SELECT count(*) FROM incheckpaal.told)')" = 0 ] || fail "something is still told"
sync_start
until_true 20 counts_as_before
hub_has 30003 || fail "taps went as well"

# A backup is put back while sync runs, without what was tapped since: the hub keeps all, and is sent the new log beside it.
incheckpaal backup "$work/kept.db" > /dev/null
earlier=$(sqlite3 "$data/attendance.db" 'SELECT log_id FROM log')
more 4
until_true 20 hub_has 30007
incheckpaal restore "$work/kept.db" > "$work/said" || fail "$(cat "$work/said")"
[ "$(sqlite3 "$data/attendance.db" "SELECT count(*) FROM tap, log WHERE log_id = '$earlier'")" = 0 ] || fail "the log goes on"
kiosk_up
tap $dewi checked-in
until_true 20 hub_has 30008
same_chain
[ "$(sql "SELECT count(*) FROM incheckpaal.tap WHERE log_id = '$earlier'")" = 30007 ] || fail "the earlier log lost something"
until_true 20 sync_says '^[0-9]* current 0 '
kiosk_down

# A log that was put back by hand from a copy made before: the hub has more of it than we, and is left as it is.
sync_down
sqlite3 "$data/attendance.db" ".backup '$work/before.db'"
more 5
sync_start
until_true 20 hub_has 30013
sync_down
cp "$work/before.db" "$data/attendance.db"
rm -f "$data"/attendance.db-*
sync_start
until_true 20 sync_says '^[0-9]* refused'
grep -q 'holds 6 taps of log .*, this kiosk only 1; nothing was sent' "$work/sync.log" || fail "not said: $(cat "$work/sync.log")"
# With other taps under the same numbers: neither overwritten nor added to.
sync_down
more 9
sync_start
until_true 20 grep -q 'holds another tap 6 of log' "$work/sync.log"
sleep 1
hub_has 30013 || fail "something was sent"
sync_says '^[0-9]* refused' || fail "$(sync_state)"
sync_down
