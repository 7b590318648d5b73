#!/bin/sh
# tests/story/62-close-an-event.sh: an event with people in is not closed before they are out
. tests/story/lib.sh
. tests/story/web.sh
configure kiosk tap_out yes
configure kiosk guard_s 1
all_up
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
tap "$ada" checked-in
tap "$bram" checked-in
event=$(sqlite3 "$data/attendance.db" 'SELECT id FROM event')
# in_is COUNT: as Live and the list of people say.
in_is() {
	ask GET /live -H 'Accept: application/json' > /dev/null; says "\"in_now\":$1,"
	ask GET /people -H 'Accept: application/json' > /dev/null; says "\"in\":$1,"
}
in_is 2
page /events 200
send "/events/$event/close" 409; says '2 mensen'
page /events 200
grep -q 'afgesloten' "$work/body" && fail "an event with people in was closed"
sleep 1.5
tap "$ada" checked-out
in_is 1
page /events 200
send "/events/$event/close" 409; says '1 '
grep -q '1 mensen' "$work/body" && fail "one is said as many"
tap "$bram" checked-out
in_is 0
page /events 200
send "/events/$event/close" 303
page /events 200; says 'afgesloten'
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
kiosk_down
