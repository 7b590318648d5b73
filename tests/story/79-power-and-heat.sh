#!/bin/sh
# Too little power and too much heat are said by page, status, doctor and journal, with what to do; a machine that
# does not measure them says so and nothing is wrong. The sensors are files of a tree of our own.
. tests/story/lib.sh
. tests/story/web.sh
# sensor FILE VALUE: the file is replaced whole.
sensor() {
	mkdir -p "$(dirname "$work/sys/class/$1")"
	echo "$2" > "$work/sys/value"
	mv "$work/sys/value" "$work/sys/class/$1"
}
supply() { sensor hwmon/hwmon3/in0_lcrit_alarm "$1"; }
heat() { sensor thermal/thermal_zone0/temp "$1"; }
# power_is STATE CELSIUS: what the running kiosk says.
power_is() { until_true 10 status_has "\"power\":{\"state\":\"$1\",\"celsius\":$2}"; }
doctor() { LC_ALL=$1 incheckpaal doctor > "$work/doctor.log" 2>&1 || fail "$(cat "$work/doctor.log")"; }
finds() { grep -q -e "$1" "$work/doctor.log" || fail "no \"$1\" in $(cat "$work/doctor.log")"; }
said() { grep -c "$1" "$work/kiosk.log" || true; }

all_up
web_start
signed_in
power_is unknown null
incheckpaal status | grep -q '^power and heat *not known$' || fail "$(incheckpaal status)"
doctor C
finds 'ok *power *not known: this machine'
page /kiosks 200; says 'Stroom en warmte</th><td><span class="mute">niet bekend'; says 'alles in orde'

# A driver that comes late is found at the next start.
kiosk_down
sensor hwmon/hwmon3/name rpi_volt; supply 0
sensor thermal/thermal_zone0/type cpu-thermal; heat 51070
kiosk_up
power_is fine 51
LC_ALL=nl_NL.UTF-8 incheckpaal status | grep -q '^stroom en warmte *in orde, 51 °C$' || fail "$(incheckpaal status)"
doctor nl_NL.UTF-8
finds 'in orde *stroom *genoeg, en 51 °C'
sleep 1.2
page /kiosks 200; says '51 °C'; says 'alles in orde'

# Cold is no trouble, nonsense is not believed.
heat 0
power_is fine 0
sleep 1.2
page /kiosks 200; says '0 °C'
heat -4900
power_is fine -5
heat 999999999
power_is fine null
sleep 1.2
page /kiosks 200; says 'genoeg stroom'

heat 82400
power_is hot 82
doctor C
finds 'warning *power *82 °C'; finds '-> let air'
sleep 1.2
page /kiosks 200; says '82 °C, te warm'; says '1 ding vraagt aandacht'; says '1 let op'
heat 76000
power_is hot 76
heat 74000
power_is fine 74
[ "$(said 'at 82 degrees')" = 1 ] && [ "$(said 'power: in order again')" = 1 ] || fail "the journal: $(cat "$work/kiosk.log")"

# The alarm lasts two seconds; that there was one is remembered, and said once.
supply 1
power_is low 74
supply 0
sleep 1.2
power_is low 74
tap $ada checked-in
incheckpaal status | grep -q '^power and heat *too little power, 74 °C$' || fail "$(incheckpaal status)"
doctor nl_NL.UTF-8
finds 'waarschuwing *stroom *te weinig'; finds '-> gebruik een voeding van 5,1 V en 3 A'
[ "$(said 'power: too little')" = 1 ] || fail "the journal: $(cat "$work/kiosk.log")"
page /kiosks 200; says 'te weinig stroom: gebruik de voeding'; says '74 °C'; says '1 ding vraagt aandacht'; says '1 let op'
ask GET /kiosks -H 'Accept: application/json' > "$work/status"
says '"power":"low","celsius":74'
page '/live?lang=en' 303
page /kiosks 200; says 'Power and heat</th>'; says 'too little power: use the supply'

# Without the kiosk nothing is known, and the doctor looks by himself.
kiosk_down
sleep 1.2
page /kiosks 200; says 'Power and heat</th><td><span class="mute">not known'; says ', since 24 November 13:3'; says 'Restarting from here works again'
doctor C
finds 'ok *power *enough, and 74 °C'
grep 'which .* did not give' "$work/web.log" && fail 'a page misses data'
web_down
verified
