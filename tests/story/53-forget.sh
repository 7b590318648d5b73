#!/bin/sh
# One attendee is shown everything that is held, and forgotten everywhere when asked: names leave every file, the counts stay.
. tests/story/lib.sh
all_up
tap $stranger unknown
tap $ada checked-in
kiosk_down
incheckpaal badge link $stranger 'Eva Öztürk' > /dev/null
incheckpaal attendee show 'Eva Öztürk' > "$work/said"
for line in '^given name *Eva' '^e-mail *eva@' '^kept until *2026-12-22$' '^badge ' '^tap .*tap 1 '; do
	grep -q "$line" "$work/said" || fail "no $line in $(cat "$work/said")"
done
mkdir -p "$data/backup"
incheckpaal backup "$data/backup/attendance-2026-11-20.db" > /dev/null
attendance > "$work/before"
grep -rqa 'ztürk' "$data" || fail "the name was never there"
incheckpaal attendee forget 'Eva Öztürk' > "$work/said"
grep -q 'is forgotten.*the counts stay' "$work/said" || fail "$(cat "$work/said")"
grep -rla -e 'ztürk' -e 'eva@voorbeeld' "$data" && fail "a trace is left"
attendance | cmp - "$work/before" || fail "the counts changed: $(attendance)"
incheckpaal attendee show 'Eva Öztürk' > /dev/null 2>&1 && fail "she is still found"
incheckpaal badge list | grep -q Eva && fail "her badge still bears her name"
incheckpaal verify "$data/backup/attendance-2026-11-20.db" > /dev/null || fail "the backup was spoilt"
grep -rqa 'Vries' "$data" || fail "somebody else was forgotten too"
verified
reader_again=$stranger
kiosk_up
tap "$reader_again" unknown
LC_ALL=nl_NL.UTF-8 incheckpaal attendee forget 'Ada de Vries' > "$work/said" || fail "$(cat "$work/said")"
grep -q 'is vergeten' "$work/said" && grep -q 'zodra het rustig is' "$work/said" || fail "$(cat "$work/said")"
