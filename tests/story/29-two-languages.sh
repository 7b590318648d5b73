#!/bin/sh
# What a person reads at the shell is in the language of the terminal; what a program reads, and how a command ends, is not.
. tests/story/lib.sh
all_up
# says STATUS NL EN COMMAND...: the same command in both languages, the same status.
says() {
	status=$1 nl=$2 en=$3
	shift 3
	for language in nl en; do
		got=0
		case $language in nl) LC_ALL=nl_NL.UTF-8 wanted=$nl ;; en) LC_ALL=C.UTF-8 wanted=$en ;; esac
		export LC_ALL
		incheckpaal "$@" > "$work/said" 2>&1 || got=$?
		unset LC_ALL
		[ "$got" = "$status" ] || fail "$* ends with $got in $language, not $status: $(cat "$work/said")"
		grep -q "$wanted" "$work/said" || fail "$* does not say '$wanted': $(cat "$work/said")"
	done
}
says 0 'is nu van Ada' 'now belongs to Ada' badge link 04AABBCCDDEE01 'Ada de Vries'
says 1 'is al van een andere deelnemer' 'already linked to another' badge link $bram 'Ada de Vries'
says 0 'vanaf nu geblokkeerd' 'is blocked from now on' badge block $dewi
says 0 'geblokkeerd' 'blocked' badge list
says 2 'dit is geen badgenummer.*(gebruik: incheckpaal badge block UID)' 'this is no badge number.*(usage: incheckpaal badge block UID)' badge block niets
says 0 'opent vanaf nu het servicescherm' 'opens the service screen' badge organiser 04AABBCCDDEE02
says 1 'er is geen deelnemer "Zoë"' 'there is no attendee "Zoë"' attendee show Zoë
says 1 'tap 7 staat niet in dit logboek' 'there is no tap 7' correct 7 --reason nee
says 2 'een correctie vraagt --reason' 'a correction needs --reason' correct 7
says 2 'er is geen opdracht "badgelink"; bedoelde je' 'there is no command "badgelink"; did you mean' badgelink
says 2 'bij badge hoort een van: link' 'badge wants one of: link' badge
says 2 'er is geen optie --vorm' 'there is no option --vorm' export attendance --vorm=x
says 2 'er ontbreekt iets' 'something is missing' badge link
says 1 'bestaat niet' 'No such file' import attendees "$work/nothing.csv"
says 1 'is er al; er wordt niets overschreven' 'is there already' backup "$work/conf"
says 0 'bewaard als' 'saved' screenshot "$work/a.png"
says 0 'Gebruik: incheckpaal badge link' 'Usage: incheckpaal badge link' help badge
says 0 'Weiger een verloren badge' 'Refuse a lost badge' --help
# One line a command; more is said when it is asked for.
[ "$(incheckpaal help | sed '1,/^$/d; /^$/,$d' | grep -vc '^  [a-z]')" = 0 ] || fail "a command takes two lines: $(incheckpaal help)"
incheckpaal help merge | grep -q '^DIR: ' || fail 'help merge does not tell what DIR is'
says 1 'er is nog geen logboek' 'there is no log yet' --data "$work/empty" badge list
# A name that is taken by somebody else's question is told by the kiosk, which speaks English to programs.
incheckpaal badge link next 'Chris Smit' > /dev/null
says 1 'de paal zegt: er wordt al een badge gekoppeld' 'the kiosk says: a badge is being linked already' badge link next 'Eva Öztürk'
kiosk_down
says 1 'er draait hier geen paal' 'no kiosk is running here' identify

for format in csv json; do
	LC_ALL=nl_NL.UTF-8 incheckpaal export attendance --format $format > "$work/nl.$format"
	LC_ALL=C.UTF-8 incheckpaal export attendance --format $format | cmp - "$work/nl.$format" || fail "$format differs by language"
done
LC_ALL=nl_NL.UTF-8 incheckpaal status --json > "$work/nl.json"
LC_ALL=C.UTF-8 incheckpaal status --json | cmp - "$work/nl.json" || fail 'the status for programs differs by language'
LC_ALL=nl_NL.UTF-8 incheckpaal manual > "$work/nl.1"
incheckpaal manual | cmp - "$work/nl.1" || fail 'the manual differs by language'
