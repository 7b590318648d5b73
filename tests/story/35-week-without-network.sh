#!/bin/sh
# tests/story/35-week-without-network.sh: seven days over three boots without a network, the clock wrong by years and in one boot as in the one before;
# once each boot's time is known, by an organiser or the network, the report is that of a kiosk whose clock was right all week.
. tests/story/lib.sh
DAY=86400
cat > "$work/attendees.csv" <<CSV
badge,given_name,family_name,organisation,organisation_kind,cluster
$ada,Ada,de Vries,Hanzecode,company,ict-ecommerce
$bram,Bram,Bakker,IJsselzorg,company,health
$chris,Chris,Smit,Deltion,education,health
$dewi,Dewi,Jansen,Vezelwerk,company,creative-making
$eva,Eva,Öztürk,Laadpaal,company,logistics
CSV
# One session a day, from Tuesday 24 November 2026 on.
{
	echo session,title,host,room,start,end,cluster,capacity,kind,state
	set -- ict-ecommerce health creative-making logistics ict-ecommerce health creative-making
	for day in 24 25 26 27 28 29 30; do
		echo "dag$day,Dag $day,Sanne de Wit,Zaal,2026-11-${day}T09:00:00+01:00,2026-11-${day}T17:00:00+01:00,$1,,parallel,planned"
		shift
	done
} > "$work/schedule.csv"

# The kiosk lives in a time namespace in which as many days more have gone by since its boot as since the week began.
boot=0 day=-1 wrong=0
kiosk_start() {
	: >> "$work/trace"
	INCHECKPAAL_BOOT_ID="00000000-0000-4000-8000-00000000000$boot" $apart -T --boottime $((day * DAY)) --monotonic $((day * DAY)) \
		"$BIN/incheckpaal-kiosk" --config "$work/conf" --data "$data" >> "$work/kiosk.log" 2>&1 &
	kiosk_pid=$!
}
it_is() { clock_is $(((noon + day * DAY - $(date +%s) + $1) * 1000)) "$2"; } # SECONDS_WRONG GRADE
next_day() {
	[ -z "$kiosk_pid" ] || kiosk_down
	day=$((day + 1))
	it_is $wrong none
	kiosk_up
}
# next_boot SECONDS_WRONG
next_boot() {
	boot=$((boot + 1))
	wrong=$1
	next_day
}
came() { for badge in "$@"; do tap "$badge" checked-in; done; }
# What was taken without a clock is settled when as many of this boot's check-ins are corrected.
corrections() { sqlite3 "$data/attendance.db" 'SELECT count(*) FROM correction'; }
settled() { [ "$(corrections)" = "$1" ]; }
reader_up
prepare

# Boots 1 and 3 begin in 1970, boot 2 in 2031: what a saved time or an empty battery may say.
next_boot $((60 - noon)); came $ada $bram
next_day; came $ada $chris; sleep 2; tap $chris repeat; tap $stranger unknown
next_day; came $bram $dewi; it_is 0 human; until_true 30 settled 7
next_boot $((5 * 365 * DAY)); came $eva
next_day; came $ada $eva; it_is 0 ntp; until_true 30 settled 10
next_boot $((60 - noon - 5 * DAY)); came $ada $bram
[ "$(attendance | grep -c ',none,1970')" = 2 ] || fail "nobody knew the time: $(attendance)"
it_is 0 ntp; until_true 30 settled 12
# The network is gone again, and after some hours the kernel no longer vouches for its clock. It is right for all that.
wrong=0
next_day; came $dewi; kiosk_down; kiosk_up; came $eva
[ "$(attendance | grep -c '^[^,]*,[^,]*,2026-11-30T[^,]*,ntp,.*,checked-in,yes')" = 2 ] || fail "a clock that was right is doubted: $(attendance)"
incheckpaal badge link $stranger "Dewi Jansen" > /dev/null
kiosk_down

# The truth, by hand: what was on that day, who came, and how often an organisation did in a cluster.
cat > "$work/truth" <<'CSV'
organisations,ICT & E-commerce,Hanzecode,yes,2,2
organisations,ICT & E-commerce,IJsselzorg,yes,1,1
organisations,ICT & E-commerce,Laadpaal,yes,1,1
organisations,Health,Hanzecode,yes,2,2
organisations,Health,Deltion,yes,1,1
organisations,Health,IJsselzorg,yes,1,1
organisations,Health,Vezelwerk,yes,1,1
organisations,Creative & smart manufacturing,Vezelwerk,yes,2,2
organisations,Creative & smart manufacturing,IJsselzorg,yes,1,1
organisations,Creative & smart manufacturing,Laadpaal,yes,1,1
organisations,Logistics,Laadpaal,yes,1,1
sessions,2026-11-24,dag24,2
sessions,2026-11-25,dag25,3
sessions,2026-11-26,dag26,2
sessions,2026-11-27,dag27,1
sessions,2026-11-28,dag28,2
sessions,2026-11-29,dag29,2
sessions,2026-11-30,dag30,2
CSV
incheckpaal report participation --format csv --language en > "$work/report"
{
	grep '^organisations,' "$work/report" | cut -d , -f 1-6
	grep '^sessions,' "$work/report" | cut -d , -f 1,3,4,8
} | diff "$work/truth" - || fail "the report is not the truth"
grep -qx 'summary,Counted check-ins,14' "$work/report" || fail "check-ins: $(grep 'check-ins' "$work/report")"
incheckpaal report participation --recount > "$work/recount" || fail "a recount differs: $(cat "$work/recount")"
verified
