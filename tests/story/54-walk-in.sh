#!/bin/sh
# A stranger registers by touch: cluster, organisation by type-ahead, first name; the pending tap counts at once. In the
# other language and without a badge too, which can be given one just after. A tap in between only interrupts.
. tests/story/lib.sh
export INCHECKPAAL_PACE=2
touchable
all_up
other=04FFEEDDCCBB02
new_names() { sqlite3 "$data/attendance.db" "SELECT name FROM organisation WHERE to_check = 1"; }

tap $stranger unknown
screen_is unknown
press 272 596
screen_is register-cluster
press 948 324
screen_is register-organisation
type_on_screen ijss
sleep 0.5
press 230 284
screen_is register-name
type_on_screen yildiz
press_next
screen_is register-done
attendance --personal | grep -q ',in,unknown,yes,IJsselzorg,.*Yildiz' || fail "the pending tap is not credited: $(attendance --personal)"
[ -z "$(new_names)" ] || fail "a known organisation is not new: $(new_names)"

# In English, with a new organisation, and interrupted by two other people.
until_true 15 status_has '"screen":"idle"'
press 1186 660
until_true 5 status_has '"language":"en"'
tap $other unknown
press 272 596
screen_is register-cluster
press 332 508
screen_is register-organisation
type_on_screen maak
tap $ada checked-in
tap $bram checked-in
screen_is welcome # status is a second old at most
screen_is register-organisation
status_has '"language":"en"' || fail "the language of the form is gone"
sleep 0.5 # a finger is not heard the moment a screen changes
press_space
type_on_screen zwart
press_next
screen_is register-name
press_next
screen_is register-done
[ "$(new_names)" = 'Maak Zwart' ] || fail "to be checked: $(new_names)"
incheckpaal doctor 2> /dev/null | grep -qi 'walk-in' || fail "doctor does not speak of the new organisation"

# Without a badge and without an organisation, so the cluster is the person's own; a badge held just after becomes theirs.
until_true 15 status_has '"screen":"idle"'
lines=$(log_lines)
press 1116 572
screen_is register-cluster
press 452 660
screen_is register-organisation
type_on_screen zzz
press_back
press 140 660
screen_is idle
press 1116 572
press 332 324
screen_is register-organisation
alone() {
	press 640 284 # the second offer, once they have come
	sleep 0.3
	status_has '"screen":"register-name"'
}
until_true 5 alone
type_on_screen noor
press_next
screen_is register-done
until_true 5 log_grew_to $((lines + 1))
attendance --personal | tail -1 | grep -q ',in,checked-in,yes,,,ict-ecommerce,.*,Noor,walk-in' || fail "not checked in: $(attendance --personal | tail -1)"
tap 04FFEEDDCCBB03 repeat
screen_is welcome
incheckpaal badge list | grep -q Noor || fail "the badge is not Noor's"
verified
