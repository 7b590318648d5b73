#!/bin/sh
# On a full disk nobody is told "checked in": the screen says out of service, and when there is space again it recovers by itself with every tap.
. tests/story/lib.sh
[ "$(id -u)" = 0 ] && mkdir -p "$data" && mount -t tmpfs -o size=4m tmpfs "$data" 2> /dev/null || exit 0
trap 'leave_mounted' EXIT
leave_mounted() {
	status=$?
	[ -z "$kiosk_pid" ] || kill -9 "$kiosk_pid" 2> /dev/null
	sleep 0.2
	umount -l "$data" || true
	(exit $status)
	leave
}
all_up
tap $ada checked-in
dd if=/dev/zero of="$data/ballast" bs=4k 2> /dev/null || true
before=$(shown_count)
for uid in $bram $chris $dewi $eva; do # the WAL may have room for one or two more
	say tap ntag213 uid=$uid ms=250 > /dev/null
	sleep 0.6
done
screen_is out
shown=$(grep -c '"shown","verdict":"checked-in"' "$work/trace")
[ "$(attendance | grep -c checked-in)" = "$shown" ] || fail "$shown shown as checked in, the log has $(attendance | grep -c checked-in)"
status_has '"faults":\["storage"\]' || fail "status does not tell of the fault"
rm "$data/ballast"
screen_is idle
until_true 5 log_grew_to 5
kiosk_down
[ "$(log_lines)" = 5 ] || fail "the log has $(log_lines) lines, not 5"
verified
