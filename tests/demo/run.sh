#!/bin/sh
# `make run`: a work atelier that starts now, a kiosk, and a simulated reader you tap from the keyboard.
#   run.sh BIN                the programs in BIN
#   READER=auto run.sh BIN    a real reader; 1-9 then link the next badge to an attendee
#   DEMO_KEYS="1 1 u q"       keys without a keyboard
# Without a keyboard and without DEMO_KEYS it stays until it is interrupted.
set -eu
bin=${1:?the directory of the programs}
here=$(dirname "$0")
home=${DEMO_HOME:-build/demo}
data=$home/data
run=$(mktemp -d /tmp/incheckpaal-demo.XXXXXX)
kiosk_pid='' pn532_pid='' saved_tty=''
export INCHECKPAAL_RUN="$run" INCHECKPAAL_TRACE="$run/trace"
export INCHECKPAAL_FONTS="${INCHECKPAAL_FONTS:-$PWD/build/fonts}"

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
nl*) language='nl' ;;
*) language='en' ;;
esac
# The programme is moved to this machine's clock, so that clock is the right one here, whoever set it.
export INCHECKPAAL_CLOCK="$run/clock"
echo "0 human" > "$run/clock"
# t ENGLISH DUTCH
t() { if [ $language = nl ]; then echo "$2"; else echo "$1"; fi; }

incheckpaal() { "$bin/incheckpaal" --config "$home/conf" --data "$data" "$@"; }
say() { "$bin/pn532" say "$run/nfc.sock" "$@"; }
simulated() { [ -z "${READER:-}" ]; }

leave() {
	trap - EXIT INT TERM
	[ -z "$saved_tty" ] || stty "$saved_tty"
	[ -z "$kiosk_pid" ] || { kill "$kiosk_pid" && wait "$kiosk_pid"; } 2> /dev/null || true
	[ -z "$pn532_pid" ] || { kill "$pn532_pid" && wait "$pn532_pid"; } 2> /dev/null || true
	rm -rf "$run"
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# until_true SECONDS COMMAND...
until_true() {
	tries=$(($1 * 20))
	shift
	while ! "$@" > /dev/null 2>&1; do
		tries=$((tries - 1))
		[ $tries -gt 0 ] || return 1
		sleep 0.05
	done
}

# The programme's 14:00 becomes the next five minutes; every other time keeps its distance.
shift_to_now() {
	in=$1
	first=$(grep -m 1 ',parallel,' "$in" | grep -oE "$stamp" | head -n 1)
	now=$(date +%s)
	ahead=$(((now / 300 + 1) * 300 - $(date -d "$first" +%s)))
	grep -oE "$stamp" "$in" | sort -u | while read -r old; do
		new=$(date -d "@$(($(date -d "$old" +%s) + ahead))" +%Y-%m-%dT%H:%M:%S%:z)
		echo "s/$old/$new/g"
	done > "$run/shift.sed"
	sed -f "$run/shift.sed" "$in"
}
stamp='[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?[+-][0-9]{2}:[0-9]{2}'

configure() {
	connection=${READER:-pn532_uart:$run/nfc:115200}
	cat > "$home/conf" <<-CONF
	[kiosk]
	name = $(t Entrance Ingang)
	language = $language
	[reader]
	connection = $connection
	[screen]
	fullscreen = no
	[privacy]
	keep_names_days = 28
	CONF
}

prepare() {
	rm -rf "$home"
	mkdir -p "$home"
	configure
	shift_to_now "$here/../data/werkatelier-schedule.csv" > "$home/werkatelier.csv"
	cp "$here/../data/werkatelier-attendees.csv" "$home/attendees.csv"
	incheckpaal init > "$home/log"
	incheckpaal import schedule "$home/werkatelier.csv"
	incheckpaal import attendees "$home/attendees.csv"
}

# A window where there is a display; else SDL paints where only a screenshot sees it.
choose_display() {
	if [ -z "${SDL_VIDEODRIVER:-}${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
		export SDL_VIDEODRIVER=offscreen SDL_FRAMEBUFFER_ACCELERATION=0 SDL_AUDIODRIVER=dummy
		t "No display here: s saves a picture of the screen." \
			"Hier is geen beeldscherm: s bewaart een plaatje van het scherm."
	fi
}

status_has() { incheckpaal status --json | grep -q "$1"; }

start() {
	if simulated; then
		"$bin/pn532" --link "$run/nfc" --control "$run/nfc.sock" >> "$home/log" 2>&1 &
		pn532_pid=$!
		until_true 5 say status || { t "The simulated reader does not start: see $home/log" \
			"De nagebootste lezer start niet: zie $home/log"; exit 1; }
	fi
	"$bin/incheckpaal-kiosk" --config "$home/conf" --data "$data" >> "$home/log" 2>&1 &
	kiosk_pid=$!
	until_true 15 status_has '"screen":"[^s]' || {
		t "The kiosk does not start:" "De kiosk start niet:"
		tail -n 5 "$home/log"
		exit 1
	}
}

# The first nine badges of the list, one "UID NAME" a line.
people() { awk -F, 'NR > 1 && $1 != "" && n < 9 { n++; print $1, $2, $3 }' "$home/attendees.csv"; }
badge_of() { people | sed -n "$1p" | cut -d' ' -f1; }
name_of() { people | sed -n "$1p" | cut -d' ' -f2-; }

menu() {
	echo
	simulated || t "Number: link the next badge you hold to the reader to" \
		"Cijfer: koppel de eerstvolgende badge die u voor de lezer houdt aan"
	people | awk '{ number = NR; $1 = ""; print "  " number " " $0 }'
	if simulated; then
		t "  u  unknown badge       p  phone      r  pull the reader, and plug it in again" \
			"  u  onbekende badge     p  telefoon   r  trek de lezer los, en steek hem weer in"
	fi
	t "  s  save the screen     l  show the log              q  quit" \
		"  s  bewaar het scherm   l  toon het logboek          q  stop"
	echo
}

decisions() { grep -c '"stage":"decided"' "$INCHECKPAAL_TRACE" 2> /dev/null || true; }
more_decisions() { [ "$(decisions)" -gt "$1" ]; }

# hold WHO KIND [uid=HEX]: a badge in front of the reader for a moment, and what came of it.
hold() {
	who=$1
	shift
	before=$(decisions)
	say tap "$@" ms=400 > /dev/null || { t "The simulated reader does not answer." \
		"De nagebootste lezer antwoordt niet."; return; }
	if until_true 3 more_decisions "$before"; then
		echo "$who: $(grep '"stage":"decided"' "$INCHECKPAAL_TRACE" | tail -n 1 |
			sed 's/.*"verdict":"\([^"]*\)".*/\1/')"
	else
		t "$who: not read" "$who: niet gelezen"
	fi
}

pulled=''
pull_or_plug() {
	if [ -z "$pulled" ]; then
		say unplug > /dev/null
		pulled=yes
		t "The reader is pulled out; r plugs it in again." \
			"De lezer is losgetrokken; r steekt hem weer in."
	else
		say plug > /dev/null
		pulled=''
		t "The reader is plugged in." "De lezer is ingestoken."
	fi
}

press() {
	case $1 in
	[1-9])
		if simulated; then
			hold "$(name_of "$1")" ntag213 "uid=$(badge_of "$1")"
		else
			incheckpaal badge link next "$(name_of "$1")" || true
		fi
		;;
	u) ! simulated || hold "$(t 'unknown badge' 'onbekende badge')" ntag213 uid=04FFEEDDCCBB01 ;;
	p) ! simulated || hold "$(t phone telefoon)" phone ;;
	r) ! simulated || pull_or_plug ;;
	s) incheckpaal screenshot "$home/screen.png" || true ;;
	l) incheckpaal export attendance --personal || true ;;
	q) exit 0 ;;
	'' | ' ') ;;
	*) menu ;;
	esac
}

by_keyboard() {
	saved_tty=$(stty -g)
	stty -icanon -echo min 1 time 0
	while kill -0 "$kiosk_pid" 2> /dev/null; do
		press "$(dd bs=1 count=1 2> /dev/null)"
	done
	t "The kiosk has stopped." "De kiosk is gestopt."
}

prepare
choose_display
start
menu
t "The log: $data/attendance.db; what the programs say: $home/log" \
	"Het logboek: $data/attendance.db; wat de programma's zeggen: $home/log"
t "Ask for it: $bin/incheckpaal --data $data export attendance" \
	"Vraag het op: $bin/incheckpaal --data $data export attendance"
if [ -n "${DEMO_KEYS:-}" ]; then
	for key in $DEMO_KEYS; do press "$key"; done
elif [ -t 0 ]; then
	by_keyboard
else
	wait "$kiosk_pid"
fi
