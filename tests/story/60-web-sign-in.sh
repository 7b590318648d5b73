# tests/story/60-web-sign-in.sh: an organiser signs in and out; who may not is told so, and nobody is kept out for long
. tests/story/lib.sh
. tests/story/web.sh
prepare
web_start
grep -q 'SHA-256' "$work/web.log"
incheckpaal status | grep -q "$(cat "$data/web.fingerprint")"

# Who says a letter at a time is parted with, in the end (below).
{ printf 'GET /login HTTP/1.1\r\nHost: x\r\nX: '; while sleep 0.5; do printf a || exit; done; } |
	{ openssl s_client -quiet -connect "localhost:$web_port" > "$work/slow" 2>&1 || true; touch "$work/parted"; } 2> /dev/null &

# Nobody set a password yet: the code of the kiosk's screen is asked for.
page / 303; header_is Location /start
page /login 303; header_is Location /start
page '/start?code=K7M4-PX9D' 200; says 'value="K7M4-PX9D"'
send /start 422 code=K7M4-PX9D; says 'klopt niet of is verlopen'
header_is Content-Security-Policy "default-src 'none'"
page /start/password 403; says 'Typ eerst de code over'
# The other language, whoever one is and whatever is there; never on another site.
while read -r from to; do
	[ "$(ask GET "$from" -H 'Accept: text/html')" = 303 ] && header_is Location "$to\$" || fail "$from: $(cat "$work/head")"
done <<- PATHS
	/live?lang=en /live
	/start?code=K7M4-PX9D&lang=en /start?code=K7M4-PX9D
	/nix?lang=en /nix
	/settings/clock?lang=en /live
	//elsewhere.example/?lang=en /
PATHS
page /nix 404; says 'This page does not exist'
[ "$(ask GET '/nix?lang=nl')" = 303 ]

echo kort | incheckpaal password 2> "$work/short" && fail "a short password was taken"
grep -q '15 to 256 characters' "$work/short"
signed_in
for part in '__Host-session=[^;]*;' 'Secure' 'HttpOnly' 'SameSite=Strict' 'Path=/;' 'Max-Age=288..$'; do
	tr -d '\r' < "$work/head" | grep -i '^set-cookie: __Host-session' | grep -q "$part" || fail "the cookie lacks $part: $(cat "$work/head")"
done
tr -d '\r' < "$work/head" | grep -qi '^strict-transport' && fail "with a certificate of its own a browser may still ask once"
page /live 200; says 'Marit'
header_is Cache-Control no-store
grep -q '__Host-session' "$work/jar"
sqlite3 "$data/attendance.db" 'SELECT hex(digest) FROM web_session' | grep -qE '^[0-9A-F]{64}$'
sqlite3 "$data/attendance.db" 'SELECT hash FROM web_password' | grep -q '^\$argon2id\$'

# Form tokens: an old one, none, and a page of another site.
good=$csrf
csrf=old; send /logout 403; says 'te lang open'
csrf=; send /logout 403; csrf=$good
page /live 200
[ "$(ask POST /logout -H 'Sec-Fetch-Site: cross-site' -d "csrf=$csrf")" = 403 ]
[ "$(ask POST /logout -H 'Origin: https://elsewhere.example' -d "csrf=$csrf")" = 403 ]
page /live 200
[ "$(ask GET '/live?lang=en' -H 'Accept: text/html')" = 303 ]; header_is Location /live
page /live 200; says 'lang="en"'

cp "$work/jar" "$work/before"
send /logout 303; header_is Location /login
page /live 401; says 'name="next" value="/live"'
cp "$work/jar" "$work/after"
cp "$work/before" "$work/jar"
page /live 401 # the browser forgot it, and the kiosk too
cp "$work/after" "$work/jar"
[ "$(ask GET /live -H 'Accept: application/json')" = 401 ]; says '"code":401'

# Five wrong tries from here, then a pause; the browser that signed in before is not the one that waits.
cp "$work/jar" "$work/known"
tries=0
until [ "$tries" = 20 ]; do
	rm -f "$work/jar"
	page /login 200
	got=$(ask POST /login -H 'Accept: text/html' --data-urlencode "csrf=$csrf" -d who=Eva -d pw=not-the-right-one)
	[ "$got" = 422 ] || break
	says 'klopt niet'
	tries=$((tries + 1))
done
[ "$got" = 429 ] && [ "$tries" -ge 5 ] || fail "$tries wrong tries, then $got"
header_is Retry-After '[0-9]'
cp "$work/known" "$work/jar"
page /login 200
send /login 303 who=Marit "pw=$pass"

# Signed in, one goes on where one was: on this kiosk, never elsewhere.
page '/login?next=/kiosks' 200; says 'name="next" value="/kiosks"'
page '/login?next=//elsewhere.example' 200; says 'name="next" value="/live"'
for next in //elsewhere.example https://elsewhere.example '/\elsewhere.example'; do
	send /login 303 who=Marit "pw=$pass" "next=$next"; header_is Location /live
	page /login 200
done
send /login 303 who=Marit "pw=$pass" next=/kiosks; header_is Location /kiosks

# What was typed survives a session that ended; a file is chosen again.
page /live 200
sqlite3 "$data/attendance.db" 'DELETE FROM web_session'
send /logout/everywhere 401 note=bewaard pw=geheim backup_pw=geheim viewer_pw=geheim current=geheim; says 'name="keep.note" value="bewaard"'
grep -q geheim "$work/body" && fail "a password was kept"
csrf=$(token)
send /login 303 who=Marit "pw=$pass" next=/logout/everywhere replay=1 keep.note=bewaard; header_is Location /login
[ "$(sqlite3 "$data/attendance.db" 'SELECT count(*) FROM web_session')" = 0 ]

page /login 200
send /login 303 who=Marit "pw=$pass"
page /downloads 200
sqlite3 "$data/attendance.db" 'DELETE FROM web_session'
echo x > "$work/file"
[ "$(ask POST /verify -F "csrf=$csrf" -F "vf=@$work/file" -H 'Accept: text/html')" = 401 ]
says 'name="next" value="/downloads"'; says 'name="replay" value=""'
for act in password-set signed-in signed-out sign-in-refused signed-out-everywhere; do
	[ "$(sqlite3 "$data/attendance.db" "SELECT count(*) > 0 FROM audit WHERE act = '$act'")" = 1 ] || fail "the audit log misses $act"
done
sqlite3 "$data/attendance.db" 'DELETE FROM audit' 2> /dev/null && fail "the audit log was emptied"

# TLS 1.2 and 1.3, nothing older, also where OpenSSL would still speak it.
shakes_hands() { openssl s_client -connect "localhost:$web_port" "$1" -cipher 'ALL:@SECLEVEL=0' < /dev/null > "$work/tls" 2>&1 && grep -q '^ *Protocol *: TLS\|^New, TLS' "$work/tls"; }
shakes_hands -tls1_2 || fail "no TLS 1.2: $(cat "$work/tls")"
shakes_hands -tls1_3 || fail "no TLS 1.3: $(cat "$work/tls")"
for old in -tls1 -tls1_1; do shakes_hands $old && fail "$old is spoken: $(cat "$work/tls")"; done

until_true 40 [ -e "$work/parted" ]
# Plain http leads to https and nothing else; a certificate that was replaced is used.
curl -s -o /dev/null -w '%{http_code} %{redirect_url}' "http://localhost:$((web_port + 10000))/live?x=1" | grep -q "^308 https://localhost:$web_port/live"
ldd "$BIN/incheckpaal-web" | grep -qE 'SDL|libnfc' && fail "the page links what it must not"
web_down
# One of its own that is damaged is made anew: without it nobody could see the page.
before=$(cat "$data/web.fingerprint")
: > "$data/web.crt"
web_start
page /login 200
[ "$(cat "$data/web.fingerprint")" != "$before" ]
incheckpaal status | grep -q "$(cat "$data/web.fingerprint")"
web_down
# With a certificate that was given, browsers are told never to come without TLS.
cp "$data/web.crt" "$work/given.crt"
cp "$data/web.key" "$work/given.key"
configure web tls_cert "$work/given.crt"
configure web tls_key "$work/given.key"
web_start
page /login 200; header_is Strict-Transport-Security max-age=31536000
web_down
