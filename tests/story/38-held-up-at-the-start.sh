#!/bin/sh
# A reader that had to wait for the processor while it opened learns from quieter looks, and rests as one that did not.
. tests/story/lib.sh
case $BIN in */tsan/*) exit 0 ;; esac # its own watcher thread wakes too
all_up
reader=$(pgrep -P "$kiosk_pid" -f incheckpaal-reader)
wakeups() { cat /proc/"$reader"/task/*/status | awk '/^voluntary_ctxt_switches/ { n += $2 } END { print n }'; }
say unplug > /dev/null
until_true 10 status_has '"state":"absent"'
while :; do
	kill -STOP "$reader"
	sleep 0.15
	kill -CONT "$reader"
	sleep 0.002
done &
nuisance=$!
say plug > /dev/null
until_true 20 status_has '"state":"up"'
kill "$nuisance"
wait "$nuisance" || true
kill -CONT "$reader"
sleep 2
seconds=6
before=$(wakeups)
sleep $seconds
rate=$((($(wakeups) - before) / seconds))
[ $rate -le 10 ] || fail "the reader woke $rate times a second"
tap $ada checked-in
kiosk_down
