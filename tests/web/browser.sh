# tests/web/browser.sh: the organiser's page in a real browser over the real programs; pictures in build/web-test
. tests/story/lib.sh
. tests/story/web.sh
all_up
web_start
echo "$pass" | incheckpaal password > /dev/null
export WEB="$web" PASS="$pass" WORK="$work" NFC="$work/nfc.sock" PN532="$BIN/pn532" BADGE="$ada" STRANGER="$stranger"
node tests/web/browser.mjs
