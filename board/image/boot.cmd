# U-Boot's script: which root starts. The state is one sector before the first partition, with a sum, so that no file system
# is ever written here; the second sector is what it was when an update was last confirmed. RAUC writes the first.
# BOOT_ORDER: which is tried first. BOOT_A_LEFT: 9 is confirmed and costs no write; less is a trial, one try fewer each time;
# 0 is never tried while there is another. Without a state that can be read: A, then B. Numbers are hexadecimal.
# A root that was confirmed can break later. An x is put down for each start, into a sector that shares no block of the card with
# anything (image.sh), and a kiosk that stays takes them away (libexec/healthy): after three starts in a row that came to no kiosk
# the other root has three, where it was confirmed too, and then the first again.
setenv BOOT_ORDER A B
setenv BOOT_A_LEFT 9
setenv BOOT_B_LEFT 9
setenv begun
setenv state ${kernel_addr_r}
${devtype} dev ${devnum}
for sector in 40 400; do
	if test -z "${known}" && ${devtype} read ${state} ${sector} 1 && env import -c ${state} 200 BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT; then
		setenv known ${sector}
	fi
done
if ${devtype} read ${state} 82000 1; then env import -c ${state} 200 begun; fi
# For whoever looks after a screen, and for tests: a line more=OPTIONS for the kernel.
if fatload ${devtype} ${devnum}:1 ${state} more.txt; then env import -t ${state} ${filesize} more; fi
echo "Incheckpaal: state ${known}: order ${BOOT_ORDER}, A ${BOOT_A_LEFT}, B ${BOOT_B_LEFT}, begun ${begun}"

setenv turned
if test "${BOOT_A_LEFT}${BOOT_B_LEFT}" = 99; then
	if test "-${begun}" = -xxx -o "-${begun}" = -xxxx -o "-${begun}" = -xxxxx; then
		setenv turned incheckpaal.turned
		if test "${BOOT_ORDER}" = "A B"; then setenv BOOT_ORDER B A; else setenv BOOT_ORDER A B; fi
	fi
fi
if test "-${begun}" = -xxxxxx; then setenv begun; fi
setenv begun ${begun}x
env export -c -s 200 ${state} begun && ${devtype} write ${state} 82000 1

setenv keep 'env export -c -s 200 ${state} BOOT_ORDER BOOT_A_LEFT BOOT_B_LEFT && ${devtype} write ${state} 40 1'
setenv start '
	echo "Incheckpaal: root ${slot} ${trial}${turned}";
	if ext4load ${devtype} ${devnum}:${part} ${kernel_addr_r} /boot/vmlinuz; then
		setenv kernel_size ${filesize};
		if ext4load ${devtype} ${devnum}:${part} ${ramdisk_addr_r} /boot/initrd.img; then
			setenv bootargs "root=PARTUUID=494e4350-0${part} rauc.slot=${slot} ro quiet loglevel=3 panic=10 vt.global_cursor_default=0 systemd.show_status=no ${trial} ${turned} ${more}";
			if test "${arch}" = x86; then
				zboot ${kernel_addr_r} ${kernel_size} ${ramdisk_addr_r} ${filesize};
			else
				booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr};
			fi;
		fi;
	fi'

setenv choose 'if test ${slot} = A; then setenv part 2; setenv left ${BOOT_A_LEFT}; else setenv part 3; setenv left ${BOOT_B_LEFT}; fi'
for slot in ${BOOT_ORDER}; do
	run choose
	setenv fewer
	setenv trial
	if test ${left} = 3; then setenv fewer 2; fi
	if test ${left} = 2; then setenv fewer 1; fi
	if test ${left} = 1; then setenv fewer 0; fi
	if test -n "${fewer}"; then
		setenv trial incheckpaal.trial
		setenv BOOT_${slot}_LEFT ${fewer}
		run keep
	fi
	if test ${left} != 0; then run start; fi
	setenv turned
done

# Nothing started: whatever there is.
setenv trial
for slot in A B; do
	run choose
	run start
done
reset
