#!/bin/sh
# systemd is told that the kiosk is ready after its first picture, and hears no more of it when clerk or screen hangs; a reader that keeps dying is no hang.
. tests/story/lib.sh
command -v python3 > /dev/null || exit 0
case $BIN in */tsan/*) exit 0 ;; esac # it attaches to the threads itself
NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=4000000
export NOTIFY_SOCKET WATCHDOG_USEC
python3 tests/notified.py "$NOTIFY_SOCKET" > "$work/notified" &
listener=$! hanger=
trap 'leave_all' EXIT
leave_all() {
	status=$?
	set +e
	kill "$listener" $hanger 2> /dev/null
	(exit $status)
	leave
}
until_true 5 test -S "$NOTIFY_SOCKET"
said() { grep -c "^$1" "$work/notified" || true; }
said_more_than() { [ "$(said "$1")" -gt "$2" ]; }
fed_again() {
	before=$(said WATCHDOG=1)
	until_true 10 said_more_than WATCHDOG=1 "$before"
}

reader_up
prepare
kiosk_up
until_true 10 said_more_than READY=1 0
grep -q 'first picture after' "$work/kiosk.log" || fail "ready before the first picture"
fed_again

# hang COMM: two of systemd's periods without food.
hang() {
	thread=$(grep -lx "$1" /proc/"$kiosk_pid"/task/*/comm | cut -d / -f 5)
	python3 tests/hang.py "$thread" > "$work/hung" 2> "$work/hang.log" &
	hanger=$!
	until_true 5 grep -q hung "$work/hung"
	sleep 1
	before=$(said WATCHDOG=1)
	sleep 3
	[ "$(said WATCHDOG=1)" = "$before" ] || fail "$1 hangs and systemd is told that all is well"
	kill $hanger
	wait $hanger 2> /dev/null || true
	hanger=
	fed_again
}
hang clerk
hang incheckpaal-kio

tap $ada checked-in
kiosk_down

# Another kiosk would not help a reader that can not even start.
mkdir "$work/bin"
cp "$BIN/incheckpaal-kiosk" "$work/bin"
ln -s /bin/false "$work/bin/incheckpaal-reader"
before=$(said READY=1) programs=$BIN BIN=$work/bin
kiosk_start
BIN=$programs
until_true 30 said_more_than READY=1 "$before"
fed_again
fed_again
kiosk_down
