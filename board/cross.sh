#!/bin/sh
# cross.sh TREE: builds the package of TREE for arm64, in a Debian of its own in which both architectures
# live (on the machine itself apt would take libnfc-dev away). The unit tests run there under qemu-user.
# SUITE: which Debian; without it that of this machine. It is made once, and anew when the list changes.
set -eu
tree=$(realpath "$1")
[ "$(id -u)" = 0 ] || { echo "cross: run this as root: it works in a chroot" >&2; exit 1; }
# shellcheck disable=SC1091
suite=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
control=$tree/debian/control

tools="build-essential crossbuild-essential-arm64 debhelper fakeroot gettext pkg-config systemd sqlite3 qemu-user-static
$(grep -o 'fonts-[a-z-]*' "$control" | sort -u | paste -sd' ' -)"
libraries=$(sed -n '/^Build-Depends/,/^[A-Z].*:/p' "$control" | grep -o 'lib[a-z0-9-]*-dev' | sort -u | sed 's/$/:arm64/')
# shellcheck disable=SC2086 # lists of words
packages=$(printf '%s,' $tools $libraries)
root=build/cross/$suite-$(echo "$packages" | sha256sum | cut -c 1-12)
if [ ! -e "$root/made" ]; then
	rm -rf build/cross/"$suite"-*
	mkdir -p build/cross
	mmdebstrap --architectures=amd64,arm64 --variant=essential --include="$packages" \
		--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' "$suite" "$root"
	touch "$root/made"
fi

rm -rf "$root/build"
mkdir -p "$root/build"
cp -r "$tree" "$root/build/"
# shellcheck disable=SC2016 # the inner shell's
unshare --mount --pid --fork sh -c '
	mount -t proc proc "$1/proc"
	exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 chroot "$1" \
		sh -c "cd /build/$2 && dpkg-buildpackage --no-sign -b -d -aarm64"
' sh "$root" "$(basename "$tree")"
cp "$root"/build/*.deb "$root"/build/*.buildinfo "$root"/build/*.changes "$(dirname "$tree")"
rm -rf "$root/build"
