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

# SQLite's files come and go while systemd-tmpfiles looks at them: that keeps neither from starting.
for unit in kiosk web; do
	grep -q '^ExecStartPre=-+/usr/bin/systemd-tmpfiles' "board/system/incheckpaal-$unit.service" || fail "incheckpaal-$unit does not start while a file goes"
done

find board -type f \( -name '*.sh' -o -path '*/libexec/*' \) -exec shellcheck -x -e SC1091 {} + || fail "shellcheck finds fault"

find board/image/root/usr/libexec -type f ! -perm -111 | grep . && fail "not executable"

# The settings file: what it says is taken over, its secrets are blotted out in place, and a second start leaves all as it is.
mkdir "$work/boot" "$work/path"
printf '#!/bin/sh\nexec "%s/incheckpaal" --data "%s" "$@"\n' "$BIN" "$work/card/incheckpaal" > "$work/path/incheckpaal"
chmod +x "$work/path/incheckpaal"
read_settings() {
	DATA=$work/card BOOT=$work/boot PATH="$work/path:$PATH" sh board/image/root/usr/libexec/incheckpaal/settings > "$work/said" 2>&1 ||
		fail "settings: $(cat "$work/said")"
}
etc=$work/card/etc
sed -e 's/^naam =.*/naam = Zaal Één\r/' -e 's/^locatie =.*/locatie = Perron038/' -e 's/^code =.*/code = vier gewone woorden op rij/' \
	-e 's/^wifi_netwerk =.*/wifi_netwerk = Gasten/' -e 's/^wifi_wachtwoord =.*/wifi_wachtwoord = geheim "gast" 38/' \
	-e 's/^sleutelwoorden =.*/sleutelwoorden = Zwolle heeft  een IJssel/' \
	-e 's/^centrale =.*/centrale = host=hub.example user=ingang dbname=incheckpaal/' -e 's/^centrale_wachtwoord =.*/centrale_wachtwoord = dubbel:punt/' board/image/incheckpaal.txt > "$work/boot/incheckpaal.txt"
cp "$work/boot/incheckpaal.txt" "$work/filled"
read_settings
[ ! -s "$work/said" ] || fail "settings: $(cat "$work/said")"
grep -qx 'name = Zaal Één, Perron038' "$etc/incheckpaal.conf" || fail "the name: $(cat "$etc/incheckpaal.conf")"
"$BIN/incheckpaal-kiosk" --config "$etc/incheckpaal.conf" --version > /dev/null || fail "no configuration"
grep -qx 'psk="geheim "gast" 38"' "$etc/wpa.conf" && grep -qx ssid=47617374656e "$etc/wpa.conf" || fail "the Wi-Fi: $(cat "$etc/wpa.conf")"
grep -qx 'hub = host=hub.example user=ingang dbname=incheckpaal passfile=/data/etc/hub.pass' "$etc/incheckpaal.conf" || fail "no hub: $(cat "$etc/incheckpaal.conf")"
[ "$(stat -c %a "$etc/hub.pass") $(cat "$etc/hub.pass")" = '600 *:*:*:*:dubbel\:punt' ] || fail "the hub's password: $(cat "$etc/hub.pass")"
! grep dubbel "$etc/incheckpaal.conf" || fail "a password in what everybody reads"
[ "$(readlink "$etc/localtime")" = /usr/share/zoneinfo/Europe/Amsterdam ] || fail "the time zone"
[ "$(sqlite3 "$work/card/incheckpaal/attendance.db" 'SELECT count(*) FROM web_password')" = 1 ] || fail "the code is no password"
grep -E '^(code|wifi_wachtwoord|sleutelwoorden|centrale_wachtwoord) =' "$work/boot/incheckpaal.txt" | grep -v '= \**$' && fail "a secret is still there"
[ "$(wc -c < "$work/filled")" = "$(wc -c < "$work/boot/incheckpaal.txt")" ] || fail "the file changed its length"
# Two kiosks that were given the same words know the same badges; once a log knows its badges, other words change nothing.
echo 'zwolle heeft een ijssel' | "$BIN/incheckpaal" --data "$work/other" init --key-words > /dev/null || fail "key words"
cmp "$work/other/venue.key" "$work/card/incheckpaal/venue.key" || fail "the same words, another key"
! grep -q journal_copy "$etc/incheckpaal.conf" || fail "a stick that nobody asked for"
before=$(cat "$etc/wpa.conf")
read_settings
# As after a cut before the sum was kept, and with what cannot be taken.
rm "$etc/settings.sum"
sed -i 's/^tijdzone =.*/tijdzone = ..\/..\/etc\/passwd/' "$work/boot/incheckpaal.txt"
sed -i -e 's/^sleutelwoorden =.*/sleutelwoorden = heel andere woorden/' -e 's/^stick_blijft =.*/stick_blijft = ja/' "$work/boot/incheckpaal.txt"
read_settings
grep -qx 'journal_copy = /media/incheckpaal' "$etc/incheckpaal.conf" || fail "the stick that stays: $(cat "$etc/incheckpaal.conf")"
"$BIN/incheckpaal-kiosk" --config "$etc/incheckpaal.conf" --version > /dev/null || fail "no configuration with a stick"
cmp "$work/other/venue.key" "$work/card/incheckpaal/venue.key" || fail "the key changed under the log"
grep -q 'only on a new card' "$etc/settings.said" || fail "words that came too late: nothing was said"
grep -q 'no such time zone' "$etc/settings.said" || fail "a wrong time zone was not said"
[ "$(cat "$etc/hub.pass")" = '*:*:*:*:dubbel\:punt' ] || fail "stars became the hub's password"
[ "$before" = "$(cat "$etc/wpa.conf")" ] || fail "stars became the password"

# Data that an error made read-only ask for a new start; data that can be written after an error, or in which there was none, do not.
printf '#!/bin/sh\necho asked\n' > "$work/path/systemctl"
chmod +x "$work/path/systemctl"
mkdir "$work/healed"
heal() { # ERRORS OPTIONS
	echo "$1" > "$work/errors"
	ERRORS=$work/errors DATA=$work/healed PATH="$work/path:$PATH" $apart --mount sh -c \
		"mount -t tmpfs -o $2 tmpfs $work/healed && sh board/image/root/usr/libexec/incheckpaal/heal" 2> /dev/null
}
[ "$(heal 3 ro)" = asked ] || fail "read-only data are left so"
[ -z "$(heal 3 rw)" ] || fail "data that can be written ask for a new start"
[ -z "$(heal 0 ro)" ] || fail "data without an error ask for a new start"

# A log in memory is not the card's, also where a unit sees the place of a mount in each path that it may write to.
mounted() { # MOUNT OPTIONS of what lies at the log's place
	PATH="$work/path:$PATH" $apart --mount sh -c "mount -t tmpfs tmpfs /var && mkdir -p /var/lib/incheckpaal &&
		mount $1 /var/lib/incheckpaal && sh board/image/root/usr/libexec/incheckpaal/mounted" > /dev/null 2>&1
}
mounted '-t tmpfs tmpfs' || fail "the card's log is not taken for it"
! mounted '--bind /var/lib/incheckpaal' || fail "a log in memory is taken for the card's"
