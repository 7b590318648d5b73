#!/bin/sh
# The doctor finds what is wrong, says what to do about it in two languages, and is content when all is well.
. tests/story/lib.sh
# finds STATUS PATTERN: the doctor's exit status and a line of his.
finds() {
	status=0
	incheckpaal doctor > "$work/said" 2>&1 || status=$?
	[ $status = "$1" ] || fail "status $status, not $1: $(cat "$work/said")"
	grep -q -e "$2" "$work/said" || fail "no \"$2\" in $(cat "$work/said")"
}
finds 1 'fault *data directory *there is no'
finds 1 '-> run "incheckpaal init"'
prepare
finds 1 'fault *reader .*nfc is not there'
reader_up
kiosk_up
finds 0 'ok *reader *ready for badges'
finds 0 'ok *log *0 taps'
finds 0 'ok *venue key'
finds 0 'ok *kiosk *running'
finds 0 'ok *clock .*(ntp)'
LC_ALL=nl_NL.UTF-8 incheckpaal doctor | grep -q 'in orde *lezer *klaar voor badges' || fail "not in Dutch"
chmod 644 "$data/venue.key"
finds 0 'warning *venue key .*others'
printf '[kiosk]\nmode = exit\n' > "$work/wrong"
status=0
"$BIN/incheckpaal" --config "$work/wrong" --data "$data" doctor > "$work/said" || status=$?
[ $status = 1 ] && grep -q 'fault *configuration .*wrong:2: ' "$work/said" || fail "$(cat "$work/said")"
say unplug > /dev/null
until_true 8 status_has '"state":"absent"'
finds 1 'fault *reader'
INCHECKPAAL_FONTS="$work/none" finds 1 'fault *fonts'
clock_is 0 none
finds 1 'warning *clock'

# A kernel that may not be asked about its clock vouches for nothing.
env -u INCHECKPAAL_CLOCK strace -f -qq -o /dev/null -e trace=adjtimex,clock_adjtime -e inject=adjtimex,clock_adjtime:error=EPERM \
	"$BIN/incheckpaal" --config "$work/conf" --data "$data" doctor > "$work/said" 2> /dev/null || true
grep -q ' clock ' "$work/said" || fail "no word on the clock: $(cat "$work/said")"
! grep -q '(ntp)' "$work/said" || fail "a refusal was taken for NTP: $(cat "$work/said")"
