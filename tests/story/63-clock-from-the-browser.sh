#!/bin/sh
# tests/story/63-clock-from-the-browser.sh: without a network an organiser sets the clock from the page; earlier taps get the true time, and it outlives the kiosk
. tests/story/lib.sh
. tests/story/web.sh
clock_is $((-$(date +%s) * 1000 + 5000)) none
all_up
web_start
signed_in
ask GET '/settings?lang=nl' -H 'Accept: text/html' > /dev/null
tap "$ada" checked-in
page /live 200; says '<div data-part="clock"><div class="note warn">.*De klok van de kiosk staat nog niet gelijk'; says '/settings#clock'
says 'nw">±[^0-9]*0'; says 'Het drukst was het tussen ±.*en ±'; says '± De klok stond nog niet gelijk toen 1 van hen kwam'
ada_id=$(sqlite3 "$data/attendance.db" "SELECT id FROM attendee WHERE given_name = 'Ada'")
page "/people/$ada_id" 200; says '<b class="nw">±[^0-9]*0'; says '± De klok van de kiosk stond nog niet gelijk'
page /settings 200
send /settings/clock 422 clock_day=gisteren clock_time=13:30; says 'Dit is geen datum'
send /settings/clock 422 clock_day=2036-11-24 clock_time=13:30; says 'meer dan 30 dagen'
send /settings/clock 303 do=device now=$((noon + 5000 * 60))000
is_human() { attendance | grep -q ',2026-11-2.*,human,1970-01-01T'; }
send /settings/clock 303 do=typed clock_day=2026-11-24 clock_time=13:40
until_true 5 is_human
attendance | grep -q ',2026-11-24T13:[34].*,human,1970-01-01T' || fail "the tap of before has another time: $(attendance)"
# It is decided again, and its page says why in the organiser's language.
ada_tap_moved() { [ "$(sqlite3 "$data/attendance.db" 'SELECT count(*) FROM correction WHERE seq = 1')" = 1 ]; }
until_true 30 ada_tap_moved
page "/people/$ada_id" 200; says 'De tijd werd bekend'
grep -q '±' "$work/body" && fail 'the person page says that a time is off which was repaired'
page /live 200; says 'Ada de Vries'
grep -q '±' "$work/body" && fail 'a time that was repaired is said to be off'
page /settings 200; says '24 november 13:4'
until_true 5 status_has '"grade":"human"'

# Another kiosk process and another page of this boot know it too.
kiosk_down
web_down
kiosk_up
web_start
status_has '"grade":"human"' || fail "the kiosk forgot what time it is"
page /settings 200; says '24 november 13:4'
sleep 1
tap "$bram" checked-in
attendance | grep 'bram\|IJsselzorg' | grep -q ',2026-11-24T13:.*,human,2026-11-24T13:' || fail "a new tap is not timed by it: $(attendance)"
# The network knows better.
clock_is $(((noon - $(date +%s)) * 1000)) ntp
page /settings 200
send /settings/clock 422 clock_day=2026-11-24 clock_time=15:00; says 'loopt al gelijk'
# The screen can be told to say which kiosk it is.
page /kiosks 200
send /kiosks/1/identify 303
screen_is identify
# What the kiosk says of itself, without names; and it is started again, asked first.
[ "$(ask GET /kiosks/1/log -H 'Accept: */*')" = 200 ]; header_is Content-Disposition '.*kiosk.txt'; says '"readers"'
grep -q 'de Vries' "$work/body" && fail "a name stands in the report"
page /kiosks/2/restart 404
page /kiosks/1/restart 200; says 'opnieuw starten?'
send /kiosks/1/restart 303
restarting=$(tr -d '\r' < "$work/head" | sed -n 's/^Location: //p')
page "$restarting" 200; says 'De kiosk start opnieuw'; says 'data-stream="/kiosks/1/restart/stream?since='
curl -skN --max-time 60 -b "$work/jar" "$web/$(grep -o 'kiosks/1/restart/stream?since=[0-9]*' "$work/body")" > "$work/stream" &
stream_pid=$!
until_true 10 grep -q 'event: beat' "$work/stream"
until_true 10 sh -c "! kill -0 $kiosk_pid 2> /dev/null"
wait "$kiosk_pid" || fail "the kiosk left with status $?"
page /kiosks/1/restart 200
send /kiosks/1/restart 503
[ "$(ask GET /kiosks/1/log -H 'Accept: */*')" = 503 ]
page "$restarting" 200
! grep -q 'event: go' "$work/stream" || fail 'the page goes on without a kiosk'
# Once it is back whoever waits goes on, by the stream or by loading the page again.
kiosk_up
until_true 10 grep -q '"path":"/kiosks"' "$work/stream"
kill "$stream_pid" 2> /dev/null || true
page "$restarting" 303; header_is Location /kiosks
[ "$(sqlite3 "$data/attendance.db" "SELECT count(*) FROM audit WHERE act = 'clock-set'")" = 2 ]
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
kiosk_down
verified
