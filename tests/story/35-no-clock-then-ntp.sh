#!/bin/sh
# With the clock at 1970 everybody is checked in and the screen says why; when NTP arrives two days later the export shows the true times and the raw ones.
. tests/story/lib.sh
clock_is $((-$(date +%s) * 1000 + 5000)) none
all_up
tap $ada checked-in
attendance | grep -q ',1970-01-01T.*,none,1970-01-01T' || fail "untrusted: $(attendance)"
clock_is $(((noon + 2 * 86400 - $(date +%s)) * 1000)) ntp
clock_trusted() { attendance | grep -q ',2026-11-26T13:.*,ntp,1970-01-01T'; }
until_true 5 clock_trusted
kiosk_down
verified
