# What stories share; each story sources it and states only what differs from the default:
# a kiosk called "Ingang" at the entrance, one simulated reader, one event of which a plenary is on now
# and four parallel sessions follow, five attendees, and a clock that NTP has set to a Tuesday, 13:30.
# shellcheck shell=sh
set -eu
BIN=${BIN:?the directory of the programs}
work=$(mktemp -d /tmp/incheckpaal-story.XXXXXX)
export INCHECKPAAL_RUN="$work/run" INCHECKPAAL_TRACE="$work/trace" INCHECKPAAL_CLOCK="$work/clock" INCHECKPAAL_SYS="$work/sys"
export SDL_AUDIODRIVER="${SDL_AUDIODRIVER:-dummy}" SDL_VIDEODRIVER="${SDL_VIDEODRIVER:-dummy}" TZ=Europe/Amsterdam
export INCHECKPAAL_FONTS="${INCHECKPAAL_FONTS:-$PWD/build/fonts}"
data=$work/data
kiosk_pid= pn532_pid= web_pid=

leave() {
	status=$?
	[ -z "$kiosk_pid" ] || kill -9 "$kiosk_pid" 2> /dev/null || true
	[ -z "$pn532_pid" ] || kill "$pn532_pid" 2> /dev/null || true
	[ -z "$web_pid" ] || kill -9 "$web_pid" 2> /dev/null || true
	[ "$status" = 0 ] || for file in "$work"/*.log "$work/trace" "$work/why"; do
		[ -s "$file" ] && { echo "--- $(basename "$file")"; tail -n 25 "$file"; }
	done
	[ -z "${xvfb:-}" ] || kill "$xvfb" 2> /dev/null || true
	rm -rf "$work"
}
trap leave EXIT
trap 'exit 1' INT TERM

# Namespaces of one's own: root needs no other user for that, which a chroot refuses.
apart=unshare
[ "$(id -u)" = 0 ] || apart='unshare --map-root-user'

# The reason comes last, after the logs: where only the end of what was printed is kept, it is what one needs.
fail() { echo "$*" | tee -a "$work/why"; exit 1; }

# until_true SECONDS COMMAND...: asks again and again, fails when the time is up. PATIENCE stretches the
# time on a machine that has other work to do.
until_true() {
	tries=$(($1 * 20 * ${PATIENCE:-1}))
	shift
	while ! "$@" > /dev/null 2>&1; do
		tries=$((tries - 1))
		[ "$tries" -gt 0 ] || fail "waited in vain for: $*"
		sleep 0.05
	done
}

# clock_is OFFSET_MS GRADE: rehearses another time (base/clock.c); the file is replaced whole.
clock_is() {
	echo "$1 $2" > "$work/clock.new"
	mv "$work/clock.new" "$work/clock"
}
noon=$(date -d '2026-11-24 13:30:00' +%s)
clock_is $(((noon - $(date +%s)) * 1000)) ntp

# configure SECTION NAME VALUE: one option more; the last of a name wins.
configure() { printf '[%s]\n%s = %s\n' "$1" "$2" "$3" >> "$work/conf"; }
configure kiosk name Ingang
configure reader connection "pn532_uart:$work/nfc:115200"
configure screen fullscreen no

incheckpaal() { "$BIN/incheckpaal" --config "$work/conf" --data "$data" "$@"; }
say() { "$BIN/pn532" say "$work/nfc.sock" "$@"; }

reader_up() {
	"$BIN/pn532" --link "$work/nfc" --control "$work/nfc.sock" "$@" > "$work/pn532.log" 2>&1 &
	pn532_pid=$!
	until_true 5 say status
}

# The default programme and people; a story may write its own files first.
schedule() {
	cat > "$work/schedule.csv" <<-CSV
	session,title,host,room,start,end,cluster,capacity,kind,state
	opening,Plenaire opening,Sanne de Wit,Grote zaal,2026-11-24T13:00:00+01:00,2026-11-24T13:55:00+01:00,,,plenary,planned
	data,Data delen zonder gedoe,Joris Hof,Atelier 1,2026-11-24T14:15:00+01:00,2026-11-24T15:30:00+01:00,ict-ecommerce,20,parallel,planned
	zorg,Zorg op afstand,Noor el Amrani,Atelier 2,2026-11-24T14:15:00+01:00,2026-11-24T15:30:00+01:00,health,20,parallel,planned
	slot,Plenaire afsluiting,Sanne de Wit,Grote zaal,2026-11-24T15:45:00+01:00,2026-11-24T16:30:00+01:00,,,plenary,planned
	CSV
}
ada=04A1B2C3D4E501 bram=04A1B2C3D4E502 chris=04A1B2C3D4E503 dewi=04A1B2C3D4E504 eva=04A1B2C3D4E505
stranger=04FFEEDDCCBB01
attendees() {
	cat > "$work/attendees.csv" <<-CSV
	badge,given_name,family_name,organisation,organisation_kind,education_level,cluster,region,growth,email,language,sessions
	$ada,Ada,de Vries,Hanzecode,company,,ict-ecommerce,inside,,ada@voorbeeld.example,nl,data
	$bram,Bram,Bakker,IJsselzorg,company,,health,inside,,bram@voorbeeld.example,nl,zorg
	$chris,Chris,Smit,Deltion,education,mbo,health,inside,,chris@voorbeeld.example,en,
	$dewi,Dewi,Jansen,Gemeente,government,,,inside,,dewi@voorbeeld.example,nl,
	$eva,Eva,Öztürk,Vezelwerk,company,,creative-making,outside,start-up,eva@voorbeeld.example,nl,
	CSV
}
prepare() {
	incheckpaal init > "$work/init.log" 2>&1
	[ -e "$work/schedule.csv" ] || schedule
	[ -e "$work/attendees.csv" ] || attendees
	incheckpaal import schedule "$work/schedule.csv" > "$work/import.log" 2>&1
	incheckpaal import attendees "$work/attendees.csv" >> "$work/import.log" 2>&1
}

status_has() { incheckpaal status --json 2> /dev/null | grep -q "$1"; }
kiosk_start() {
	: >> "$work/trace"
	"$BIN/incheckpaal-kiosk" --config "$work/conf" --data "$data" >> "$work/kiosk.log" 2>&1 &
	kiosk_pid=$!
}
kiosk_up() {
	kiosk_start
	until_true 10 status_has '"state":"up"'
	until_true 10 status_has '"screen":"[^s]'
}
kiosk_down() {
	kill "$kiosk_pid"
	wait "$kiosk_pid" || fail "the kiosk left with status $?"
	kiosk_pid=
}
kiosk_kill_hard() {
	kill -9 "$kiosk_pid"
	wait "$kiosk_pid" 2> /dev/null || true
	kiosk_pid=
}

# all_up: the default world, ready for the first tap.
all_up() {
	reader_up
	prepare
	kiosk_up
}

shown_count() { grep -c '"stage":"shown"' "$work/trace" || true; }
more_shown_than() { [ "$(shown_count)" -gt "$1" ]; }
seen_count() { grep -c '"stage":"seen"' "$work/trace" || true; }
seen_more_than() { [ "$(seen_count)" -gt "$1" ]; }
last_shown() { grep '"stage":"shown"' "$work/trace" | tail -1 | sed 's/.*"verdict":"\([^"]*\)".*/\1/'; }

# held UID KIND COMMAND...: holds a badge until the command is true, as people do, however busy the machine is.
held() {
	say put held "$2" "uid=$1" > /dev/null
	shift 2
	until_true 5 "$@"
	say remove held > /dev/null
	until_true 5 field_is_empty
}
# tap UID VERDICT [KIND]: holds a badge until the screen answers, with this verdict.
tap() {
	before=$(shown_count)
	held "$1" "${3:-ntag213}" more_shown_than "$before"
	[ "$(last_shown)" = "$2" ] || fail "tap $1: the screen showed $(last_shown), not $2"
}
field_is_empty() { say status | grep -q 'cards=0\|badges=0\|field=empty'; }

# screen_is NAME: as status tells it.
screen_is() { until_true 8 status_has "\"screen\":\"$1\""; }

# attendance [OPTIONS]: the log as CSV without its header.
attendance() { incheckpaal export attendance "$@" | tail -n +2; }
log_lines() { attendance | wc -l; }
log_grew_to() { [ "$(log_lines)" -ge "$1" ]; }
verified() { incheckpaal verify > "$work/verify.log" 2>&1 || fail "the chain does not hold: $(cat "$work/verify.log")"; }

# The number of a display that is this story's own, and the next is as well: stories run beside each other.
number=$((1000 + $$ % 25000 * 2))
# touchable: a real window under Xvfb, 1280x720, with a real pointer; press X Y touches it there.
xvfb=
touchable() {
	export SDL_VIDEODRIVER=x11 DISPLAY=":$number"
	Xvfb ":$number" -screen 0 1280x720x24 -nolisten tcp -noreset > "$work/xvfb.log" 2>&1 &
	xvfb=$!
	until_true 10 xdotool getmouselocation
	configure screen touch yes
	configure screen width 1280
	configure screen height 720
}
press() { xdotool mousemove "$1" "$2" mousedown 1 sleep 0.05 mouseup 1; }
# type_on_screen WORD: the letters of a word on the keyboard of a 1280x720 screen.
type_on_screen() {
	for letter in $(echo "$1" | sed 's/./& /g'); do
		column=0
		for key in q w e r t y u i o p a s d f g h j k l z x c v b n m; do
			[ "$key" = "$letter" ] && break
			column=$((column + 1))
		done
		if [ $column -lt 10 ]; then press $((92 + column * 122)) 385
		elif [ $column -lt 19 ]; then press $((150 + (column - 10) * 122)) 476
		else press $((92 + (column - 19) * 122)) 567; fi
	done
}
press_back() { press 120 658; }
press_space() { press 731 658; }
press_next() { press 1129 658; }
