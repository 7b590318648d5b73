#!/bin/sh
# systemd is told that the kiosk is ready after its first picture, and hears no more of it when clerk or screen hangs; a reader that keeps dying is no hang.
. tests/story/lib.sh
command -v python3 > /dev/null || exit 0
case $BIN in */tsan/*) exit 0 ;; esac # it attaches to the threads itself
NOTIFY_SOCKET=$work/notify WATCHDOG_USEC=4000000
export NOTIFY_SOCKET
python3 tests/notified.py "$NOTIFY_SOCKET" > "$work/notified" &
listener=$! hanger=
trap 'kill $listener $hanger 2> /dev/null; leave' EXIT
until_true 5 test -S "$NOTIFY_SOCKET"
said() { grep -c "^$1" "$work/notified" || true; }
said_more_than() { [ "$(said "$1")" -gt "$2" ]; }
fed_again() {
	before=$(said WATCHDOG=1)
	until_true 10 said_more_than WATCHDOG=1 "$before"
}

reader_up
prepare
export WATCHDOG_USEC
kiosk_up
unset WATCHDOG_USEC
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

# Another kiosk would not help a reader that dies at each start.
i=0
before=$(said WATCHDOG=1)
while [ $i -lt 30 ]; do
	pkill -9 -P "$kiosk_pid" incheckpaal-rea || true
	sleep 0.2
	i=$((i + 1))
done
said_more_than WATCHDOG=1 $((before + 1)) || fail "a reader that dies starves the watchdog"
until_true 10 status_has '"state":"up"'
tap $ada checked-in
kiosk_down
