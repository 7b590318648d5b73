#!/bin/sh
# A known badge held to the reader is checked in on the screen, once, and stands in the exported log.
. tests/story/lib.sh
all_up
tap $ada checked-in
sleep 2.5 # one holding ends only when the badge was away for a while
tap $ada repeat
tap $stranger unknown
kiosk_down
[ "$(log_lines)" = 3 ] || fail "the log has $(log_lines) lines, not 3"
attendance --personal | sed -n 1p | grep -q 'Ingang,.*,Plenaire opening,opening,Grote zaal,.*,in,checked-in,yes,Hanzecode,company,ict-ecommerce,.*,Ada de Vries,' ||
	fail "the first line is $(attendance --personal | sed -n 1p)"
attendance | grep -q Ada && fail "a name stands in an export without --personal"
verified

# A badge's number is nowhere at rest and in no log line: not as text, not as bytes.
for uid in $ada $bram $stranger; do
	bytes=$(echo "$uid" | sed 's/../\\x&/g')
	grep -raiq "$uid" "$data" "$work/run" "$work/kiosk.log" "$work/trace" && fail "the number $uid stands somewhere"
	LC_ALL=C grep -raPq "$bytes" "$data" "$work/run" && fail "the bytes of $uid stand somewhere"
done
exit 0
