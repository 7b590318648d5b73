#!/bin/sh
# Sets up a browser and its driver, if they are missing, and runs the browser test.
set -eu
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
missing=
for program in chromium:chromium node:nodejs npm:npm; do
	command -v "${program%:*}" > /dev/null || missing="$missing ${program#*:}"
done
if [ -n "$missing" ]; then
	echo "The browser test needs these Debian packages and installs them now:$missing"
	# shellcheck disable=SC2086 # the list is words
	DEBIAN_FRONTEND=noninteractive $sudo apt-get install -q -y --no-install-recommends $missing
fi
[ -d tests/web/node_modules ] || npm install --prefix tests/web --no-package-lock --ignore-scripts --no-audit --no-fund --silent
INCHECKPAAL_FONTS="$PWD/build/fonts" SDL_VIDEODRIVER=dummy TZ=Europe/Amsterdam sh tests/web/browser.sh
