# What stories of the hub share; sourced after lib.sh. A PostgreSQL of the story's own, on a Unix socket; it refuses to
# run as root, so another user runs it there.
# shellcheck shell=sh
pg_bin=$(find /usr/lib/postgresql -name initdb -printf '%h\n' 2> /dev/null | sort -V | tail -n 1)
[ -n "$pg_bin" ] || fail "there is no PostgreSQL: see tests/packages.sh"
hub=$work/hub sync_pid=
mkdir "$hub"
as_postgres() { "$@"; }
if [ "$(id -u)" = 0 ]; then
	chmod 711 "$work"
	chown postgres "$hub"
	as_postgres() { setpriv --reuid postgres --regid postgres --init-groups "$@"; }
fi

hub_start() {
	as_postgres "$pg_bin/pg_ctl" -D "$hub/db" -s -w -t 60 -l "$hub/log" start > /dev/null || fail "no hub: $(cat "$hub/log")"
	hub_pid=$(head -n 1 "$hub/db/postmaster.pid")
}
# The kiosk's own role, with what hub.sql grants it and no more.
hub_create() {
	as_postgres "$pg_bin/initdb" -D "$hub/db" -U postgres -A trust -N -E UTF8 --locale=C.UTF-8 > "$hub/init" 2>&1 || fail "$(cat "$hub/init")"
	printf "listen_addresses = ''\nunix_socket_directories = '%s'\nfsync = off\nshared_buffers = 16MB\nmax_connections = 20\n" \
		"$hub" | as_postgres tee -a "$hub/db/postgresql.conf" > /dev/null
	hub_start
	sql 'CREATE DATABASE incheckpaal' postgres
	psql -X -q -v ON_ERROR_STOP=1 -h "$hub" -U postgres -d incheckpaal -f board/hub.sql > "$hub/schema" 2>&1 || fail "hub.sql: $(cat "$hub/schema")"
	sql 'CREATE ROLE paal LOGIN IN ROLE incheckpaal_kiosk; CREATE ROLE lezer LOGIN IN ROLE incheckpaal_reader'
	configure sync hub "host=$hub user=paal dbname=incheckpaal"
}
# sql QUERY [DATABASE]: as the hub's owner.
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$hub" -U postgres -d "${2:-incheckpaal}" -c "$1"; }
# Immediately: as when its power goes.
hub_kill() { as_postgres "$pg_bin/pg_ctl" -D "$hub/db" -s -w -m immediate stop > /dev/null 2>&1 || true; }
hub_taps() { sql 'SELECT count(*) FROM incheckpaal.tap'; }
hub_has() { [ "$(hub_taps)" = "$1" ]; }

sync_start() {
	"$BIN/incheckpaal-sync" --config "$work/conf" --data "$data" >> "$work/sync.log" 2>&1 &
	sync_pid=$!
}
sync_down() {
	kill "$sync_pid"
	wait "$sync_pid" || fail "sync left with status $?"
	sync_pid=
}
sync_kill_hard() {
	kill -9 "$sync_pid"
	wait "$sync_pid" 2> /dev/null || true
	sync_pid=
}
sync_state() { cat "$work/run-sync/state" 2> /dev/null; }
sync_says() { sync_state | grep -q "$1"; }

leave_all() {
	status=$?
	[ -z "$sync_pid" ] || kill -9 "$sync_pid" 2> /dev/null || true
	hub_kill
	set +e # or leave, which looks how it ended, is not reached after a failure
	(exit $status)
	leave
}
trap leave_all EXIT

# same_chain: the hub holds the log whole, tap by tap, and its chain under the venue's key.
same_chain() {
	sqlite3 "$data/attendance.db" "SELECT seq || '|' || lower(hex(chain)) FROM tap ORDER BY seq" |
		python3 tests/story/sealed.py "$data/venue.key" > "$work/chain.here"
	sql "SELECT seq, encode(chain, 'hex') FROM incheckpaal.tap WHERE log_id = '$(sqlite3 "$data/attendance.db" 'SELECT log_id FROM log')' ORDER BY seq" > "$work/chain.hub"
	cmp "$work/chain.here" "$work/chain.hub" || fail "the hub holds another log: $(diff "$work/chain.here" "$work/chain.hub" | head -5)"
}
# same_participation FUNCTION_ARGUMENTS [REPORT OPTIONS]: the hub counts what the log of $data counts, per cluster and organisation.
same_participation() {
	arguments=$1
	shift
	incheckpaal report participation --format json "$@" > "$work/report.json" || fail "no report"
	jq -r '.clusters[] | [.code, .target, .involved, .companies, .education, .nearly, .others, .came.persons, .came.checkins] | join("|")' \
		"$work/report.json" > "$work/counted.here"
	jq -r '.clusters[] | .code as $code | .organisations[] | [$code, .name, .involved, .units, .checkins] | join("|")' "$work/report.json" |
		sort >> "$work/counted.here"
	read_sql "SELECT cluster, target, involved, companies, education, nearly, others, persons, checkins FROM incheckpaal.participation_of($arguments)" > "$work/counted.hub"
	read_sql "SELECT cluster, name, involved::text, units, checkins FROM incheckpaal.involvement_of($arguments)" | sort >> "$work/counted.hub"
	cmp -s "$work/counted.here" "$work/counted.hub"
}
# As somebody who only reads figures.
read_sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$hub" -U lezer -d incheckpaal -c "$1"; }
counts_alike() { until_true 15 same_participation "$@"; }
