#!/bin/sh
# tests/story/64-backup-that-waits.sh: a backup that was handed over while the clock stood months behind waits on when the network says what time it is, for a day
. tests/story/lib.sh
. tests/story/web.sh
# day NUMBER GRADE: so many days from the event.
day() { clock_is $(((noon + $1 * 86400 - $(date +%s)) * 1000)) "$2"; }
day -60 none
all_up
web_start
signed_in
page /settings 200
send /settings/backup 200 'backup_pw=een heel ander geheim'
cp "$work/body" "$work/safe"
page /settings 200
got=$(ask POST /settings/restore -H 'Accept: text/html' -F "csrf=$csrf" -F "backup=@$work/safe" -F 'restore_pw=een heel ander geheim')
[ "$got" = 303 ] || fail "$got: $(cat "$work/body")"
day 0 ntp
page /settings 200
page /settings/restore 200
known() { [ "$(sqlite3 "$data/attendance.db" 'SELECT count(*) FROM anchor WHERE grade = 3')" -gt 0 ]; }
until_true 20 known
page /settings 200
page /settings/restore 200
day 2 ntp
page /settings 200
page /settings/restore 404
[ "$(ls "$data/restore")" = '' ] || fail "left: $(ls "$data/restore")"
