#!/bin/sh
# tests/story/72-update-through-the-page.sh: an update is left whole where the card's installer looks, and the page says what became of it
. tests/story/lib.sh
. tests/story/web.sh
all_up
web_start
signed_in
ask GET '/people?lang=nl' -H 'Accept: text/html' > /dev/null
# bring FILE STATUS
bring() {
	got=$(ask POST /settings/update -H 'Accept: text/html' -F "csrf=$csrf" -F "bundle=@$1")
	[ "$got" = "$2" ] || fail "$1: $got, not $2: $(cat "$work/body")"
}
{ printf hsqs; head -c 300000 /dev/urandom; } > "$work/good.raucb"

# Where there is no installer there is nothing to ask for.
page /settings 200
grep -q 'action="/settings/update"' "$work/body" && fail "an update is offered where none can be installed"
bring "$work/good.raucb" 404

mkdir "$data/update"
echo 'bijgewerkt naar versie / updated to version 7' > "$data/update.txt"
page /settings 200
says 'updated to version 7'
bring "$work/attendees.csv" 422
says 'geen update van Incheckpaal'
[ -z "$(ls "$data/update")" ] || fail "$(ls "$data/update")"
bring "$work/good.raucb" 303
header_is Location '/settings?saved=update'
cmp "$work/good.raucb" "$data/update/page.raucb"
# A second one takes its place.
page '/settings?saved=update&update=0' 200
says 'De update is ontvangen'
# Whoever brought it is led on as it goes; whoever merely looks at the settings is not disturbed.
stream=$(grep -o 'data-stream="[^"]*' "$work/body" | cut -d '"' -f 2)
page '/settings' 200
! grep -q data-stream "$work/body" || fail 'the settings move under who types'
page '/settings?saved=update&update=0' 200
curl -skN --max-time 60 -b "$work/jar" "$web$stream" > "$work/stream" &
until_true 10 grep -q 'event: beat' "$work/stream"
echo 'versie 8 wordt erop gezet / version 8 is being installed' > "$data/update.txt"
until_true 10 grep -q '"path":"/settings?update=[0-9]*#update"' "$work/stream"
kill $! 2> /dev/null || true
echo hsqs > "$work/good.raucb"
bring "$work/good.raucb" 303
cmp "$work/good.raucb" "$data/update/page.raucb"
incheckpaal status > /dev/null
page /audit 200
says 'Update gebracht'
web_down
kiosk_down
