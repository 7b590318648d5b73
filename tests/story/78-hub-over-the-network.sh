#!/bin/sh
# Over a network sync speaks to the hub it was given a certificate for and to no other; a hub that hangs keeps neither systemd nor a tap
# waiting; with nothing to send it hardly wakes.
. tests/story/lib.sh
. tests/story/hub.sh
port=$((30000 + $$ % 20000))
hub_create
as_postgres openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
	-keyout "$hub/db/server.key" -out "$hub/db/server.crt" 2> "$hub/openssl" || fail "$(cat "$hub/openssl")"
as_postgres chmod 600 "$hub/db/server.key"
cp "$hub/db/server.crt" "$work/hub.crt"
hub_kill
printf "listen_addresses = 'localhost'\nport = %d\nssl = on\n" "$port" | as_postgres tee -a "$hub/db/postgresql.conf" > /dev/null
printf 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n' | as_postgres tee "$hub/db/pg_hba.conf" > /dev/null
export PGPORT=$port
hub_start
sql "ALTER ROLE paal PASSWORD 'lang en geheim'"
all_up
tap $ada checked-in

# Whose certificate nobody vouches for is not spoken to.
configure sync hub "host=localhost port=$port user=paal dbname=incheckpaal password='lang en geheim'"
sync_start
until_true 15 sync_says '^[0-9]* away'
grep -q certificate "$work/sync.log" || fail "not said: $(cat "$work/sync.log")"
sync_down
hub_has 0 || fail "taps went to a hub that nobody vouches for"
# Nor one whose certificate is of another name.
configure sync hub "host=127.0.0.1 port=$port user=paal dbname=incheckpaal password='lang en geheim' sslrootcert=$work/hub.crt"
sync_start
until_true 15 sync_says '^[0-9]* away'
sync_down
hub_has 0 || fail "taps went to a hub of another name"

# With its certificate, and the password from a file; systemd is told, and the watchdog fed.
printf 'localhost:%s:*:paal:lang en geheim\n' "$port" > "$work/pass"
chmod 600 "$work/pass"
configure sync hub "host=localhost port=$port user=paal dbname=incheckpaal sslrootcert=$work/hub.crt passfile=$work/pass"
python3 tests/notified.py "$work/notify" > "$work/notified" &
notified=$!
until_true 5 test -S "$work/notify"
NOTIFY_SOCKET=$work/notify sync_start
until_true 15 hub_has 1
until_true 5 grep -q READY=1 "$work/notified"
until_true 5 grep -q 'STATUS=the hub has all taps' "$work/notified"
[ "$(sql "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'paal'")" = t ] || fail "in the clear"
! grep -r 'lang en' "$work/sync.log" "$work/notified" "$work/run-sync" || fail "the password was said"

# With nothing to do it sleeps.
case $BIN in */tsan/*) ;; *)
	wakeups() { awk '/^voluntary_ctxt_switches/ { print $2 }' "/proc/$sync_pid/status"; }
	sleep 3
	before=$(wakeups)
	sleep 6
	[ $(($(wakeups) - before)) -le 12 ] || fail "sync woke $(($(wakeups) - before)) times in six seconds"
	;;
esac

# A hub that hangs in the middle: taps go on, the watchdog is fed, and whoever ends sync need not wait.
backend=$(sql "SELECT pid FROM pg_stat_activity WHERE usename = 'paal'")
kill -STOP "$backend"
: > "$work/notified"
tap $bram checked-in
until_true 15 grep -q WATCHDOG=1 "$work/notified"
tap $chris checked-in
sync_down
kill -CONT "$backend"
kill $notified
sync_start
until_true 15 hub_has 3
same_chain
sync_down
