#!/bin/sh
# On a full disk nobody is told "checked in": the screen says out of service, and when there is space again it recovers by itself with every tap.
. tests/story/lib.sh
. tests/story/web.sh
[ "$(id -u)" = 0 ] && mkdir -p "$data" && mount -t tmpfs -o size=4m tmpfs "$data" 2> /dev/null || exit 0
trap 'leave_mounted' EXIT
leave_mounted() {
	status=$?
	set +e
	[ -z "$kiosk_pid" ] || kill -9 "$kiosk_pid" 2> /dev/null
	[ -z "$web_pid" ] || kill -9 "$web_pid" 2> /dev/null
	sleep 0.2
	umount -l "$data" || true
	(exit $status)
	leave
}
all_up
tap $ada checked-in
web_start
signed_in
ask GET '/live?lang=nl' -H 'Accept: text/html' > /dev/null
page /kiosks 200; says '% gebruikt, .* MB vrij, laatst bewaard 24 november 13:3'
incheckpaal status | grep -q '^last kept *2026-11-24T13:3' || fail "status does not say when: $(incheckpaal status)"
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
status_has '"kept_ms":[1-9][0-9]*,"failed_since_ms":[1-9]' || fail "status does not say since when: $(incheckpaal status --json)"
incheckpaal status | grep -q '^writing fails since *2026-11-24T13:3' || fail "nor in words: $(incheckpaal status)"
storage_is() { ask GET /kiosks -H 'Accept: application/json' > /dev/null && [ "$(jq -r .storage "$work/body")" = "$1" ]; }
until_true 5 storage_is failed
jq -e '.kept and .storage_since and .kept <= .storage_since' "$work/body" > /dev/null || fail "$(cat "$work/body")"
page /kiosks 200; says 'schrijven mislukt sinds 24 november 13:3.*De kiosk neemt geen check-ins aan'
rm "$data/ballast"
screen_is idle
until_true 5 log_grew_to 5
status_has '"failed_since_ms":0' || fail "it still fails: $(incheckpaal status --json)"
until_true 5 storage_is low
web_down
kiosk_down
[ "$(log_lines)" = 5 ] || fail "the log has $(log_lines) lines, not 5"
verified
