#!/bin/sh
# The log is copied to a stick with checksums, twice if asked twice; what goes wrong is said, and leaves nothing half.
. tests/story/lib.sh
all_up
tap "$ada" checked-in
tap "$stranger" unknown
kiosk_down
mkdir "$work/stick"
incheckpaal export stick "$work/stick" | grep -q 'may be pulled out' || fail "not said"
incheckpaal export stick "$work/stick" > /dev/null
[ "$(find "$work/stick" -name SHA256SUMS | wc -l)" = 2 ] || fail "the second copy took the first one's place"
for folder in "$work"/stick/*; do
	(cd "$folder" && sha256sum --quiet -c SHA256SUMS) || fail "a checksum does not hold"
	attendance | cmp - "$(tail -n +2 "$folder/attendance.csv" > "$work/rows"; echo "$work/rows")" || fail "another log"
	grep -q '"seq": *2' "$folder/attendance.json" || fail "the JSON has not both taps"
done
! grep -rq -e 'Ada' -e '@voorbeeld' "$work/stick" || fail "names went to the stick"

# refused WORDS DIR
refused() {
	! incheckpaal export stick "$2" > "$work/said" 2>&1 || fail "copied to $2"
	grep -q "$1" "$work/said" || fail "$2: said $(cat "$work/said")"
	[ ! -d "$2" ] || [ -z "$(find "$2" -mindepth 1 -name 'incheckpaal-*')" ] || fail "half a copy stays"
}
refused 'No such file' "$work/nowhere"
# A real file system of its own, where we may mount one: a full one, and one that can only be read.
mkdir "$work/full"
if mount -t tmpfs -o size=16k none "$work/full" 2> /dev/null; then
	trap 'umount "$work/full"; leave' EXIT
	head -c 12k /dev/zero > "$work/full/other" || true
	refused 'the stick is full' "$work/full"
	mount -o remount,ro "$work/full"
	refused 'protected against writing' "$work/full"
fi
