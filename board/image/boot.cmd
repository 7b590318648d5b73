# U-Boot's script: root A, and root B when A's kernel can not be read. Writes nothing.
for slot in 2 3; do
	echo "Incheckpaal: root ${slot}"
	if ext4load ${devtype} ${devnum}:${slot} ${kernel_addr_r} /boot/vmlinuz && ext4load ${devtype} ${devnum}:${slot} ${ramdisk_addr_r} /boot/initrd.img; then
		setenv bootargs root=PARTUUID=494e4350-0${slot} ro quiet loglevel=3 panic=10 vt.global_cursor_default=0 systemd.show_status=no
		setenv initrd ${ramdisk_addr_r}:${filesize}
		fatload ${devtype} ${devnum}:1 ${fdt_addr_r} ${fdtfile} || fdt addr ${fdt_addr}
		booti ${kernel_addr_r} ${initrd} ${fdt_addr_r}
	fi
done
reset
