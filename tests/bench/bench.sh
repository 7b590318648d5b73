#!/bin/sh
# The limits of the design that can be measured by now, as counts and ratios. ROWS=1000000 is the design's size.
set -eu
rows=${ROWS:-100000}
BIN=$(realpath "$BIN") OUT=$(realpath "$OUT")
export BIN OUT INCHECKPAAL_FONTS="$PWD/build/fonts" SDL_VIDEODRIVER=dummy
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/incheckpaal-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
cc -shared -fPIC -D_GNU_SOURCE -O2 tests/bench/preload/slow_sync.c -o "$OUT/slow_sync.so"

"$OUT/frame-bench"
"$OUT/commit-bench" "$work" "$rows" 4000
SDL_AUDIODRIVER=dummy "$OUT/sound-bench"
sh tests/bench/sound.sh

sh tests/bench/names.sh
TAPS=60 sh tests/bench/motion.sh

# With the log and the list of the design's size, quiet and under load.
export LOGGED="$rows" LISTED=$((rows / 10))
set -- $(sh tests/bench/latency.sh)
quiet=$2
echo "badge in the field to accepted frame: p50 $1 ms, p99 $2 ms (limit 100), $3 taps, real baud and radio times, 5 ms fsync"
set -- $(LOAD=1 sh tests/bench/latency.sh)
echo "the same while $LOGGED taps are exported and $LISTED people imported: p99 $2 ms, $(echo "$2 $quiet" | awk '{ printf "%.2f", $1 / $2 }')x quiet (limit 1.2)"
set -- $(ROWS=$rows sh tests/bench/start.sh)
echo "from the start after a kill to the first tap kept, $rows taps and badges: median $1 ms, at most $2 ms of $3 (limit 300)"
set -- $(ROWS=$rows sh tests/bench/purge.sh)
echo "a tap while what was left of a forgotten name is wiped, $rows taps: seen to kept median $1 ms, at most $2 ms of $3"

set -- $(PAGE="$work/page" PAGE_SECONDS=30 sh tests/bench/latency.sh)
echo "the same while 50 clients poll the page and 1000 hold it open: p99 $2 ms, $(echo "$2 $quiet" | awk '{ printf "%.2f", $1 / $2 }')x quiet (limit 1.2)"
set -- $(cat "$work/page")
echo "the page meanwhile: p50 $1 ms, p99 $2 ms (limit 50), $3 answers, $4 failed, $5 connections held; resident $(($7 / 1024)) MB (limit 15), at most $(($6 / 1024)) MB"

ROWS=$rows sh tests/bench/page_log.sh

# seconds and peak kilobytes of a command
measure() { /usr/bin/env time -f '%e %M' "$@" 2>&1 > /dev/null | tail -1; }
# The same columns by one query of sqlite3, the bare rows of the table, and our own export; and that of an empty log.
database="file:$work/attendance.db?mode=ro"
mkdir "$work/none" && "$BIN/incheckpaal" --data "$work/none" init > /dev/null
set -- $(measure sqlite3 -csv "$database" "$(cat tests/bench/attendance.sql)") $(measure sqlite3 -csv "$database" "SELECT * FROM tap ORDER BY seq") \
	$(measure "$BIN/incheckpaal" --data "$work" export attendance) $(measure "$BIN/incheckpaal" --data "$work/none" export attendance)
echo "$*" | awk -v rows="$rows" '{ printf "csv of %d taps: %.2fx the sqlite3 command line on the same query (limit 0.7), %.2fx its bare rows; resident %+.1f MB over an empty log (limit +4), %+.1f MB over sqlite3\n", rows, $5 / $1, $5 / $3, ($6 - $8) / 1024, ($6 - $2) / 1024 }'

"$OUT/participation-bench" "$work" "${TAPS_COUNTED:-$rows}"
set -- $(measure "$OUT/workbook-bench" bare "$rows" "$work/bare.xlsx") $(measure "$OUT/workbook-bench" ours "$rows" "$work/ours.xlsx")
echo "$*" | awk -v rows="$rows" '{ printf "xlsx of %d rows: %.2fx a bare libxlsxwriter program (limit 1.2), %.1f MB resident (limit 20)\n", rows, $3 / $1, $4 / 1024 }'
