#!/bin/sh
# A badge left on the reader is one tap, and so it stays when the reader process dies under it; two badges 100 ms apart are two.
. tests/story/lib.sh
rest=${PROVE:+600}
all_up
say put here ntag213 uid=$ada > /dev/null
until_true 5 log_grew_to 1
sleep "${rest:-3}"
[ "$(log_lines)" = 1 ] || fail "a resting badge made $(log_lines) taps"
kill -9 "$(pgrep -P "$kiosk_pid" -f incheckpaal-reader)"
sleep 2
screen_is idle
[ "$(log_lines)" = 1 ] || fail "a resting badge made $(log_lines) taps when the reader came back"
say remove here > /dev/null
until_true 5 field_is_empty
sleep 2

before=$(shown_count)
say tap ntag213 uid=$bram ms=90 > /dev/null
sleep 0.1
say tap ntag213 uid=$chris ms=200 > /dev/null
until_true 5 more_shown_than $((before + 1))
kiosk_down
[ "$(log_lines)" = 3 ] || fail "the log has $(log_lines) lines, not 3"
