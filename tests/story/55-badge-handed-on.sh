#!/bin/sh
# A badge that goes to somebody else on the same day checks them in anew; who had it stays in, known or not when it was tapped.
. tests/story/lib.sh
all_up
hand_on() { printf 'badge,given_name,family_name,email\n%s,%s,%s@voorbeeld.example\n' "$1" "$2" "$3" > "$work/handed.csv"; incheckpaal import attendees "$work/handed.csv" > "$work/import.log" 2>&1 || fail "$(cat "$work/import.log")"; }
tap "$ada" checked-in
tap "$stranger" unknown
incheckpaal badge link "$stranger" 'Eva Öztürk' > /dev/null
hand_on "$ada" 'Bram,Bakker' bram
hand_on "$stranger" 'Chris,Smit' chris
sleep 3
tap "$ada" checked-in
tap "$stranger" checked-in
sleep 3
tap "$ada" repeat
attendance --personal | cut -d , -f 2,13,14,19 > "$work/said"
cat > "$work/want" <<-CSV
1,checked-in,yes,Ada de Vries
2,unknown,yes,Eva Öztürk
3,checked-in,yes,Bram Bakker
4,checked-in,yes,Chris Smit
5,repeat,no,Bram Bakker
CSV
cmp -s "$work/want" "$work/said" || fail "$(cat "$work/said")"
kiosk_down
