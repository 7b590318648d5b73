#!/bin/sh
# root.sh ARCH TAR: the root file system as Debian makes it, before anything of ours but what our package
# depends on. Made once for a list of packages: the name of TAR should hang on what `root.sh ARCH` prints.
# SUITE: which Debian; without it that of this machine.
set -eu
arch=$1
# shellcheck disable=SC1091
suite=${SUITE:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
here=$(dirname "$0")
packages=$(sed "s/#.*//" "$here/packages.list" | awk -v arch="$arch" '$2 == "all" || $2 == arch { print $1 }')
depends=$(dpkg-deb -f "build/deb/incheckpaal_$arch.deb" Depends | sed 's/([^)]*)//g; s/|[^,]*//g' | tr -d ' ' | tr ',' '\n')
list=$(printf '%s\n' "$packages" "$depends" | sort -u | paste -sd, -)

# What finds a root on an SD card and in a virtual machine; a list, because asking which drivers there are
# starts thousands of processes, under an emulator for eleven minutes.
case $arch in
arm64) drivers="ext4 sdhci-iproc bcm2835 bcm2835_wdt clk-raspberrypi raspberrypi-power virtio_blk virtio_pci virtio_mmio" ;;
*) drivers="ext4 virtio_blk virtio_pci sdhci-pci nvme ahci sd_mod" ;;
esac

if [ -z "${2:-}" ]; then
	{ echo "$suite $arch $list $drivers"; cat "$0" "$here/hwmon.sh"; } | sha256sum | cut -c 1-12
	exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/divert" <<'HOOK'
#!/bin/sh
# The initrd is made once, at the end, not by every package that asks for it.
set -eu
mkdir -p "$1/etc/initramfs-tools/conf.d"
echo 'MODULES=list' > "$1/etc/initramfs-tools/conf.d/incheckpaal"
chroot "$1" dpkg-divert --quiet --local --rename --divert /usr/sbin/update-initramfs.real --add /usr/sbin/update-initramfs
ln -s /bin/true "$1/usr/sbin/update-initramfs"
HOOK
cat > "$work/initrd" <<HOOK
#!/bin/sh
set -eu
printf '%s\n' $drivers >> "\$1/etc/initramfs-tools/modules"
rm "\$1/usr/sbin/update-initramfs"
chroot "\$1" dpkg-divert --quiet --local --rename --remove /usr/sbin/update-initramfs
for modules in "\$1"/lib/modules/*; do
	version=\$(basename "\$modules")
	chroot "\$1" mkinitramfs -o "/boot/initrd.img-\$version" "\$version"
done
HOOK
cat > "$work/supply" <<HOOK
#!/bin/sh
set -eu
[ $arch = arm64 ] || exit 0
sh "$here/hwmon.sh" "$suite" "\$1/hwmon.deb"
chroot "\$1" dpkg --install /hwmon.deb
rm "\$1/hwmon.deb"
chroot "\$1" depmod "\$(basename "\$1"/lib/modules/*)"
HOOK
chmod +x "$work/divert" "$work/initrd" "$work/supply"
# Of the drivers only those of hardware that no kiosk has are left out; of the papers the licences stay.
mmdebstrap --format=tar --architectures="$arch" --variant=essential --include="$list" \
	--components=main,contrib,non-free-firmware \
	--aptopt='APT::Install-Recommends "false"' \
	--dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
	--dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
	--dpkgopt='path-exclude=/lib/modules/*/kernel/drivers/media/*' --dpkgopt='path-exclude=/lib/modules/*/kernel/drivers/gpu/drm/amd/*' \
	--dpkgopt='path-exclude=/lib/modules/*/kernel/drivers/gpu/drm/nouveau/*' --dpkgopt='path-exclude=/lib/modules/*/kernel/drivers/gpu/drm/i915/*' \
	--dpkgopt='path-exclude=/lib/modules/*/kernel/drivers/scsi/*fc/*' --dpkgopt='path-exclude=/lib/modules/*/kernel/drivers/infiniband/*' \
	--dpkgopt='path-exclude=/lib/modules/*/kernel/drivers/net/ethernet/mellanox/*' --dpkgopt='path-exclude=/lib/modules/*/kernel/sound/soc/*' \
	--essential-hook="$work/divert" --customize-hook="$work/supply" --customize-hook="$work/initrd" \
	"$suite" "$2"
