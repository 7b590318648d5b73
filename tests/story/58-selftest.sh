#!/bin/sh
# A self-test goes through reader, decision, log and screen, says which part fails, and checks nobody in.
. tests/story/lib.sh
all_up
tap $ada checked-in
incheckpaal export attendance > "$work/before"
LC_ALL=C incheckpaal selftest > "$work/said" || fail "all is well, but it says: $(cat "$work/said")"
[ "$(cat "$work/said")" = "$(printf 'reader: ok\ndecision: ok\nlog: ok\nscreen: ok')" ] || fail "$(cat "$work/said")"
screen_is identify
rehearsed=$(sqlite3 -readonly "$data/attendance.db" "SELECT value FROM kiosk_setting WHERE name = 'rehearsed_ms'")
[ "${rehearsed:-0}" -gt 0 ] || fail "nothing was kept"
incheckpaal export attendance > "$work/after"
cmp "$work/before" "$work/after" || fail "the log changed"
# The next tap has the next number, and the counters agree.
tap $bram checked-in
[ "$(log_lines)" = 2 ] || fail "the log has $(log_lines) lines, not 2"
incheckpaal report participation --recount > "$work/report" 2>&1 || fail "$(cat "$work/report")"
grep -qi 'differ' "$work/report" && fail "$(cat "$work/report")"

say unplug > /dev/null
until_true 8 status_has '"state":"absent"'
status=0
LC_ALL=nl_NL.UTF-8 incheckpaal selftest > "$work/said" || status=$?
[ $status = 1 ] && grep -q 'lezer: antwoordt niet' "$work/said" && grep -q 'logboek: ok' "$work/said" || fail "$status: $(cat "$work/said")"
kiosk_down
verified
status=0
incheckpaal selftest > "$work/said" 2>&1 || status=$?
[ $status = 1 ] || fail "without a kiosk it says $status: $(cat "$work/said")"
