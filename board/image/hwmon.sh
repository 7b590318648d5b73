#!/bin/sh
# hwmon.sh SUITE DEB: the kernel's driver through which a Pi tells of too little power. Debian's kernel for arm64 is built
# without it, so it is made of Debian's own source for that kernel, in a room of its own, and packed: dpkg and the SBOM know of it.
set -eu
suite=$1 deb=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/make" <<'WITHIN'
set -eu
kernel=$(basename /lib/modules/*)
source=$(echo /usr/src/linux-source-*.tar.xz)
mkdir -p /driver /pack/DEBIAN "/pack/usr/lib/modules/$kernel/updates"
tar -xOf "$source" --wildcards '*/drivers/hwmon/raspberrypi-hwmon.c' > /driver/raspberrypi-hwmon.c
echo 'obj-m := raspberrypi-hwmon.o' > /driver/Makefile
make -C "/lib/modules/$kernel/build" M=/driver modules
strip --strip-debug -o "/pack/usr/lib/modules/$kernel/updates/raspberrypi-hwmon.ko" /driver/raspberrypi-hwmon.ko
cat > /pack/DEBIAN/control <<CONTROL
Package: incheckpaal-hwmon
Source: linux
Version: $(dpkg-query -W -f '${source:Version}' "linux-headers-$kernel")
Architecture: arm64
Depends: linux-image-$kernel
Maintainer: Incheckpaal <beheer@incheckpaal.example>
Description: driver raspberrypi-hwmon for Debian's kernel $kernel
CONTROL
dpkg-deb --root-owner-group --build /pack /hwmon.deb
WITHIN
# shellcheck disable=SC2016 # the hook expands it
mmdebstrap --quiet --format=null --architectures=arm64 --variant=apt --include=gcc,make,linux-headers-arm64,linux-source \
	--aptopt='APT::Install-Recommends "false"' --customize-hook="upload $work/make /make" \
	--customize-hook='chroot "$1" sh /make' --customize-hook="download /hwmon.deb $work/hwmon.deb" "$suite"
mv "$work/hwmon.deb" "$deb"
