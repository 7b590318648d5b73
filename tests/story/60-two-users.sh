#!/bin/sh
# tests/story/60-two-users.sh: kiosk and page run as two users who share a group and nothing else, and work both ways round
. tests/story/lib.sh
. tests/story/web.sh
[ "$(id -u)" = 0 ] || { echo "not run: only root can be two others"; exit 0; }

# as_user UID PROGRAM: a program that runs as systemd would start it, in the group that shares the files.
programs=$BIN
mkdir "$work/bin" "$work/run"
as_user() {
	printf '#!/bin/sh\numask 007\nexec setpriv --reuid %s --regid 64100 --clear-groups %s "$@"\n' "$1" "$programs/$2" > "$work/bin/$2"
	chmod 755 "$work/bin/$2"
}
as_user 64101 incheckpaal-kiosk
as_user 64102 incheckpaal-web
as_user 64101 incheckpaal
ln -s "$programs/pn532" "$work/bin/pn532"
BIN=$work/bin
mkdir "$data"
: > "$work/trace"
chown 64101:64100 "$data" "$work/run" "$work/trace"
chmod 2770 "$data" "$work/run"
chmod 711 "$work"
chmod 644 "$work/conf"

reader_up
chmod 666 "$(realpath "$work/nfc")"
schedule
attendees
chmod 644 "$work"/*.csv
prepare
kiosk_up
web_start
tap $ada checked-in

signed_in
page /live 200
says Ada
page /downloads 200
[ "$(ask GET /downloads/attendance)" = 200 ] || fail "no download: $(cat "$work/body")"
grep -q checked-in "$work/body" || fail "the download has no tap: $(cat "$work/body")"

# What the page writes the kiosk reads, and the other way about, whoever made the side files first.
kiosk_down
web_down
web_start
kiosk_up
tap $bram checked-in
page /live 200
says Bram
find "$data" -user 0 | grep . && fail "root made something"
find "$data" -user 64102 | grep -q . || fail "the page made nothing of its own"
verified
