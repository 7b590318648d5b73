#!/bin/sh
# trouble stopped: when the kiosk could not start or fell over, says so on the screen that it left, and
# waits longer each time that it did not even get started. trouble over: it runs; forget the count.
# systemd gives RUNTIME_DIRECTORY and SERVICE_RESULT.
set -u
count_file=${RUNTIME_DIRECTORY:-/run/incheckpaal}/failures
console=${INCHECKPAAL_CONSOLE:-/dev/tty1}

if [ "${1:-}" = over ]; then
	rm -f "$count_file"
	exit 0
fi
[ "${SERVICE_RESULT:-success}" != success ] || exit 0

failures=$(cat "$count_file" 2> /dev/null || echo 0)
case $failures in '' | *[!0-9]*) failures=0 ;; esac
wait_s=$((failures > 4 ? 30 : (1 << failures) - 1))
echo $((failures + 1)) > "$count_file"

[ "$failures" -gt 0 ] && [ -w "$console" ] && cat > "$console" <<-WORDS
	$(printf '\033c')

	   DEZE INCHECKPAAL START NIET
	   Inchecken kan bij de balie. Hij probeert het zelf opnieuw, over $wait_s seconden.
	   Helpt dat niet: trek de stekker eruit, wacht tien tellen, en steek hem er weer in.
	   Voor de beheerder: sudo incheckpaal doctor

	   THIS CHECK-IN KIOSK DOES NOT START
	   Please check in at the desk. It tries again by itself, in $wait_s seconds.
	   If that does not help: pull the plug, wait ten seconds, and plug it in again.
	   For whoever looks after it: sudo incheckpaal doctor

	   $(uname -n), $SERVICE_RESULT ${EXIT_CODE:-} ${EXIT_STATUS:-}
WORDS
sleep "$wait_s"
