#!/bin/sh
# A badge announced from the command line is linked by holding it to the kiosk's reader.
. tests/story/lib.sh
all_up
incheckpaal badge link next 'Eva Öztürk' | grep -q 'next badge' || fail "not announced"
held "$stranger" ntag213 sh -c "[ \$('$BIN/incheckpaal' --data '$data' badge list | grep -c 'Eva Öztürk') = 2 ]"
sleep 2.5
tap "$stranger" checked-in
