#!/bin/sh
# A wrong command or option changes nothing: one line names what was meant, and the status is 2.
. tests/story/lib.sh
incheckpaal init > /dev/null

# refused PATTERN WORDS...
refused() {
	pattern=$1
	shift
	status=0
	incheckpaal "$@" > "$work/out" 2> "$work/said" || status=$?
	[ $status = 2 ] || fail "$*: status $status, not 2"
	[ "$(wc -l < "$work/said")" = 1 ] || fail "$*: not one line: $(cat "$work/said")"
	[ ! -s "$work/out" ] || fail "$*: printed $(cat "$work/out")"
	grep -q -e "$pattern" "$work/said" || fail "$*: said $(cat "$work/said")"
}
refused 'did you mean "status"' statsu
refused 'did you mean "doctor"' dokter
refused 'link, block, organiser, list' badge
refused 'link, block, organiser, list' badge lost
refused 'no option --frobnicate' --frobnicate status
refused 'did you mean --format' export attendance --formt csv
refused 'format wants FORMAT' export attendance --format
refused 'json takes no value' status --json=yes
refused 'something is missing' badge block
refused 'one word too many' verify a b
refused 'no badge number' badge block 04A1B2
refused 'no number of a tap' correct twelve --reason x
refused 'needs --reason' correct 12
refused 'no manual page' manual cookery
grep -q 04A1B2 "$work/said" && fail "a badge's number was repeated"
incheckpaal --help | grep -q '^  doctor ' || fail "--help does not list the doctor"
incheckpaal help badge | grep -q 'badge block UID' || fail "help badge does not explain it"
incheckpaal help export attendance | grep -q -e '-o FILE, --output FILE' || fail "help export attendance"
incheckpaal correct --help | grep -q 'reason TEXT' || fail "correct --help"
incheckpaal --version | grep -q '^incheckpaal ' || fail "--version"
