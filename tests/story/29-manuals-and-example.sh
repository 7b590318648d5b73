#!/bin/sh
# The manual pages name every command and option, groff takes them, and the example file is accepted as it is.
. tests/story/lib.sh
for page in incheckpaal incheckpaal-kiosk incheckpaal-reader incheckpaal-web incheckpaal-sync incheckpaal.conf; do
	incheckpaal manual $page > "$work/$page.roff"
	grep -q '^\.TH ' "$work/$page.roff" || fail "$page has no title"
	if command -v man > /dev/null; then
		LC_ALL=C.UTF-8 MANROFFSEQ='' MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$work/$page.roff" \
			2> "$work/warnings" > /dev/null || fail "$page: $(cat "$work/warnings")"
		[ ! -s "$work/warnings" ] || fail "$page: $(cat "$work/warnings")"
	fi
done
incheckpaal --help | sed -n 's/^  \([a-z]* *[a-z]*\) .*/\1/p' | sed 's/ *$//' | while read -r command; do
	grep -q "^\.B incheckpaal ${command%% *}" "$work/incheckpaal.roff" || fail "the page has no $command"
done
incheckpaal config example > "$work/example"
grep '^#[a-z_]* =' "$work/example" | tr -d '#' | cut -d' ' -f1 | sort > "$work/names"
[ "$(wc -l < "$work/names")" -gt 20 ] || fail "the example has few options: $(cat "$work/names")"
while read -r name; do
	grep -q "fB$name" "$work/incheckpaal.conf.roff" || fail "incheckpaal.conf(5) has no $name"
done < "$work/names"
"$BIN/incheckpaal" --config "$work/example" --data "$data" init > /dev/null || fail "the example is refused"
# With every default written out it must be accepted too, apart from those that only hold together.
sed 's/^#\([a-z_]* = .\)/\1/' "$work/example" > "$work/all"
"$BIN/incheckpaal" --config "$work/all" --data "$data" init > /dev/null || fail "the defaults are refused"
