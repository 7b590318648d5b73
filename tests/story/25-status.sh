#!/bin/sh
# Status tells of the running kiosk, in words and as JSON, and reads the file when there is none.
. tests/story/lib.sh
prepare
incheckpaal status > "$work/words"
grep -q '^kiosk *not running' "$work/words" && grep -q '^attendees *5' "$work/words" || fail "$(cat "$work/words")"
LC_ALL=nl_NL.UTF-8 incheckpaal status | grep -q '^kiosk *draait niet' || fail "not in Dutch"
status_has '"running":false' || fail "JSON: $(incheckpaal status --json)"
reader_up
kiosk_up
tap "$ada" checked-in
incheckpaal status > "$work/words"
grep -q '^kiosk *running' "$work/words" || fail "$(cat "$work/words")"
grep -q '^reader *ready for badges' "$work/words" || fail "$(cat "$work/words")"
grep -q '^taps *1$' "$work/words" || fail "$(cat "$work/words")"
status_has '"ok":true.*"last_seq":1' || fail "JSON: $(incheckpaal status --json)"
say unplug > /dev/null
until_true 8 sh -c "'$BIN/incheckpaal' --config '$work/conf' --data '$data' status | grep -q 'not connected'"
