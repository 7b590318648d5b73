#!/bin/sh
# With nobody there the kiosk draws no frame, and no process wakes more than ten times a second.
. tests/story/lib.sh
case $BIN in */tsan/*) exit 0 ;; esac # its own watcher thread wakes too
all_up
sleep 2
frames() { incheckpaal status --json | sed 's/.*"frames":\([0-9]*\).*/\1/'; }
wakeups() { cat /proc/"$1"/task/*/status | awk '/^voluntary_ctxt_switches/ { n += $2 } END { print n }'; }
reader=$(pgrep -P "$kiosk_pid" -f incheckpaal-reader)
seconds=8
frames_before=$(frames) kiosk_before=$(wakeups "$kiosk_pid") reader_before=$(wakeups "$reader")
sleep $seconds
drawn=$(($(frames) - frames_before))
kiosk_rate=$((($(wakeups "$kiosk_pid") - kiosk_before) / seconds))
reader_rate=$((($(wakeups "$reader") - reader_before) / seconds))
# A minute may turn while we look: that is one frame.
[ $drawn -le 1 ] || fail "$drawn frames were drawn"
[ $kiosk_rate -le 10 ] || fail "the kiosk woke $kiosk_rate times a second"
[ $reader_rate -le 10 ] || fail "the reader woke $reader_rate times a second"
kiosk_down
