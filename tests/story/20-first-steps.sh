#!/bin/sh
# Setting up says what was made and where and how long names are kept, twice is fine, and a command before that says what to do first.
. tests/story/lib.sh
status=0
incheckpaal badge list > /dev/null 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'incheckpaal init' "$work/said" || fail "without a log: $(cat "$work/said")"
incheckpaal init > "$work/first"
incheckpaal init > "$work/second"
grep -q "^made .*$data/attendance.db" "$work/first" || fail "first: $(cat "$work/first")"
grep -q "^made .*$data/venue.key" "$work/first" || fail "first: $(cat "$work/first")"
[ "$(grep -c '^already there' "$work/second")" = 3 ] || fail "second: $(cat "$work/second")"
[ "$(stat -c %a "$data/venue.key")" = 640 ] || fail "others can read the venue key"
incheckpaal verify | grep -q 'taps 0' || fail "a new log does not verify"
# How long names are kept: the default is said, an option is written down, a terminal is asked until it answers.
grep -q '^names kept *28 days .*the default' "$work/first" || fail "$(cat "$work/first")"
configure reader connection auto
incheckpaal init --keep-names-days 14 > "$work/said" || fail "$(cat "$work/said")"
grep -q '^names kept *14 days' "$work/said" && grep -qx 'keep_names_days = 14' "$work/conf" || fail "$(cat "$work/conf")"
status=0
incheckpaal init --keep-names-days 0 > /dev/null 2> "$work/said" || status=$?
[ $status = 2 ] && grep -q '1 to 3650' "$work/said" || fail "$status $(cat "$work/said")"
incheckpaal init | grep -q "^names kept *14 days .*by $work/conf" || fail "the second time"
sed -i '/keep_names_days/d' "$work/conf"
printf 'soon\n21\n' | LC_ALL=nl_NL.UTF-8 script -qec "'$BIN/incheckpaal' --config '$work/conf' --data '$data' init" /dev/null > "$work/said" || fail "$(cat "$work/said")"
[ "$(grep -c 'Na hoeveel dagen' "$work/said")" = 2 ] && grep -q 'namen bewaard *21 dagen' "$work/said" || fail "$(cat "$work/said")"
grep -qx 'keep_names_days = 21' "$work/conf" || fail "$(cat "$work/conf")"
