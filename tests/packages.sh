#!/bin/sh
# Installs what Incheckpaal is built, run and proven with, if anything is missing: the one list of packages.
# PACKAGES: another list instead, for the few targets that need more (board/packages.sh).
set -eu
packages="
build-essential
pkg-config
gettext
git
libnfc-dev
libsdl2-dev
libsdl2-ttf-dev
libdrm-dev
libx11-dev
libfribidi-dev
libsqlite3-dev
libsodium-dev
libinih-dev
libical-dev
libjansson-dev
libcsv-dev
libpng-dev
libxlsxwriter-dev
zlib1g-dev
libqrencode-dev
libmicrohttpd-dev
libgnutls28-dev
libpq-dev
fonts-inter
fonts-noto-core
clang
clang-format
clang-tidy
cppcheck
gcovr
libcmocka-dev
libnfc-bin
libnfc-examples
sqlite3
postgresql
jq
openssl
xvfb
xauth
xdotool
strace
time
procps
unzip
minisign
zbar-tools
systemd
shellcheck
curl
python3
"
missing=
for package in ${PACKAGES:-$packages}; do
	state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
	[ "$state" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Incheckpaal needs these Debian packages and installs them now:$missing"
sudo=
if [ "$(id -u)" != 0 ]; then
	command -v sudo > /dev/null || { echo "packages: run this as root, or install sudo" >&2; exit 1; }
	sudo=sudo
fi
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get update -q
# shellcheck disable=SC2086 # the list is words
$sudo apt-get install -q -y --no-install-recommends $missing
