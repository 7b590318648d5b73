#!/bin/sh
# What a tap means, the look and the language are chosen on the page, over the file: from the next tap on, through
# kills and restarts, until they are put back; who may not, is late or asks for nonsense changes nothing.
. tests/story/lib.sh
. tests/story/web.sh
configure kiosk guard_s 0
all_up
web_start
signed_in
here=/kiosks/1/settings
# rev PART: what the form of that part on the page seen last was made of.
rev() { sed -n "s/.*name=\"part\" value=\"$1\".*name=\"rev\" value=\"\([^\"]*\)\".*/\1/p" "$work/body" | head -n 1; }
rested() { sleep 1.6; } # the same badge is no new tap sooner
# choose PART STATUS FIELD=VALUE...: fills in the form of a part as it stands now.
choose() {
	part=$1 wanted_status=$2
	shift 2
	page "$here" 200
	send "$here" "$wanted_status" "part=$part" "rev=$(rev "$part")" "$@"
}
kiosk_has() { until_true 10 status_has "$1"; }
rows() { sqlite3 "$data/attendance.db" "SELECT count(*) FROM option_override WHERE section || '.' || name IN ('kiosk.mode', 'kiosk.tap_out', 'kiosk.room')"; }
value() { sqlite3 "$data/attendance.db" "SELECT value || ' ' || origin FROM option_override WHERE section || '.' || name = '$1'"; }

page /kiosks 200; says "href=\"$here\""
page "$here" 200; says 'Wat betekent een tik'; says 'value="entrance" checked'; says 'Zo staat het in het bestand'
tap $ada checked-in

# The next tap obeys, also when it comes at once.
choose tap 303 tap=inout which= room=
header_is Location "$here?saved=tap_inout#tap"
rested
tap $ada checked-out
kiosk_has '"kiosk.tap_out":"yes"'
asked_from() { [ "$(sqlite3 "$data/attendance.db" "SELECT value FROM kiosk_setting WHERE name = 'tap-out-from'")" -ge 1 ]; }
until_true 10 asked_from # who came before is not taken to have forgotten
page "$here?saved=tap_inout" 200
says 'Een tik betekent nu ‘In en uit’'; says 'value="inout" checked'; says 'dat gaat voor het bestand. In het bestand staat: Ingang'
choose tap 303 tap=session which=room 'room=Atelier 1'
tap $bram closed
kiosk_has '"kiosk.room":"Atelier 1"'

# Somebody was ahead; nonsense; a room nobody knows. Nothing of it is kept.
send "$here" 409 part=tap "rev=$(rev tap)" tap=entrance which= room=; says 'Iemand'; says 'Nu geldt: Deelsessie in Atelier 1'
choose tap 422 tap=session which= room=; says 'Kies om welke sessie het gaat'
choose tap 422 tap=session which=room room=; says 'Kies een andere ruimte'
choose tap 422 tap=session which=room room=Kelder; says 'Deze ruimte staat niet in het programma'
choose tap 422 tap=sideways which= room=; says 'Kies een van de mogelijkheden'
choose tap 422 tap=session which=sideways room=; says 'Kies een van de mogelijkheden'
choose reader 422 side=above; says 'Kies een van de mogelijkheden'
choose look 422 theme=light volume=101; says 'van 0 tot en met 100'
choose name 422 kiosk_name=; says 'nog leeg'
choose name 422 "kiosk_name=$(printf 'x%.0s' $(seq 64))"
choose reader.connection 404 side=left
choose retention 404 keep=1
[ "$(rows)" = 3 ] || fail "nonsense was kept: $(rows)"
[ "$(value kiosk.mode)" = 'room page' ] || fail "nonsense was kept: $(value kiosk.mode)"

# A viewer neither sees nor changes it; a form without its token is refused.
csrf_before=$csrf csrf=wrong
send "$here" 403 part=tap tap=entrance which= room=
csrf=$csrf_before
viewer_in
page "$here" 403
page /programme 200
send "$here" 403 part=tap tap=entrance which= room=
cp "$work/organiser" "$work/jar"
page /audit 200; says 'Koos een instelling van de kiosk'; says 'tap: mode=room tap_out=no room=Atelier 1'

# It survives a kill; whoever edits the file meanwhile is told that it does not hold, everywhere.
kiosk_kill_hard
configure kiosk tap_out yes
kiosk_up
tap $bram closed
grep -q 'kiosk.mode is "room", chosen at the page; the file says "entrance"' "$work/kiosk.log" || fail "the journal does not say it"
incheckpaal status | grep -q 'kiosk.tap_out = no (chosen on the page; the file says "yes")' || fail "status: $(incheckpaal status)"
LC_ALL=nl_NL.UTF-8 incheckpaal doctor | grep -q 'kiosk.mode = room (gekozen op de beheerpagina' || fail "doctor: $(incheckpaal doctor)"
incheckpaal manual incheckpaal.conf | grep -q 'May be chosen on the page'
kill -9 "$web_pid" && wait "$web_pid" 2> /dev/null || true
web_start
page "$here" 200; says 'In het bestand staat: In en uit'
choose tap 303 do=file
[ "$(rows)" = 0 ] || fail "something is left of it: $(rows)"
rested
tap $bram checked-in
rested
tap $bram checked-out

# The page is killed at any moment: a choice is there whole, with its line in the audit log, or not at all.
for delay in 0 0.002 0.005 0.01 0.02 0.04; do
	page "$here" 200
	(send "$here" 303 part=tap "rev=$(rev tap)" tap=session which=choose 'room=Atelier 2' > /dev/null 2>&1) &
	sending=$!
	sleep $delay
	kill -9 "$web_pid" && wait "$web_pid" 2> /dev/null || true
	wait $sending || true
	case $(rows) in 0 | 3) ;; *) fail "half a choice: $(rows)" ;; esac
	noted=$(sqlite3 "$data/attendance.db" "SELECT act FROM audit WHERE act LIKE 'option%' ORDER BY id DESC LIMIT 1")
	[ "$(rows) $noted" = '3 option-chosen' ] || [ "$(rows) $noted" = '0 option-put-back' ] || fail "kept $(rows), noted $noted"
	web_start
	[ "$(rows)" = 0 ] || choose tap 303 do=file
done

# Look and language: at once, though nobody's goodbye changes its language; the volume is the one of the service screen.
screen_is idle
choose language 303 screen_language=en page_language=nl
header_is Location "$here?saved=option&lang=nl#language"
kiosk_has '"language":"en"'
choose language 303 screen_language=nl page_language=nl
[ -z "$(value kiosk.language)" ] || fail "what the file says needs no choice"
kiosk_has '"language":"nl"'
# Where nobody said where the reader is, the kiosk says which side its screen is made for; a reader behind it is a choice too.
page "$here" 200; says 'name="side" value="right" checked'
kiosk_has '"side":"right"'
choose reader 303 side=behind
kiosk_has '"side":"behind"'
page "$here" 200; says 'name="side" value="behind" checked'; says 'In het bestand staat: vanzelf, naar de stand van het scherm'
choose reader 303 side=left
choose look 303 theme=dark volume=40
kiosk_has '"screen.volume":"40"'
choose name 303 'kiosk_name=Zij-ingang <1>'
kiosk_has '"kiosk":"Zij-ingang <1>"'
page "$here" 200; says 'Zij-ingang &lt;1&gt;'
tap $chris checked-in
attendance | tail -1 | grep -q 'Zij-ingang <1>' || fail "the tap has another kiosk's name: $(attendance | tail -1)"

# How long names are kept: the kiosk goes by it.
page /settings 200; says 'na 28 dagen'
send /settings/retention 422 part=retention "rev=$(rev retention)" keep=0; says 'Kies een van de mogelijkheden'
send /settings/retention 303 part=retention "rev=$(rev retention)" keep=3
header_is Location '/settings?saved=option#retention'
page /settings 200; says 'value="3" selected'; says 'In het bestand staat: na 28 dagen'
INCHECKPAAL_PRIVACY=$PWD/board/privacy incheckpaal privacy notice | grep -q '\b3 da' || fail 'the notice tells another number of days'
printf 'ok\n' | incheckpaal init --keep-names-days 30 | grep -q '3 days: chosen on the organiser' || fail 'init does not say that the page chose'
kiosk_down
clock_is $((($(date -d '2026-11-29 13:30:00' +%s) - $(date +%s)) * 1000)) ntp
kiosk_up
nobody() { ! incheckpaal attendee list | grep -q Ada; }
until_true 10 nobody

# What a tap means falls back as a whole where it does not fit, and it is said; the rest that was chosen holds. What may not be chosen never holds.
kiosk_down
sqlite3 "$data/attendance.db" "INSERT INTO option_override VALUES ('kiosk', 'mode', 'sideways', 'page', 0), ('reader', 'connection', 'pn532_uart:/dev/null', 'page', 0)"
kiosk_up
grep -q 'not all that was chosen holds: mode: "sideways" is not allowed' "$work/kiosk.log" || fail 'the journal does not say it'
incheckpaal doctor | grep -q 'not all of these hold (mode: "sideways"' || fail "doctor: $(incheckpaal doctor)"
status_has '"kiosk":"Zij-ingang <1>"' || fail 'the name fell back with it'

# Another kiosk's log is here, the kiosk is not; what is not even here is nothing.
page /kiosks/2/settings 404
other=$data data=$work/other
mkdir "$data"
cp "$other/venue.key" "$data"
incheckpaal init > "$work/init.log" 2>&1
data=$other
incheckpaal merge "$work/other/attendance.db" > "$work/merge.log" 2>&1 || fail "$(cat "$work/merge.log")"
page /kiosks/2/settings 503; says 'niet bereikbaar'
send /kiosks/2/settings 503 part=tap tap=entrance which= room=
page /kiosks/3/settings 404
page /kiosks/0/settings 404

# Without the kiosk it is said when it will hold.
kiosk_down
sqlite3 "$data/attendance.db" 'DELETE FROM option_override'
sleep 1.2
page "$here" 200; says 'De kiosk antwoordt nu niet'
grep 'which .* did not give' "$work/web.log" && fail 'a page misses data'
web_down
verified
