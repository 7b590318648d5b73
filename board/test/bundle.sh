#!/bin/sh
# bundle.sh: what must hold of a signed update before any kiosk sees it, with a root of one megabyte.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "bundle: $*" >&2; exit 1; }
mkdir -p "$work/build/image"
cd "$work"
head -c 1048576 /dev/urandom > build/image/slot-amd64
echo 1.2 > build/image/slot-amd64.version
make_bundle() { env "$@" BUNDLE="$work/$name.raucb" sh "$root/board/image/bundle.sh" amd64 > "$work/log" 2>&1 || fail "$(cat "$work/log")"; }
info() { rauc --keyring="$1" info --output-format=shell "$work/$2.raucb" 2> "$work/words"; }

name=ours
make_bundle A=b
info build/update/cert.pem ours > "$work/said" || fail "$(cat "$work/words")"
{ grep -qx "RAUC_MF_COMPATIBLE='incheckpaal-amd64'" "$work/said" && grep -qx "RAUC_MF_VERSION='1.2'" "$work/said"; } || fail "$(cat "$work/said")"
[ "$(stat -c %a build/update/key.pem)" = 600 ] || fail "the key is not its owner's alone"
git -C "$root" check-ignore -q "$root/build/update/key.pem" || fail "the key could be committed"

# Somebody else's, ours with one byte changed at its end or in its middle, and no bundle at all.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=other -keyout other-key.pem -out other-cert.pem 2> "$work/log"
name=other
make_bundle UPDATE_CERT="$work/other-cert.pem" UPDATE_KEY="$work/other-key.pem"
refused() { { ! info build/update/cert.pem "$1" > /dev/null && grep -q "$2" "$work/words"; } || fail "$1: $(cat "$work/words")"; }
refused other 'signature verification failed'
size=$(stat -c %s ours.raucb)
for at in $((size - 200)) $((size - 20)); do
	cp ours.raucb end.raucb
	printf '\377\377' | dd of=end.raucb bs=1 seek="$at" conv=notrunc status=none
	refused end .
done
head -c 5000 /dev/urandom > none.raucb
refused none .
# What is changed inside is found when it is read: RAUC's own look, as a kiosk's dm-verity.
cp ours.raucb middle.raucb
printf '\377\377' | dd of=middle.raucb bs=1 seek=$((size / 2)) conv=notrunc status=none
! rauc --keyring=build/update/cert.pem extract middle.raucb "$work/out" > "$work/words" 2>&1 || fail "a changed root was taken"
rauc --keyring=build/update/cert.pem extract ours.raucb "$work/out2" > "$work/words" 2>&1 || fail "$(cat "$work/words")"
cmp "$work/out2/root.ext4" build/image/slot-amd64
echo "bundle: signed, refused from others, whole or not at all"
