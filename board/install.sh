#!/bin/sh
# Places what the operating system needs to know of the programs: units, users, rights, readers, the
# example of the configuration. The arguments are the programs: a unit is placed for its program only.
# DESTDIR, PREFIX, UNIT_DIR: as make knows them. RUN: how a program that was built runs on this machine.
set -eu
here=$(dirname "$0")/system
lib=$DESTDIR$PREFIX/lib

place() { install -D -m "$1" "$here/$2" "$3"; }
place 644 sysusers.conf "$lib/sysusers.d/incheckpaal.conf"
place 644 tmpfiles.conf "$lib/tmpfiles.d/incheckpaal.conf"
place 644 modules.conf "$lib/modules-load.d/incheckpaal.conf"
place 644 udev.rules "$lib/udev/rules.d/70-incheckpaal.rules"
place 644 libnfc.conf "$DESTDIR/etc/nfc/devices.d/incheckpaal.conf"
place 755 trouble.sh "$DESTDIR$PREFIX/libexec/incheckpaal/trouble"
place 644 ../hub.sql "$DESTDIR$PREFIX/share/incheckpaal/hub.sql"

for program in "$@"; do
	unit=$(basename "$program").service
	[ ! -e "$here/$unit" ] || place 644 "$unit" "$DESTDIR$UNIT_DIR/$unit"
	case $program in */incheckpaal) install -d "$DESTDIR/etc" &&
		$RUN "$program" config example > "$DESTDIR/etc/incheckpaal.conf" ;;
	esac
done
