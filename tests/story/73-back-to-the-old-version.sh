#!/bin/sh
# An update that changed the form of the log and then failed its trial: the old version goes on, with every tap.
. tests/story/lib.sh
scripts=$PWD/board/image/root/usr/libexec/incheckpaal
mkdir -p "$work/bin" "$work/update"
ln -s "$data" "$work/incheckpaal"
export DATA="$work" CMDLINE="$work/cmdline"
echo 'root=PARTUUID=494e4350-02 rauc.slot=A ro' > "$CMDLINE"
printf '#!/bin/sh\nexec "%s/incheckpaal" --config "%s/conf" --data "%s" "$@"\n' "$BIN" "$work" "$data" > "$work/bin/incheckpaal"
# left NUMBER: how many tries root B has.
left() {
	printf '#!/bin/sh\n[ "$2" = BOOT_B_LEFT ] && echo %s\n' "$1" > "$work/bin/fw_printenv"
	chmod +x "$work"/bin/*
}
back() { PATH=$work/bin:$PATH sh "$scripts/fallback"; }
configure storage journal_copy "$work/stick"
mkdir "$work/stick"

all_up
tap $ada checked-in
incheckpaal backup "$work/update/before.db" > "$work/backup.log"
tap $bram checked-in # during the trial
until_true 10 status_has '"journal_copy":"[cs]'
kiosk_down
sqlite3 "$data/attendance.db" 'PRAGMA user_version = 9999'
incheckpaal status > "$work/said" 2>&1 && fail "a newer log is read: $(cat "$work/said")"

# The new version waits for its first start: nothing went wrong yet.
left 2
back
[ -e "$work/update/before.db" ] || fail "the backup is gone too early"
left 0
echo 'de nieuwe versie doorstaat haar proef niet' > "$data/update.txt"
back 2> "$work/back.log" || fail "$(cat "$work/back.log")"
grep -q 'niet gelukt.*logboek is teruggezet.*haar proef niet' "$data/update.txt" || fail "$(cat "$data/update.txt" "$work/back.log")"
[ ! -e "$work/update/before.db" ] || fail "the backup was left behind"
kiosk_up
tap $chris checked-in
kiosk_down
for name in Ada Bram Chris; do
	incheckpaal export attendance --personal | grep -q "$name" || fail "$name is missing: $(incheckpaal export attendance --personal)"
done
verified
