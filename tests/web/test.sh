#!/bin/sh
# Sets up a browser, its driver and a spreadsheet, if they are missing, and runs the browser tests.
set -eu
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
missing=
for program in chromium:chromium node:nodejs npm:npm soffice:libreoffice-calc-nogui; do
	command -v "${program%:*}" > /dev/null || missing="$missing ${program#*:}"
done
if [ -n "$missing" ]; then
	echo "The browser test needs these Debian packages and installs them now:$missing"
	# shellcheck disable=SC2086 # the list is words
	DEBIAN_FRONTEND=noninteractive $sudo apt-get install -q -y --no-install-recommends $missing
fi
[ -d tests/web/node_modules ] || npm install --prefix tests/web --no-package-lock --ignore-scripts --no-audit --no-fund --silent
export INCHECKPAAL_FONTS="$PWD/build/fonts" SDL_VIDEODRIVER=dummy TZ=Europe/Amsterdam
said=$(mktemp -d)
trap 'rm -rf "$said"' EXIT
flow() {
	echo "flow $1"
	VIEW=$1 sh tests/web/flow.sh
}
# Two at a time: the pages one by one, and the flows one after another.
sh tests/web/pages.sh > "$said/pages" 2>&1 &
pages=$!
flow '{"lang":"nl","width":1280,"scheme":"light","files":true}'
flow '{"lang":"en","width":390,"scheme":"dark"}'
flow '{"lang":"nl","width":390,"scheme":"light"}'
flow '{"lang":"en","width":1280,"scheme":"light","script":false}'
wait "$pages" || { cat "$said/pages"; exit 1; }
cat "$said/pages"
