# What stories of the organiser's page share; sourced after lib.sh. The page listens on a port of its own and knows one
# password; `page METHOD PATH [FIELD=VALUE...]` asks like a browser would, with cookies and the form's token.
# shellcheck shell=sh
web_port=$((10000 + $$ % 10000))
web=https://localhost:$web_port
pass='vier gewone woorden op rij'
configure web listen localhost
configure web port "$web_port"
configure web plain_port $((web_port + 10000))

web_start() {
	"$BIN/incheckpaal-web" --config "$work/conf" --data "$data" >> "$work/web.log" 2>&1 &
	web_pid=$!
	until_true 10 curl -sk "$web/" -o /dev/null
}
web_down() {
	kill "$web_pid"
	wait "$web_pid" || fail "the page left with status $?"
	web_pid=
}

# ask METHOD PATH [CURL OPTIONS]: the answer's status; its head is in $work/head, its body in $work/body.
ask() {
	method=$1 path=$2
	shift 2
	curl -sk --max-time 30 -X "$method" -D "$work/head" -o "$work/body" -w '%{http_code}' -b "$work/jar" -c "$work/jar" "$@" "$web$path"
}
token() { sed -n 's/.*name="csrf" value="\([^"]*\)".*/\1/p' "$work/body" | head -n 1; }
# page PATH STATUS: GETs it and keeps the token of its forms.
page() {
	got=$(ask GET "$1" -H 'Accept: text/html')
	[ "$got" = "$2" ] || fail "GET $1: $got, not $2: $(cat "$work/body")"
	csrf=$(token)
}
# send PATH STATUS [FIELD=VALUE...]: POSTs with the token of the page seen last.
send() {
	to=$1 wanted=$2
	shift 2
	set -- "$@" end
	while [ "$1" != end ]; do
		set -- "$@" --data-urlencode "$1"
		shift
	done
	shift
	got=$(ask POST "$to" -H 'Accept: text/html' --data-urlencode "csrf=$csrf" "$@")
	[ "$got" = "$wanted" ] || fail "POST $to: $got, not $wanted: $(cat "$work/body")"
}
# revision ACTION: which one of what it changes the form that is sent there was made of.
revision() { grep -o "action=\"$1\"[^>]*>.\{0,160\}" "$work/body" | sed -n 's/.*name="rev" value="\([^"]*\)".*/\1/p' | head -n 1; }
says() { grep -q "$1" "$work/body" || fail "the page does not say '$1': $(cat "$work/body")"; }
header_is() { tr -d '\r' < "$work/head" | grep -qi "^$1: $2" || fail "no header $1: $2 in: $(cat "$work/head")"; }

# signed_in: an organiser called Marit, in $work/jar.
signed_in() {
	echo "$pass" | incheckpaal password > "$work/password.log"
	page /login 200
	send /login 303 who=Marit "pw=$pass"
	header_is Location /live
}

# viewer_in: instead of the organiser, whose cookies are kept in $work/organiser, a viewer called Kijker.
viewer_in() {
	page /settings 200
	send /settings/viewer 303 'viewer_pw=alleen maar meekijken'
	mv "$work/jar" "$work/organiser"
	page /login 200
	send /login 303 who=Kijker 'pw=alleen maar meekijken'
}
