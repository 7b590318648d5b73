#!/bin/sh
# Setting up says what was made and where, twice is fine, and a command before that says what to do first.
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
