#!/bin/sh
# Two kiosks of one venue take in each other's logs, in any order and twice, and then export the same bytes; another venue, a newer or a changed file is refused in words.
. tests/story/lib.sh
reader_up
prepare
a=$data b=$work/second
mkdir "$b"
cp "$a/venue.key" "$b"
data=$b
prepare
incheckpaal badge link "$stranger" 'Eva Öztürk' > /dev/null

data=$a
kiosk_up
tap $ada checked-in
tap $stranger unknown
kiosk_down
data=$b
configure kiosk name Zaal
kiosk_up
tap $bram checked-in
tap $ada checked-in
kiosk_down
incheckpaal correct 1 --reason 'wrong badge' > /dev/null

# The people of the second changed meanwhile.
sed 's/IJsselzorg/IJsselzorg Plus/; s/,nl,data$/,en,data/' "$work/attendees.csv" > "$work/later.csv"
incheckpaal import attendees "$work/later.csv" > /dev/null

cp -r "$a" "$work/a"
cp -r "$b" "$work/b"
cp -r "$a" "$work/one"
cp -r "$b" "$work/two"
merge() { incheckpaal merge "$@" > "$work/said" 2>&1 || fail "merge: $(cat "$work/said")"; }
data=$a
merge "$b/attendance.db"
grep -q 'new here: 1 log, 2 taps, 1 correction' "$work/said" || fail "$(cat "$work/said")"
grep -q 'attendee "Ada de Vries": language is "nl" here and "en" there; the second' "$work/said" || fail "$(cat "$work/said")"
incheckpaal export attendance --personal > "$work/ab"
data=$b
merge "$work/a/attendance.db"
incheckpaal export attendance --personal > "$work/ba"
cmp "$work/ab" "$work/ba" || fail "the two differ: $(diff "$work/ab" "$work/ba")"
merge "$a/attendance.db"
grep -q 'new here: 0 logs, 0 taps, 0 corrections, 0 rows.*0 differences' "$work/said" || fail "twice: $(cat "$work/said")"
incheckpaal export attendance --personal | cmp - "$work/ab" || fail "merging twice changed something"
[ "$(tail -n +2 "$work/ab" | wc -l)" = 4 ] || fail "not four taps: $(cat "$work/ab")"
grep -q ',unknown,yes,Vezelwerk,.*Eva' "$work/ab" || fail "the link did not come over: $(cat "$work/ab")"
grep -q ',Zaal,.*checked-in,no,.*wrong badge' "$work/ab" || fail "the correction did not come over: $(cat "$work/ab")"
[ "$(incheckpaal verify | grep -c '^taps 2:')" = 2 ] || fail "verify: $(incheckpaal verify)"

# A third that only ever met the second knows all.
data=$work/third
mkdir "$data"
cp "$a/venue.key" "$data"
incheckpaal init > /dev/null
merge "$b/attendance.db"
incheckpaal export attendance --personal | cmp - "$work/ab" || fail "the third differs"
cp -r "$data" "$work/three"
first=$(sed -n 2p "$work/ab" | cut -d, -f1)
incheckpaal correct "$first:2" --reason 'not here' > /dev/null || fail "a tap of a merged log can not be corrected"
incheckpaal export attendance | grep -q "^$first,2,.*,no,.*not here" || fail "$(incheckpaal export attendance)"

# refused PATTERN FILE
refused() {
	status=0
	incheckpaal merge "$2" > "$work/out" 2> "$work/said" || status=$?
	[ $status = 1 ] && grep -q "$1.*nothing was merged" "$work/said" || fail "$2: $status, $(cat "$work/said")"
}
incheckpaal export attendance > "$work/before"
"$BIN/incheckpaal" --data "$work/foreign" init > /dev/null
refused 'another venue' "$work/foreign/attendance.db"
refused 'no such file' "$work/none.db"
refused 'no log of Incheckpaal' "$work/attendees.csv"
cp "$work/a/attendance.db" "$work/newer.db"
sqlite3 "$work/newer.db" 'PRAGMA user_version = 999'
refused 'newer Incheckpaal' "$work/newer.db"
cp "$work/a/attendance.db" "$work/changed.db"
sqlite3 "$work/changed.db" 'DROP TRIGGER tap_fixed; UPDATE tap SET mono_ms = mono_ms + 1 WHERE seq = 2'
refused 'tap 2 of log .* does not hold' "$work/changed.db"
# A card that was copied and went on by itself tells another story.
data=$work/a
kiosk_up
tap $chris checked-in
kiosk_down
cp "$work/a/attendance.db" "$work/longer.db"
data=$a
refused 'very log' "$work/longer.db"
data=$work/third
incheckpaal export attendance | cmp - "$work/before" || fail "a refused merge changed something"
ls "$work"/*/merge.scratch* 2> /dev/null && fail "a working copy was left"

# Three kiosks with taps of their own and a quarrel about an organisation, one of which met another before: in every
# order, some twice, by their directory as it lies on a stick, and the same bytes in every report.
data=$work/three
sed 's/,Deltion,education,/,Deltion,company,/' "$work/attendees.csv" > "$work/later.csv"
incheckpaal import attendees "$work/later.csv" > /dev/null
configure kiosk name Derde
kiosk_up
tap $chris checked-in
tap $dewi checked-in
kiosk_down
in_order=
for order in 'one two three' 'one three two' 'two one three' 'two three one' 'three one two' 'three two one'; do
	set -- $order
	data=$work/met
	cp -r "$work/$1" "$data"
	merge "$work/$2/attendance.db"
	merge "$work/$3"
	[ "$3" = one ] && merge "$work/$2/attendance.db"
	for format in csv json text; do incheckpaal report participation --format $format; done > "$work/reports.$1$2$3"
	for format in csv csv-excel json; do incheckpaal export attendance --personal --format $format; done >> "$work/reports.$1$2$3"
	# A workbook says in its properties when it was made, and nothing else differs.
	for what in 'report participation' 'export attendance --personal'; do
		incheckpaal $what --format xlsx -o "$work/book.xlsx"
		unzip -p "$work/book.xlsx" -x docProps/core.xml | cksum >> "$work/reports.$1$2$3"
		rm "$work/book.xlsx"*
	done
	cmp "$work/reports.$1$2$3" "$work/reports.${in_order:=$1$2$3}" || fail "in the order $order: $(diff "$work/reports.$1$2$3" "$work/reports.$in_order")"
	rm -r "$data"
done
[ "$(grep -c '^[0-9a-f-]*,[0-9]*,.*,checked-in,' "$work/reports.$in_order")" = 5 ] || fail "not five check-ins: $(cat "$work/reports.$in_order")"
# Differences are told in words: names, and times as people write them. A right is not taken over.
data=$work/three
incheckpaal badge organiser 04:0a:0b:0c:0d:0e:0f > /dev/null
data=$work/one
sed 's/,Vezelwerk,/,IJsselzorg,/' "$work/attendees.csv" > "$work/later.csv"
incheckpaal import attendees "$work/later.csv" > /dev/null
cp -r "$work/three" "$work/told"
sqlite3 "$work/told/attendance.db" "UPDATE session SET start_ms = start_ms + 900000, changed_ms = changed_ms + 1 WHERE code = 'opening'"
incheckpaal report participation --recount 2>&1 | grep -q 'counters agree' || fail 'the counters disagree'
LANG=nl_NL.UTF-8 merge "$work/told/attendance.db"
grep -q 'organisatie "Deltion": soort is hier "education" en daar "company"; het eerste blijft' "$work/said" || fail "$(cat "$work/said")"
grep -q 'deelnemer "Eva Öztürk": organisatie is hier "IJsselzorg" en daar "Vezelwerk"; het eerste blijft' "$work/said" || fail "$(cat "$work/said")"
grep -q 'sessie "Plenaire opening": begin is hier "24-11-2026 13:00" en daar "24-11-2026 13:15"; het tweede blijft' "$work/said" || fail "$(cat "$work/said")"
grep -q '^badges die daar het servicescherm openen en hier niet: 1;' "$work/said" || fail "$(cat "$work/said")"

# A stick that was in two kiosks: the newest backup of each is taken, ours gives nothing new; a broken one keeps no other away, also not the one before it.
data=$work/met
cp -r "$work/b" "$data"
mkdir -p "$work/stick/backup"
cp "$work/a/attendance.db" "$work/stick/backup/attendance-2026-11-23-0000aaaa.db"
for log in 0000aaaa:a 0000bbbb:b 0000cccc:three; do
	[ "${log#*:}" = a ] && copy=2026-11-24 || copy=2026-11-23
	"$BIN/incheckpaal" --data "$work/${log#*:}" backup "$work/stick/backup/attendance-$copy-${log%:*}.db" > /dev/null
done
merge "$work/stick"
[ "$(grep -c '^new here:' "$work/said")" = 3 ] || fail "not one of each kiosk: $(cat "$work/said")"
[ "$(attendance | cut -d, -f1 | sort -u | wc -l)" = 3 ] || fail "not the taps of three: $(attendance)"
rm -r "$data" && cp -r "$work/b" "$data"
head -c 50000 "$work/a/attendance.db" > "$work/stick/backup/attendance-2026-11-25-0000aaaa.db"
status=0
incheckpaal merge "$work/stick" > "$work/out" 2> "$work/said" || status=$?
[ $status = 3 ] && grep -q '25-0000aaaa.db: .*nothing was merged' "$work/said" && [ "$(grep -c '^new here:' "$work/out")" = 3 ] || fail "$status: $(cat "$work/said" "$work/out")"
status=0
incheckpaal merge "$work/run" > "$work/out" 2> "$work/said" || status=$?
[ $status = 1 ] && grep -q 'no log of a kiosk' "$work/said" || fail "$status: $(cat "$work/said")"
