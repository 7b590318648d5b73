#!/bin/sh
# A day by which names would be erased is not taken from the page unasked: how many is said first.
. tests/story/lib.sh
. tests/story/web.sh
reader_up
prepare
clock_is $(((noon - 3600 - $(date +%s)) * 1000)) none
kiosk_up
web_start
signed_in
ask GET '/settings?lang=nl' -H 'Accept: text/html' > /dev/null
page /settings 200
send /settings/clock 422 do=typed clock_day=2026-12-24 clock_time=13:40; says 'bewaartermijn van 5 mensen'; says 'name="clock_sure"'
send /settings/clock 303 do=typed clock_day=2026-11-24 clock_time=13:40
until_true 5 status_has '"grade":"human"'
kept() { [ "$(sqlite3 "$data/attendance.db" 'SELECT count(*) FROM attendee WHERE forgotten_ms IS NULL')" = "$1" ]; }
kept 5 || fail "names are gone"
page /settings 200
send /settings/clock 303 do=typed clock_day=2026-12-24 clock_time=13:40 clock_sure=1
kiosk_down
kiosk_up
until_true 20 kept 0
kiosk_down
web_down
