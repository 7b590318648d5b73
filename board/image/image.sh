#!/bin/sh
# image.sh ARCH: build/image/incheckpaal-ARCH.img, wholly from Debian packages and ours, which lies in build/deb.
# Without a mount: a tree, file systems made of it, and one table around them:
#   1 boot FAT (settings file; on arm64 the Pi's firmware)   2, 3 roots A and B, only read   4 the data, grown at first boot
# Before the roots a block is left to boot.cmd's count of starts, as large as what a card erases at once: a cut during that write harms nothing else.
# For QEMU's PC kernel and initrd are laid beside it. SUITE: which Debian.
set -eu
arch=$1
here=$(dirname "$0")
out=build/image
[ "$(id -u)" = 0 ] || { echo "image: run this as root: it works in a chroot" >&2; exit 1; }
mkdir -p "$out"

base=$out/root-$arch-$(sh "$here/root.sh" "$arch").tar
if [ ! -e "$base" ]; then
	rm -f "$out/root-$arch"-*.tar
	sh "$here/root.sh" "$arch" "$base.new"
	mv "$base.new" "$base"
fi
tree=$out/tree-$arch
rm -rf "$tree"
mkdir -p "$tree"
tar -C "$tree" --exclude './dev/*' -xpf "$base"
# devices are the kernel's
mknod -m 666 "$tree/dev/null" c 1 3
within() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive chroot "$tree" "$@"; }

cp -L "build/deb/incheckpaal_$arch.deb" "$tree/incheckpaal.deb"
within dpkg --install /incheckpaal.deb > "$out/install-$arch.log" 2>&1 || { cat "$out/install-$arch.log" >&2; exit 1; }
rm "$tree/incheckpaal.deb"
cp -r --preserve=mode "$here/root/." "$tree/"
chmod 755 "$tree"/usr/libexec/incheckpaal/*
chown -R 0:0 "$tree/etc/systemd" "$tree/usr/libexec/incheckpaal"
dpkg-deb -f "build/deb/incheckpaal_$arch.deb" Version > "$tree/etc/incheckpaal.version"
# Whose updates it believes.
pair=$(sh "$here/keys.sh")
install -m 644 "${pair% *}" "$tree/etc/rauc/keyring.pem"
sed -i "s/@ARCH@/$arch/" "$tree/etc/rauc/system.conf"

# What is written lies on the data partition; /etc only says where.
mkdir -p "$tree/data" "$tree/media/incheckpaal" "$tree/boot/firmware"
point() { ln -sfn "$2" "$tree/etc/$1"; }
point incheckpaal.conf /data/etc/incheckpaal.conf
point localtime /data/etc/localtime
point systemd/network/20-wifi.network /data/etc/wifi.network
point wpa_supplicant/wpa_supplicant-wlan0.conf /data/etc/wpa.conf
point resolv.conf /run/systemd/resolve/stub-resolv.conf
rm -f "$tree/etc/timezone" "$tree"/etc/ssh/ssh_host_*
: > "$tree/etc/machine-id"
: > "$tree/etc/default/locale"
echo incheckpaal > "$tree/etc/hostname"
printf '127.0.0.1 localhost\n::1 localhost\n' > "$tree/etc/hosts"
condition() { mkdir -p "$tree/etc/systemd/system/$1.d" && printf '[Unit]\nConditionPathExists=%s\nAfter=incheckpaal-settings.service\n' "$2" > "$tree/etc/systemd/system/$1.d/given.conf"; }
condition ssh.service /data/etc/ssh/authorized_keys
condition wpa_supplicant@wlan0.service /data/etc/wpa.conf

unit() { systemctl --quiet --root="$tree" "$@"; }
unit enable incheckpaal-kiosk incheckpaal-web incheckpaal-sync incheckpaal-heal.timer incheckpaal-grow incheckpaal-settings incheckpaal-confirm \
	incheckpaal-healthy incheckpaal-fallback incheckpaal-interrupted incheckpaal-update.path var-lib-incheckpaal.mount var-lib-systemd.mount \
	systemd-networkd systemd-resolved systemd-timesyncd ssh
# Nobody logs in on the screen, and nothing looks after packages that can not change.
unit mask getty@.service serial-getty@.service autovt@.service console-getty.service getty.target apt-daily.timer apt-daily-upgrade.timer \
	dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service systemd-networkd-wait-online.service wpa_supplicant.service \
	systemd-pstore.service systemd-logind.service systemd-rfkill.service systemd-rfkill.socket ssh.socket systemd-update-utmp.service
within passwd --quiet --lock root 2> /dev/null
sed -i 's/^root:[^:]*:/root:*:/' "$tree/etc/shadow"
if cut -d : -f 2 "$tree/etc/shadow" | grep '^\$'; then echo "image: somebody has a password" >&2 && exit 1; fi

sh "$here/../sbom.sh" image "$tree" "$arch" > "$out/incheckpaal-$arch.cdx.json"
sh "$here/../test/sbom.sh" "$out/incheckpaal-$arch.cdx.json" > /dev/null
install -D -m 644 "$out/incheckpaal-$arch.cdx.json" "$tree/usr/share/doc/incheckpaal/sbom.cdx.json"
rm -rf "$tree/var/cache/apt" "$tree/var/lib/apt/lists" "$tree/var/log" "$tree/run" "$tree/tmp" "$tree/dev/null"
mkdir -p "$tree/var/log" "$tree/run" "$tree/tmp"
[ "$arch" != amd64 ] || { cp "$tree"/boot/vmlinuz-* "$out/vmlinuz-$arch" && cp "$tree"/boot/initrd.img-* "$out/initrd-$arch"; }
ln -sf "$(basename "$tree"/boot/vmlinuz-*)" "$tree/boot/vmlinuz"
ln -sf "$(basename "$tree"/boot/initrd.img-*)" "$tree/boot/initrd.img"

# Sizes in MiB; the data is made small, the card says how large it becomes: two groups of blocks, so that there is a copy of the superblock.
boot_mib=256 root_at_mib=264 root_mib=1024 data_mib=256
rm -f "$out"/part-"$arch"-*
mkfs.vfat -F 32 -n INCHECKPAAL -i 494e4350 -C "$out/part-$arch-1" $((boot_mib * 1024)) > /dev/null
mcopy -i "$out/part-$arch-1" "$here/incheckpaal.txt" ::incheckpaal.txt
# U-Boot takes the script whatever machine its head names.
mkimage -A arm64 -T script -C none -n Incheckpaal -d "$here/boot.cmd" "$out/boot.scr" > /dev/null
mcopy -i "$out/part-$arch-1" "$out/boot.scr" ::boot.scr
[ ! -e "$here/firmware-$arch.sh" ] || sh "$here/firmware-$arch.sh" "$tree" "$out/part-$arch-1"
# As large as what is in it: an update writes every byte of it.
fs_mib=$(($(du -sm "$tree" | cut -f 1) * 105 / 100 + 32))
[ $fs_mib -le $root_mib ] || { echo "image: the root needs $fs_mib MiB, its partition has $root_mib" >&2; exit 1; }
# Without a journal: nothing is ever written there, and U-Boot reads no newer kind.
mke2fs -q -t ext4 -b 4096 -m 0 -O ^has_journal,^64bit,^metadata_csum,^orphan_file -L incheckpaal-a -d "$tree" "$out/part-$arch-2" "${fs_mib}M"
cp --sparse=always "$out/part-$arch-2" "$out/part-$arch-3"
# What an update is made of (bundle.sh).
cp --sparse=always "$out/part-$arch-2" "$out/slot-$arch"
cp "$tree/etc/incheckpaal.version" "$out/slot-$arch.version"
tune2fs -L incheckpaal-b "$out/part-$arch-3" > /dev/null
# Blocks as large as a card's pages, also where the file system begins small.
mke2fs -q -t ext4 -b 4096 -J size=16 -m 1 -L incheckpaal-data -E lazy_itable_init=0 "$out/part-$arch-4" ${data_mib}M

image=$out/incheckpaal-$arch.img
rm -f "$image"
truncate -s $((root_at_mib + 2 * root_mib + data_mib))M "$image"
sfdisk --quiet "$image" <<TABLE
label: dos
label-id: 0x494e4350
start=1MiB, size=${boot_mib}MiB, type=c, bootable
start=${root_at_mib}MiB, size=${root_mib}MiB, type=83
size=${root_mib}MiB, type=83
size=${data_mib}MiB, type=83
TABLE
for part in 1:1 2:$root_at_mib 3:$((root_at_mib + root_mib)) 4:$((root_at_mib + 2 * root_mib)); do
	dd if="$out/part-$arch-${part%:*}" of="$image" bs=1M seek="${part#*:}" conv=notrunc,sparse status=none
	rm "$out/part-$arch-${part%:*}"
done
used=$(du -sm --apparent-size "$tree" | cut -f 1)
rm -rf "$tree"
zstd -q -f -T0 -3 "$image" -o "$image.zst"
echo "$image: root $used MiB, image $(du -m "$image" | cut -f 1) MiB on disk, $(du -m "$image.zst" | cut -f 1) MiB packed"
