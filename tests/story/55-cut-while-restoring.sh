#!/bin/sh
# The power goes at any step of putting a backup back, as asked for or after damage: the next start has the log that was, with every tap, or the backup with that log beside it, and says which.
. tests/story/lib.sh
all_up
tap $ada checked-in
until_true 20 [ -s "$data/backup/attendance-2026-11-24.db" ]
incheckpaal backup "$work/saved.db" > "$work/out"
tap $bram checked-in
kiosk_kill_hard # so that the second tap stands in the WAL alone
[ "$(sqlite3 "file:$data/attendance.db?immutable=1" 'SELECT count(*) FROM tap' 2> /dev/null || echo none)" != 2 ] || fail "no tap is in the WAL: the story shows little"
cp -a "$data" "$work/before"
cp -a "$data" "$work/asked"
mkdir "$work/asked/restore"
cp "$work/saved.db" "$work/asked/restore/ready.db"
cp -a "$data" "$work/damaged"
rm "$work/damaged"/attendance.db-*
dd if=/dev/urandom of="$work/damaged/attendance.db" bs=1024 seek=8 count=200 conv=notrunc 2> /dev/null

log_of() { sqlite3 "$1" 'SELECT log_id FROM log'; }
was=$(log_of "$work/before/attendance.db")
value() { sqlite3 "$data/attendance.db" "$1"; }
asides() { find "$data" -name 'attendance.db.aside-*[0-9]'; }

# from STATE: the data directory as it was.
from() {
	rm -rf "$data"
	cp -a "$work/$1" "$data"
}
# cut CALL N COMMAND...: cuts it short before its Nth call that concerns the log; false when it makes fewer.
# LINKS: how link fails, on a file system that knows no second names.
cut() {
	call=$1 nth=$2 program=$3
	shift 3
	: > "$work/strace.log"
	strace -f -qq -o "$work/strace.log" -P "$data" -P "$data/attendance.db" -P "$data/attendance.db-wal" -P "$data/attendance.db-shm" \
		-P "$data/attendance.db.restoring" -P "$data/attendance.db.swap" -P "$data/attendance.db.swap.new" -P "$data/restore/ready.db" \
		-e "trace=$call,link" -e "inject=$call:signal=KILL:when=$nth" ${LINKS:+-e "inject=link:error=$LINKS"} \
		"$BIN/$program" --config "$work/conf" --data "$data" "$@" >> "$work/cut.log" 2>&1 &
	kiosk_pid=$!
	until_true 20 has_ended_or_runs
	if grep -q 'killed by SIGKILL' "$work/strace.log"; then
		wait $kiosk_pid || true
		return 0
	fi
	kill "$(pgrep -P $kiosk_pid)" 2> /dev/null || true
	wait $kiosk_pid || true
	return 1
}
has_ended_or_runs() { ! kill -0 $kiosk_pid || status_has '"screen"'; }

# The next start, and what holds then whatever was cut. AS_IT_WAS: the log may be the one that was.
starts() {
	: > "$work/kiosk.log"
	kiosk_start
	until_true 10 status_has '"screen"'
	kiosk_kill_hard
	where="before $call $nth of $1: $(ls "$data")"
	[ "$(value 'SELECT count(*) FROM attendee')" = 5 ] || fail "nobody is known, $where"
	[ "$(value 'PRAGMA quick_check')" = ok ] || fail "damaged, $where"
	! ls "$data" | grep -q 'swap\|restoring' || fail "left over, $where"
	! [ -e "$data/restore/ready.db" ] || fail "it will be put back again, $where"
}
is_as_it_was() {
	[ "$(value 'SELECT log_id FROM log')" = "$was" ] && [ "$(value 'SELECT count(*) FROM tap')" = 2 ] && [ -z "$(asides)" ]
}
is_put_back() {
	[ "$(value 'SELECT count(*) FROM peer_log')" = 1 ] && [ "$(value 'SELECT count(*) FROM peer_tap')" = 1 ] && [ "$(asides | wc -l)" = 1 ]
}
both_taps_are_aside() { [ "$(sqlite3 "$(asides)" 'SELECT count(*) FROM tap')" = 2 ]; }

undone=0 done=0
for step in rename link unlink fsync without; do
	n=0 LINKS=
	[ $step != without ] || step=rename LINKS=EPERM
	while n=$((n + 1)) && from before && cut $step $n incheckpaal restore "$work/saved.db"; do
		noted=no
		[ ! -e "$data/attendance.db.swap" ] || noted=yes
		starts restore
		if is_as_it_was; then
			undone=$((undone + 1))
			[ $noted = no ] || grep -q 'cut before a backup was put back. The log is as it was' "$work/kiosk.log" || fail "it is not said, $where"
		else
			is_put_back && both_taps_are_aside || fail "neither the one log nor the other, $where"
			done=$((done + 1))
			[ $noted = no ] || grep -q 'cut while a backup was put back. It stands in its place; what was here is kept as attendance.db.aside-' "$work/kiosk.log" ||
				fail "it is not said, $where"
		fi
	done
done
[ $undone -gt 5 ] && [ $done -gt 2 ] || fail "cut $undone times before it and $done times after: the story shows little"

LINKS=

# As asked on the page: the kiosk puts it back when it starts, once.
cuts=0
for step in rename link unlink; do
	n=0
	while n=$((n + 1)) && from asked && cut $step $n incheckpaal-kiosk; do
		starts page
		is_put_back && both_taps_are_aside || fail "not put back once, $where"
		cuts=$((cuts + 1))
	done
done
[ $cuts -gt 5 ] || fail "cut $cuts times: the story shows little"

# After damage.
cuts=0
for step in rename link; do
	n=0
	while n=$((n + 1)) && from damaged && cut $step $n incheckpaal-kiosk; do
		starts rescue
		is_put_back || fail "not rescued, $where"
		cmp "$work/damaged/attendance.db" "$(asides)" || fail "the damaged file was touched, $where"
		grep -q 'the log was damaged\|the power was cut while a backup was put back' "$work/kiosk.log" || fail "it is not said, $where"
		cuts=$((cuts + 1))
	done
done
[ $cuts -gt 2 ] || fail "cut $cuts times: the story shows little"

# A log that is gone altogether.
from before
rm "$data"/attendance.db*
touch "$data/attendance.db.lock"
call=rm nth=0
starts removal
grep -q 'the log was gone. attendance-2026-11-24.db was put back with [01] taps' "$work/kiosk.log" || fail "it is not said: $(cat "$work/kiosk.log")"
