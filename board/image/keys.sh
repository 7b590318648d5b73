#!/bin/sh
# keys.sh: which key signs updates, and which certificate a card believes; prints "CERT KEY". Without UPDATE_CERT (and, to
# sign, UPDATE_KEY) a pair for development, made here once. A card takes only what the key of its own certificate signed.
set -eu
[ -z "${UPDATE_CERT:-}" ] || { echo "$UPDATE_CERT ${UPDATE_KEY:-}"; exit 0; }
keys=build/update
if [ ! -e "$keys/cert.pem" ]; then
	mkdir -p "$keys"
	(umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7300 -subj '/CN=Incheckpaal development' \
		-keyout "$keys/key.pem" -out "$keys/cert.pem.new" 2> /dev/null)
	mv "$keys/cert.pem.new" "$keys/cert.pem"
fi
echo "$keys/cert.pem $keys/key.pem"
