#!/bin/sh
# bundle.sh ARCH: build/image/incheckpaal-ARCH-VERSION.raucb, an update: the root that image.sh made last, signed
# (keys.sh). A kiosk reads it through dm-verity: what was changed on the way is an error, not an update.
# SLOT, VERSION, COMPATIBLE, BUNDLE: another root, claim or file, in tests.
set -eu
arch=$1
here=$(dirname "$0")
out=build/image
slot=${SLOT:-$out/slot-$arch}
[ -e "$slot" ] || { echo "bundle: there is no root yet; make image ARCH=$arch" >&2; exit 1; }
pair=$(sh "$here/keys.sh")
cert=${pair% *} key=${pair##* }
[ -n "$key" ] || { echo "bundle: UPDATE_KEY says which key signs" >&2; exit 2; }
version=${VERSION:-$(cat "$out/slot-$arch.version")}

work=$(mktemp -d -p "$out")
trap 'rm -rf "$work"' EXIT
mkdir "$work/content"
cp --sparse=always "$slot" "$work/content/root.ext4"
cat > "$work/content/manifest.raucm" <<-MANIFEST
	[update]
	compatible=${COMPATIBLE:-incheckpaal-$arch}
	version=$version

	[bundle]
	format=verity

	[image.root]
	filename=root.ext4
MANIFEST
bundle=${BUNDLE:-$out/incheckpaal-$arch-$version.raucb}
rm -f "$bundle"
rauc bundle --cert="$cert" --key="$key" --keyring="$cert" --mksquashfs-args='-comp zstd -Xcompression-level 3 -quiet -no-progress' \
	"$work/content" "$bundle" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
echo "$bundle: $(du -m "$bundle" | cut -f 1) MiB, root $(du -m --apparent-size "$work/content/root.ext4" | cut -f 1) MiB"
