"""Reads SEQ|CHAIN lines and writes them with the chain as a hub gets it: keyed with the venue's key, the first argument's file."""
import hashlib
import sys

key = open(sys.argv[1], "rb").read()
for line in sys.stdin:
    seq, chain = line.split("|")
    digest = hashlib.blake2b(b"incheckpaal digest" + bytes.fromhex(chain), digest_size=32, key=key)
    print(seq + "|" + digest.hexdigest())
