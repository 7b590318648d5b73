#!/bin/sh
# Runs what is already built: unit tests, self-tests, screens, stories. Closes with one line of counts.
# BIN, OUT: where the programs and the testers lie. STORIES: a pattern; only the stories it fits, and no testers. TESTERS=threads:
# the tester that runs threads with them.
# JOBS: how many at a time, default twice the cores, since a story mostly waits for its programs.
# `check.sh one NAME SECONDS COMMAND...` is what the jobs run.
set -u

# What it printed is shown only when it fails; how long it took is kept, for whoever wants it shorter.
if [ "${1:-}" = one ]; then
	name=$2 seconds=$3
	shift 3
	begun=$(date +%s)
	if timeout "$((seconds * ${PATIENCE:-1}))" "$@" > "$RESULTS/$name.out" 2>&1; then
		: > "$RESULTS/$name.passed"
	else
		{ echo "failed: $name"; tail -n 60 "$RESULTS/$name.out" | sed 's/^/    /'; } > "$RESULTS/$name.failed"
		cat "$RESULTS/$name.failed"
	fi
	echo "$(($(date +%s) - begun)) $name" >> "$OUT/durations.txt"
	exit 0
fi

export BIN OUT RESULTS
BIN=$(realpath "$BIN")
OUT=$(realpath "$OUT")
RESULTS=$(mktemp -d)
trap 'rm -rf "$RESULTS"' EXIT
export INCHECKPAAL_FONTS="$PWD/build/fonts" SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy TZ=Europe/Amsterdam
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS="suppressions=$PWD/tests/leaks.txt:print_suppressions=0"
export TSAN_OPTIONS="suppressions=$PWD/tests/races.txt:halt_on_error=0:exitcode=66"
export SDL_HINT_NO_SIGNAL_HANDLERS=1
: > "$OUT/durations.txt"

testers() {
	echo "web-walk 300 $OUT/web-walk"
	[ "${TESTERS:-all}" = threads ] && return
	echo "unit ${LIMIT:-600} $OUT/unit"
	echo "pn532-selftest 120 $OUT/pn532-selftest"
	# Goldens hold for the edition of Inter they were drawn with: with another one every screen is still drawn.
	if [ "$(cksum < build/fonts/Inter-Regular.otf)" = "$(cat tests/screens/golden/inter.cksum)" ]; then
		echo "screens 300 $OUT/screens check tests/screens/golden"
	else
		echo "another edition of Inter than the goldens': screens are drawn, not compared" >&2
		echo "screens 900 $OUT/screens gallery build/screens"
	fi
	for proof in "contrast -" "apart -" "warm -" "caps -" "touches -" "turned -"; do
		echo "screens-${proof% -} 300 $OUT/screens $proof"
	done
	echo "screens-layouts 1800 $OUT/screens layouts $([ -n "${PROVE:-}" ] && echo 100000 || echo 500)"
}
stories() {
	for story in tests/story/${1:-[0-7]*}.sh; do
		case $story in *lib.sh | *web.sh | */hub.sh) continue ;; esac
		[ -e "$story" ] && echo "$(basename "$story" .sh) ${LIMIT:-120} sh $story"
	done
}
{
	if [ -z "${STORIES:-}" ] || [ -n "${TESTERS:-}" ]; then testers; fi
	stories "${STORIES:-}"
} > "$RESULTS/jobs"
[ -s "$RESULTS/jobs" ] || { echo "check: no story fits $STORIES" >&2; exit 2; }
xargs -P "${JOBS:-$(($(nproc) * 2))}" -L 1 sh "$0" one < "$RESULTS/jobs"

passed=$(find "$RESULTS" -name '*.passed' | wc -l)
# What came to no end, because it was killed, failed as well.
failed=$(($(wc -l < "$RESULTS/jobs") - passed))
for out in "$RESULTS"/*.failed; do
	[ -e "$out" ] && echo "failed: $(basename "$out" .failed): $(tail -n 1 "$out" | cut -c 1-300)"
done
echo "$passed passed, $failed failed" | tee "$OUT/summary.txt"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
