#!/bin/sh
# Every exported file carries a signature that minisign checks too; whatever is changed in it afterwards is found, and the row is named.
. tests/story/lib.sh
all_up
for uid in $ada $bram $chris $dewi $stranger; do tap "$uid" "$([ "$uid" = $stranger ] && echo unknown || echo checked-in)"; done
kiosk_down
key=$(incheckpaal status | sed -n 's/^public key *//p')
[ "${#key}" = 56 ] || fail "status shows no public key: $key"
incheckpaal status --json | grep -q "\"public_key\":\"$key\"" || fail "nor does its JSON"

genuine() {
	incheckpaal verify "$1" > "$work/said" 2>&1 || fail "$1: $(cat "$work/said")"
	grep -q "$2" "$work/said" || fail "$1: $(cat "$work/said")"
}
# found PATTERN FILE: verify fails and says so.
found() {
	status=0
	incheckpaal verify "$2" > "$work/out" 2> "$work/said" || status=$?
	[ $status = 1 ] && grep -q -e "$1" "$work/said" || fail "$2: status $status, $(cat "$work/said"), not $1"
}
head=$(incheckpaal verify | sed -n 's/^head //p')
for format in csv csv-excel json; do
	file=$work/log.$format
	incheckpaal export attendance --format $format --personal -o "$file"
	minisign -Vm "$file" -P "$key" > "$work/minisign" || fail "$format: $(cat "$work/minisign")"
	grep -q "^Trusted comment: incheckpaal attendance whole=yes rows=5 from=2026-11-24T.* log=.* taps=5 head=$head\$" "$work/minisign" ||
		fail "$format: $(cat "$work/minisign")"
	genuine "$file" 'genuine and unchanged'
	sed 's/Bram/Brom/' "$file" > "$work/other"
	cp "$file.minisig" "$work/other.minisig"
	minisign -qVm "$work/other" -P "$key" 2> /dev/null && fail "minisign takes a changed file"
	found 'tap 2 of log .*: name is not what the log says' "$work/other"
	grep -q 'changed after it was signed' "$work/said" || fail "$(cat "$work/said")"
	mv "$work/other.minisig" "$work/none"
	found 'tap 2 of log .*: name' "$work/other"
	genuine "$file" 'It does not prove who held a badge'
	rm "$file.minisig"
	genuine "$file" '5 rows, each as the log here has it now, but no signature'
done

incheckpaal export attendance -o "$work/log.csv"
# changed NAME PATTERN COMMAND: what the command makes of the log is found out, with the log at hand and without.
changed() {
	"$3" < "$work/log.csv" > "$work/$1.csv"
	cp "$work/log.csv.minisig" "$work/$1.csv.minisig"
	found "$2" "$work/$1.csv"
	status=0
	"$BIN/incheckpaal" --data "$work/nowhere" verify --key "$key" "$work/$1.csv" > "$work/out" 2> "$work/said" || status=$?
	[ $status = 1 ] && grep -q 'changed after' "$work/said" || fail "$1, alone: $status $(cat "$work/said")"
}
without_third() { sed 4d; }
swapped() { sed -n '1,2p;3h;4{p;x;p};5,$p'; }
cut() { head -n 4; }
one_bit() { sed '3s/checked/chacked/'; }
twice() { sed '2p'; }
changed removed 'tap 3 .*should be here' without_third
changed swapped 'tap 2 .*should be here' swapped
changed tail 'tap 4 .*should be here' cut
changed bit 'tap 2 of log .*verdict is not' one_bit
changed doubled 'tap 1 of log .*no such tap' twice
# A selection is signed as one, and passes.
incheckpaal export attendance --session opening -o "$work/part.csv"
genuine "$work/part.csv" 'a selection'
LC_ALL=nl_NL.UTF-8 incheckpaal verify "$work/part.csv" | grep -q 'Dit bewijst dat er geen byte is veranderd' || fail "not in Dutch"
# Another kiosk's file: only with that kiosk's key.
"$BIN/incheckpaal" --data "$work/other-kiosk" init > /dev/null
status=0
"$BIN/incheckpaal" --data "$work/other-kiosk" verify "$work/part.csv" > /dev/null 2>&1 || status=$?
[ $status = 1 ] || fail "a stranger's signature was taken"
"$BIN/incheckpaal" --data "$work/other-kiosk" verify --key "$key" "$work/part.csv" | grep -q genuine || fail "not with its key"
incheckpaal correct 1 --reason 'not here' > /dev/null
genuine "$work/log.csv" 'genuine' # what was true when it was signed stays signed
