#!/bin/sh
# A log of the first version is taken over with every tap, also by a program that is killed in the midst of it, again and again.
. tests/story/lib.sh
old_log() {
	rm -rf "$data"
	mkdir "$data"
	sqlite3 "$data/attendance.db" < tests/data/log-of-version-1.sql > /dev/null
}
version() { sqlite3 "$data/attendance.db" 'PRAGMA user_version'; }

old_log
begun=$(date +%s%N)
incheckpaal init > /dev/null || fail "the old log is not taken over"
lasted_ns=$(($(date +%s%N) - begun))
newest=$(version)
[ "$newest" -gt 1 ] || fail "it stayed at version 1"
incheckpaal export attendance > "$work/truth"
tail -n +2 "$work/truth" | cut -d , -f 2,13,14 | paste -sd ' ' - > "$work/said"
grep -qx '1,checked-in,yes 2,checked-in,no 3,unknown,yes 4,checked-in,yes 5,repeat,no' "$work/said" || fail "$(cat "$work/said")"
verified

# After each kill the next start goes on from where that one was.
i=0 midst=0
while [ $i -lt ${PROVE:+20}0 ] || [ $i -lt 20 ]; do
	old_log
	incheckpaal init > /dev/null 2>&1 &
	victim=$!
	sleep "$(awk -v ns=$lasted_ns -v seed=$i$$ 'BEGIN { srand(seed); print rand() * ns / 1e9 }')"
	pkill -9 -P $victim || kill -9 $victim 2> /dev/null || true
	wait $victim 2> /dev/null || true
	reached=$(version)
	[ "$reached" = 1 ] || [ "$reached" = "$newest" ] || midst=$((midst + 1))
	incheckpaal init > /dev/null || fail "killed at version $reached, and no start after it"
	incheckpaal export attendance | cmp - "$work/truth" || fail "killed at version $reached, and another log"
	i=$((i + 1))
done
verified
echo "$i kills, $midst of them between the first version and the newest"
