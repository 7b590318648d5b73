#!/bin/sh
# firmware-arm64.sh TREE PART: what a Raspberry Pi needs to find our kernel, onto the FAT of PART: its firmware, U-Boot, the
# device trees of the kernel in TREE. The two packages are opened, not installed, so that no hook of theirs ever writes here.
set -eu
tree=$1 part=$2
here=$(dirname "$0")
# shellcheck disable=SC1091
suite=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
opened=build/image/firmware-$suite
[ -e "$opened" ] || mmdebstrap --architectures=arm64 --variant=extract --include=raspi-firmware,u-boot-rpi \
	--components=main,contrib,non-free-firmware "$suite" "$opened"

put() { mcopy -o -i "$part" "$@"; }
put "$opened"/usr/lib/raspi-firmware/*.bin "$opened"/usr/lib/raspi-firmware/*.dat "$opened"/usr/lib/raspi-firmware/*.elf ::
put "$opened/usr/lib/u-boot/rpi_arm64/u-boot.bin" ::u-boot.bin
put "$here/config.txt" ::config.txt
for board in bcm2837-rpi-3-b bcm2837-rpi-3-b-plus bcm2837-rpi-3-a-plus bcm2837-rpi-zero-2-w bcm2711-rpi-4-b bcm2711-rpi-400; do
	for tree_blob in "$tree"/usr/lib/linux-image-*/broadcom/"$board".dtb; do
		[ ! -e "$tree_blob" ] || put "$tree_blob" ::"$board.dtb"
	done
done
