#!/bin/sh
# The last room of the medium is for taps: a file for the page that would take it is refused, and nothing of it stays; a list of people still goes in.
. tests/story/lib.sh
. tests/story/web.sh
[ "$(id -u)" = 0 ] && mkdir -p "$data" && mount -t tmpfs -o size=70m tmpfs "$data" 2> /dev/null || exit 0
trap 'leave_mounted' EXIT
leave_mounted() {
	status=$?
	set +e
	[ -z "$web_pid" ] || kill -9 "$web_pid" 2> /dev/null
	sleep 0.2
	umount -l "$data" || true
	(exit $status)
	leave
}
prepare
web_start
signed_in
room() { df --output=avail -k "$data" | tail -n 1; }
before=$(room)
[ "$before" -gt 66000 ] || fail "only $before kB are free at the start"
head -c 10000000 /dev/zero > "$work/big"
page /settings 200
[ "$(ask POST /settings/restore -F "csrf=$csrf" -F "file=@$work/big" -H 'Accept: text/html')" = 503 ] || fail "taken: $(cat "$work/head")"
says 'bijna vol'
header_is Retry-After '[0-9]'
all_is_back() { [ "$(room)" -gt $((before - 1000)) ]; }
until_true 5 all_is_back
page /people/import 200
[ "$(ask POST /people/import -F "csrf=$csrf" -F "file=@$work/attendees.csv" -H 'Accept: text/html')" = 303 ] || fail "a list is refused: $(cat "$work/body")"
verified
