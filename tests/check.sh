#!/bin/sh
# Runs what is already built: unit tests, self-tests, screens, stories. Closes with one line of counts.
# BIN, OUT: where the programs and the testers lie. STORIES: a pattern, default all that are not long.
set -u
export BIN OUT
BIN=$(realpath "$BIN")
OUT=$(realpath "$OUT")
export INCHECKPAAL_FONTS="$PWD/build/fonts" SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy TZ=Europe/Amsterdam
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS="suppressions=$PWD/tests/leaks.txt:print_suppressions=0"
export TSAN_OPTIONS="suppressions=$PWD/tests/races.txt:halt_on_error=0:exitcode=66"
export SDL_HINT_NO_SIGNAL_HANDLERS=1
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# one NAME COMMAND...: runs it quietly; what it printed is shown only when it fails.
one() {
	name=$1
	shift
	if timeout "$((${LIMIT:-120} * ${PATIENCE:-1}))" "$@" > "$results/$name.out" 2>&1; then
		: > "$results/$name.passed"
	else
		echo "failed: $name"
		tail -n 60 "$results/$name.out" | sed 's/^/    /'
		: > "$results/$name.failed"
	fi
}

only_stories=${STORIES:+yes}
if [ -z "$only_stories" ]; then
	LIMIT=${LIMIT:-600} one unit "$OUT/unit"
	one pn532-selftest "$OUT/pn532-selftest"
	LIMIT=300 one web-walk "$OUT/web-walk"
	# Goldens hold for the edition of Inter they were drawn with: with another one every screen is still drawn.
	if [ "$(cksum < build/fonts/Inter-Regular.otf)" = "$(cat tests/screens/golden/inter.cksum)" ]; then
		LIMIT=300 one screens "$OUT/screens" check tests/screens/golden
	else
		echo "another edition of Inter than the goldens': screens are drawn, not compared"
		LIMIT=300 one screens "$OUT/screens" gallery build/screens
	fi
	LIMIT=300 one screens-contrast "$OUT/screens" contrast -
	one screens-apart "$OUT/screens" apart -
	one screens-warm "$OUT/screens" warm -
	one screens-caps "$OUT/screens" caps -
	LIMIT=1800 one screens-layouts "$OUT/screens" layouts "$([ -n "${PROVE:-}" ] && echo 100000 || echo 500)"
fi
# Two at a time: a story mostly waits for its programs.
running=0
for story in tests/story/${STORIES:-[0-7]*}.sh; do
	[ -e "$story" ] || continue
	case $story in *lib.sh | *web.sh) continue ;; esac
	name=$(basename "$story" .sh)
	one "$name" sh "$story" &
	running=$((running + 1))
	[ $((running % 2)) = 0 ] && wait
done
wait

passed=$(find "$results" -name '*.passed' | wc -l)
failed=$(find "$results" -name '*.failed' | wc -l)
echo "$passed passed, $failed failed" | tee "$OUT/summary.txt"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
