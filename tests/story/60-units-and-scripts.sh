#!/bin/sh
# systemd understands every unit and rates each as little exposed as we promise; the shell of board/ is clean.
. tests/story/lib.sh
most_exposed() { case $1 in incheckpaal-kiosk.service) echo 35 ;; *) echo 20 ;; esac; }

# As installed, but for the programs, which are taken from where they were built.
for unit in board/system/*.service; do
	name=$(basename "$unit")
	sed -e "s,/usr/bin/incheckpaal,$BIN/incheckpaal,g" -e "s,/usr/libexec/incheckpaal/trouble,$PWD/board/system/trouble.sh,g" "$unit" > "$work/$name"
	[ -x "$BIN/${name%.service}" ] || fail "$name starts a program that is not built"
	systemd-analyze verify --man=no --recursive-errors=no "$work/$name" > "$work/said" 2>&1 ||
		fail "$name: $(cat "$work/said")"
	! grep "$name" "$work/said" || fail "systemd finds fault with $name"
	systemd-analyze security --no-pager --offline=yes --threshold="$(most_exposed "$name")" "$work/$name" > "$work/said" 2>&1 ||
		fail "$name: $(tail -n 1 "$work/said")"
done

# A control: the checks above do find what is wrong.
sed 's/^Restart=always/Restart=sometimes/' "$work/incheckpaal-kiosk.service" > "$work/wrong.service"
systemd-analyze verify --man=no --recursive-errors=no "$work/wrong.service" 2>&1 | grep -q sometimes || fail "a wrong unit passed"
sed '/^Protect\|^Restrict\|^Capab\|^System/d' "$work/incheckpaal-kiosk.service" > "$work/open.service"
! systemd-analyze security --no-pager --offline=yes --threshold=35 "$work/open.service" > /dev/null 2>&1 || fail "an open unit passed"

systemd-sysusers --dry-run "$PWD"/board/system/sysusers.conf > "$work/said" 2>&1 || fail "sysusers: $(cat "$work/said")"
DESTDIR=$work/root PREFIX=/usr UNIT_DIR=/usr/lib/systemd/system RUN='' sh board/install.sh "$BIN/incheckpaal" "$BIN/incheckpaal-kiosk"
"$BIN/incheckpaal-kiosk" --config "$work/root/etc/incheckpaal.conf" --version > /dev/null || fail "the example is no configuration"
[ -e "$work/root/usr/lib/systemd/system/incheckpaal-kiosk.service" ] || fail "no unit was placed"
# Both ask the kernel how good the clock is, which the filters before would refuse.
for unit in kiosk web; do
	grep '^SystemCallFilter=' "board/system/incheckpaal-$unit.service" | tail -n 1 | grep -q adjtimex ||
		fail "the last filter of incheckpaal-$unit refuses adjtimex"
done

find board -name '*.sh' -exec shellcheck -x -e SC1091 {} + || fail "shellcheck finds fault"
