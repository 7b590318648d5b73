#!/bin/sh
# packages.sh PART...: installs what the targets of board/ need beyond tests/packages.sh, which stays light.
set -eu
deb="debhelper dpkg-dev fakeroot lintian systemd faketime"
cross="debhelper dpkg-dev mmdebstrap arch-test lintian"
image="jq u-boot-tools mmdebstrap arch-test qemu-user-static binfmt-support mtools dosfstools fdisk e2fsprogs zstd rauc squashfs-tools openssl"
test="qemu-system-x86 qemu-system-arm mtools openssh-client python3 u-boot-qemu u-boot-tools dosfstools fdisk e2fsprogs gcc-aarch64-linux-gnu libc6-dev-arm64-cross"

packages=
for part in "$@"; do
	case $part in
	deb) packages="$packages $deb" ;;
	cross) packages="$packages $cross" ;;
	image) packages="$packages $image" ;;
	test) packages="$packages $test" ;;
	*) echo "packages: there is no part $part; there are deb, cross, image, test" >&2 && exit 2 ;;
	esac
done
sh tests/packages.sh
PACKAGES=$packages exec sh tests/packages.sh
