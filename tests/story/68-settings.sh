#!/bin/sh
# tests/story/68-settings.sh: an organiser names the event and the clusters, and says who may sign in
. tests/story/lib.sh
. tests/story/web.sh
incheckpaal init > "$work/init.log" 2>&1
web_start
signed_in
ask GET '/settings?lang=nl' -H 'Accept: text/html' > /dev/null
page /settings 200; says 'Maak je eerste evenement'
send /settings/event 422 event_title= event_venue=x; says 'Dit veld is nog leeg'
old=$(revision /settings/event)
send /settings/event 303 "rev=$old" 'event_title=Expeditie Slimme <Zorg>' event_venue=Perron038
page /settings 200; says 'Expeditie Slimme &lt;Zorg&gt;'
new=$(revision /settings/event)
send /settings/event 409 "rev=$old" 'event_title=Expeditie Zorg' event_venue=Zwolle; says 'Iemand was je net voor'; says '<td>Perron038</td><td>Zwolle</td>'
send /settings/event 303 "rev=$new" 'event_title=Expeditie Zorg' event_venue=Zwolle
[ "$(sqlite3 "$data/attendance.db" 'SELECT code || title || venue FROM event')" = expeditie-slimme-zorgExpeditie\ ZorgZwolle ]
page /programme/sessions/new 200
send /programme/sessions/new 303 title=Eerste kind=plenary room=Zaal day=2026-11-24 start=10:00 end=11:00 capacity=100

page /settings 200
old=$(revision /settings/clusters)
send /settings/clusters 422 "rev=$old" ict-ecommerce.target=veel; says 'getal\|aantal'
send /settings/clusters 303 "rev=$old" ict-ecommerce.target=20 health.target=15 creative-making.target=15 logistics.target=15 health.short_nl=Zorg new_nl=Landbouw new_en=Farming
[ "$(sqlite3 "$data/attendance.db" "SELECT group_concat(code || target) FROM cluster")" = ict-ecommerce20,health15,creative-making15,logistics15,landbouw15 ]
page /settings 200; says 'value="Zorg"'
send /settings/clusters 409 "rev=$old" ict-ecommerce.target=21 health.target=15 creative-making.target=15 logistics.target=15 landbouw.target=15; says 'Iemand was je net voor'

# Events: a new one, chosen although the programme is of another; closed; chosen again by itself.
page /events 200; says 'Expeditie Zorg'; says 'nu gekozen'; says '24 november'
send /events 422 event_title=
send /events 303 'event_title=Werkatelier <b>Oost</b>' event_venue=Schuur
page /events 200; says 'Werkatelier &lt;b&gt;Oost'
send /events 422 'event_title=Werkatelier <b>Oost</b>'; says 'al een evenement met deze naam'
event=$(sqlite3 "$data/attendance.db" "SELECT id FROM event WHERE title LIKE 'Werkatelier%'")
send "/events/$event/open" 303
page /programme 200; says 'Werkatelier &lt;b&gt;Oost'
incheckpaal status | grep -q 'Werkatelier' || fail "only the page knows which event was chosen: $(incheckpaal status)"
page /events 200
send "/events/$event/close" 303
page /events 200; says 'afgesloten'
send /events/none/open 404
page /programme 200; says 'Expeditie Zorg'

# Its own days: said before the programme is there, the day number follows; what is on another day is told.
page /events 200
send /events 422 'event_title=Expeditie Water' last_day=2026-11-26; says 'Vul ook de eerste dag in'
send /events 422 'event_title=Expeditie Water' first_day=2026-11-26 last_day=2026-11-25; says 'De laatste dag ligt voor de eerste'
send /events 422 'event_title=Expeditie Water' first_day=2026-11-25 last_day=2062-11-25; says 'hoogstens een jaar'
send /events 422 'event_title=Expeditie Water' first_day=morgen; says 'Dit is geen datum'
send /events 303 'event_title=Expeditie Water' first_day=2026-11-23 last_day=2026-11-26
page /events 200; says '23 november 2026 tot en met 26 november 2026'
page /live 200; says 'Expeditie Water'; says 'dag 2 van 4'
page /programme/sessions/new 200
send /programme/sessions/new 303 title=Bijtijds kind=plenary room=Zaal day=2026-11-25 start=10:00 end=11:00 capacity=100
send /programme/sessions/new 303 title=Verdwaald kind=plenary room=Zaal day=2026-12-01 start=10:00 end=11:00 capacity=100
page /programme 200; says 'Dag 3 · woensdag 25 november'; says '>dinsdag 1 december'; says 'dag 2 van 4'
page '/programme?day=2' 200; says Verdwaald
page "$(grep -o '/programme/sessions/[0-9a-f-]\{36\}' "$work/body" | head -n 1)" 200; says 'programme?day=2'
page /events 200; says '1 sessie valt buiten deze dagen'
page /settings 200; says '1 sessie valt buiten deze dagen'; says 'Verdwaald</a>, dinsdag 1 december'
send /settings/event 422 "rev=$(revision /settings/event)" 'event_title=Expeditie Water' first_day=2026-11-23 last_day=2026-11-22; says 'De laatste dag ligt voor de eerste'
page /settings 200
new=$(revision /settings/event)
send /settings/event 409 "rev=$old" 'event_title=Expeditie Water' first_day=2026-11-24; says '<th scope="row">Eerste dag</th><td>23 november 2026</td><td>24 november 2026</td>'
send /settings/event 303 "rev=$new" 'event_title=Expeditie Water' first_day=2026-11-24
page /settings 200; says 'value="2026-11-24"'; says '2 sessies vallen buiten deze dagen'
page /live 200; says 'dag 1 van 1'
page /settings 200
send /settings/event 303 "rev=$(revision /settings/event)" 'event_title=Expeditie Water'
page /settings 200; says 'De dagen volgen uit het programma'
water=$(sqlite3 "$data/attendance.db" "SELECT id FROM event WHERE title = 'Expeditie Water'")
page /events 200
send "/events/$water/close" 303
page /programme 200; says 'Expeditie Zorg'

# A sample to try the kiosk with: not while an event is on; it counts nowhere and leaves no name behind.
page /settings 200
send /settings/sample 409 do=make; says 'loopt een evenement'
running=$(sqlite3 "$data/attendance.db" "SELECT id FROM event WHERE title = 'Expeditie Zorg'")
page /events 200
send "/events/$running/close" 303
page /settings 200
send /settings/sample 303 do=make
page /programme 200; says 'Voorbeeld'; says 'Atelier 2'
page '/people?q=voorbeeld' 200; says 'Dewi Voorbeeld'
page /reports/clusters 200; says 'doel halen: 0 van 5'
page /settings 200
send /settings/sample 303 do=remove
page '/people?q=dewi' 200
grep -q 'Dewi Voorbeeld' "$work/body" && fail "the sample's people are still there"
send "/events/$running/open" 303

# A viewer looks and no more; without the password no longer.
send /settings/viewer 422 viewer_pw=kort; says 'Maak er minstens 15 van'
viewer_in
page /programme 200
for path in /people /badges /settings /people/import /programme/sessions/new; do page "$path" 403; done
cp "$work/organiser" "$work/jar"
page /settings 200
send /settings/viewer 303 do=remove

page /settings 200
send /settings/password 422 current=verkeerd 'pw=een heel nieuw wachtwoord' 'pw2=een heel nieuw wachtwoord'; says 'Dit wachtwoord klopt niet'
page /settings 200
send /settings/password 303 "current=$pass" 'pw=een heel nieuw wachtwoord' 'pw2=een heel nieuw wachtwoord'
page /settings 401
page /login 200
send /login 303 who=Marit 'pw=een heel nieuw wachtwoord'
grep 'which .* did not give' "$work/web.log" && fail "a page misses data"
web_down
