#!/bin/sh
# A kiosk that can not start says so on the bare console, in both languages, and tries ever less often.
. tests/story/lib.sh
mkdir "$work/tools" "$work/run"
printf '#!/bin/sh\necho "$1" >> "%s"\n' "$work/slept" > "$work/tools/sleep"
chmod +x "$work/tools/sleep"
: > "$work/console"
trouble() {
	PATH="$work/tools:$PATH" RUNTIME_DIRECTORY=$work/run SERVICE_RESULT=$2 EXIT_STATUS=1 \
		INCHECKPAAL_CONSOLE=$work/console sh board/system/trouble.sh "$1"
}

trouble stopped success
[ ! -e "$work/slept" ] || fail "an ordinary stop waited"
trouble stopped exit-code
[ ! -s "$work/console" ] || fail "one fall is no reason to alarm anybody"
for _ in 1 2 3 4 5 6; do trouble stopped exit-code; done
[ "$(xargs < "$work/slept")" = "0 1 3 7 15 30 30" ] || fail "waited $(xargs < "$work/slept")"
grep -q 'START NIET' "$work/console" && grep -q 'DOES NOT START' "$work/console" || fail "said: $(cat "$work/console")"
trouble over success
trouble stopped watchdog
[ "$(tail -n 1 "$work/slept")" = 0 ] || fail "a kiosk that ran must be back at once"
