#!/bin/sh
# The organiser's page over a log of ROWS taps: the first byte of each download, how long one read by a slow browser keeps
# the WAL from being emptied, what a badge waits for the database while 100,000 attendees come in, and what stays resident.
. tests/story/lib.sh
. tests/story/web.sh
rows=${ROWS:-1000000} people=${PEOPLE:-100000}
prepare
"$OUT/commit-bench" "$data" "$rows" 500 > /dev/null
reader_up
kiosk_start
until_true 120 status_has '"state":"up"'
until_true 20 status_has '"screen":"[^s]'
web_start
signed_in
page /settings/tokens 200
send /settings/tokens 200 name=bench scope=names days=7
key=$(grep -o 'ip_[A-Za-z0-9_-]*' "$work/body" | head -n 1)
resident() { awk '/VmHWM|VmRSS/ { print sprintf("%.1f", $2 / 1024) }' "/proc/$web_pid/status" | tr '\n' ' '; }

set -- $(resident)
echo "the page before anything: resident $2 MB"
for format in csv csv-excel json xlsx "csv&zip=1"; do
	set -- $(curl -sk -H "Authorization: Bearer $key" -o /dev/null -w '%{time_starttransfer} %{time_pretransfer} %{time_total} %{size_download}' "$web/downloads/attendance?format=$format")
	echo "$*" | awk -v format="$format" -v rows="$rows" '{ printf "%s of %d taps: first byte %.0f ms after the request (limit 50), whole in %.1f s, %.0f MB\n",
		format, rows, ($1 - $2) * 1000, $3, $4 / 1e6 }'
done
python3 tests/bench/page_pin.py "$data/attendance.db" curl -sk --limit-rate 2M --max-time 20 -H "Authorization: Bearer $key" -o /dev/null "$web/downloads/attendance?format=csv"
python3 tests/bench/page_pin.py "$data/attendance.db" curl -sk -H "Authorization: Bearer $key" -o "$work/log.xlsx" "$web/downloads/attendance?format=xlsx"
echo "the workbook: $(($(stat -c %s "$work/log.xlsx") / 1000000)) MB"
set -- $(resident)
echo "the page after a workbook of $rows taps: resident $2 MB (limit 15), at most $1 MB"

# 100,000 attendees through the form while a badge is tapped again and again.
{
	echo badge,naam,organisatie
	awk -v n="$people" 'BEGIN { for (i = 0; i < n; i++) printf "05%012X,Gast %d,O %d\n", i, i, i % 400 }'
} > "$work/many.csv"
page /people/import 200
: > "$work/trace"
(
	i=0
	while [ ! -e "$work/enough" ]; do
		say tap ntag213 "uid=$(printf '05%012X' "$i")" ms=120 > /dev/null
		sleep 0.35
		i=$((i + 1))
	done
) &
tapper=$!
began=$(date +%s)
[ "$(ask POST /people/import --max-time 300 -H 'Accept: text/html' -F "csrf=$csrf" -F mode=merge -F "file=@$work/many.csv;type=text/csv")" = 303 ] || fail "the upload: $(cat "$work/body")"
job=$(tr -d '\r' < "$work/head" | sed -n 's/^[Ll]ocation: //p')
[ "$(ask GET "$job" --max-time 300 -H 'Accept: text/html')" = 200 ] || fail "the preview"
csrf=$(token)
[ "$(ask POST "$job" --max-time 300 -H 'Accept: text/html' -d do=import --data-urlencode "csrf=$csrf")" = 303 ] || fail "the import: $(cat "$work/body")"
took=$(($(date +%s) - began))
: > "$work/enough"
wait "$tapper" || true
sleep 1
python3 - "$work/trace" "$people" "$took" <<'PY'
import json, sys
decided, waits = None, []
for line in open(sys.argv[1]):
    one = json.loads(line)
    if one["stage"] == "decided":
        decided = one["ns"]
    elif one["stage"] == "durable" and decided:
        waits.append((one["ns"] - decided) / 1e6)
        decided = None
waits.sort()
print(f"importing {sys.argv[2]} attendees through the page ({sys.argv[3]} s): {len(waits)} taps meanwhile, decided to durable "
      f"p50 {waits[len(waits) // 2]:.1f} ms, at most {waits[-1]:.1f} ms (limit 50)")
PY
set -- $(resident)
echo "the page after that: resident $2 MB (limit 15), at most $1 MB"
# And after the rest of what it may meet: 50 clients and 1,000 connections that say little.
python3 tests/bench/page.py "$web_port" "$key" "${PAGE_SECONDS:-20}" > "$work/polled"
sleep 3
set -- $(resident) $(cat "$work/polled")
echo "the page after $7 connections and $5 answers to 50 clients: resident $2 MB (limit 15), at most $1 MB"
