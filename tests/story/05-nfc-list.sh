#!/bin/sh
# Debian's own nfc-list and nfc-poll, unmodified, find every kind of simulated badge and read its number right.
set -eu
work=$(mktemp -d /tmp/incheckpaal-story.XXXXXX)
"$BIN/pn532" --link "$work/nfc" --control "$work/sock" &
pn532=$!
trap 'kill $pn532 2> /dev/null; rm -rf "$work"' EXIT
export LIBNFC_DEVICE="pn532_uart:$work/nfc"
say() { "$BIN/pn532" say "$work/sock" "$@"; }
tries=100
until [ -S "$work/sock" ] && [ -L "$work/nfc" ]; do
	tries=$((tries - 1))
	[ $tries -gt 0 ] || exit 1
	sleep 0.05
done

# sees KIND UID PATTERN: lays the badge down and looks for the pattern in what nfc-list says.
sees() {
	say put one "$1" "uid=$2" > /dev/null
	timeout 20 nfc-list 2> /dev/null | tr -s ' ' > "$work/said"
	grep -qi "$3" "$work/said" || { echo "$1 $2: no \"$3\" in:"; cat "$work/said"; exit 1; }
	say remove one > /dev/null
}
sees ntag213 04E47627C16BB9 'NFCID1.: 04 e4 76 27 c1 6b b9'
sees ntag215 04112233445566 'NFCID1.: 04 11 22 33 44 55 66'
sees ntag216 04112233445577 'NFCID1.: 04 11 22 33 44 55 77'
sees ultralight-ev1 04A1B2C3D4E5F6 'SAK (SEL_RES): 00'
sees classic1k 1A2B3C4D 'NFCID1.: 1a 2b 3c 4d'
sees desfire 04665544332211 'SAK (SEL_RES): 20'
sees ntag213 04112233445566778899 'NFCID1.: 04 11 22 33 44 55 66 77 88 99'
sees felica 0114223344556677 'NFCID2.: 01 14 22 33 44 55 66 77'
sees phone 08000000 'NFCID3.: 08'

say put one ntag213 uid=04E47627C16BB9 > /dev/null
timeout 30 nfc-poll 2> /dev/null | tr -s ' ' > "$work/said" &
poll=$!
sleep 2
say remove one > /dev/null
wait $poll || true
grep -qi 'NFCID1.: 04 e4 76 27 c1 6b b9' "$work/said" || { echo "nfc-poll said:"; cat "$work/said"; exit 1; }
