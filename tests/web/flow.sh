#!/bin/sh
# tests/web/flow.sh: an organiser's first day with an empty kiosk, in a real browser over the real programs. VIEW: how it is looked at.
. tests/story/lib.sh
. tests/story/web.sh
organiser=04C0FFEE000001
schedule
cat > "$work/list.csv" <<CSV
naam;organisatie;soort;cluster;badge;e-mail
Ada de Vries;Café Één;bedrijf;ict-ecommerce;$ada;ada@voorbeeld.example
Bram Bakker;IJsselzorg;bedrijf;health;$bram;bram@voorbeeld.example
;Kookstudio;bedrijf;;;
Ina Smit;Smit <b>& Zn</b>;bedrijf;ruimtevaart;;ina@voorbeeld.example
=1+1;Som;bedrijf;;$eva;som@voorbeeld.example
CSV
incheckpaal init > "$work/init.log" 2>&1
incheckpaal badge organiser "$organiser" > /dev/null
reader_up
kiosk_start
until_true 10 status_has '"state":"up"'
web_start

# The way in is read off the kiosk's own screen, as a phone does it.
say tap ntag213 "uid=$organiser" ms=250 > /dev/null
scanned() {
	incheckpaal screenshot "$work/service.png" > /dev/null && zbarimg -q --raw "$work/service.png" > "$work/qr"
}
until_true 20 scanned
DOOR=$(cat "$work/qr")
[ "${DOOR%%/start*}" = "$web" ] || fail "the kiosk leads to $DOOR, not to $web"
export DOOR WEB="$web" WORK="$work" NFC="$work/nfc.sock" PN532="$BIN/pn532" BADGE="$ada" STRANGER="$stranger" FORMULA="$eva"
export KIOSK="$BIN/incheckpaal-kiosk" CONFIG="$work/conf" DATA="$data"
export SCHEDULE="$work/schedule.csv" LIST="$work/list.csv"
node tests/web/flow.mjs
