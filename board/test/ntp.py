"""ntp.py: tells whoever asks on port 123 what time it is here, as a time server does."""
import socket
import struct
import time

EPOCH = 2208988800  # from 1900 to 1970


def stamp(seconds):
    return struct.pack(">II", int(seconds) + EPOCH, int(seconds % 1 * 2**32))


with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.bind(("0.0.0.0", 123))
    while True:
        asked, whom = server.recvfrom(256)
        now = stamp(time.time())
        server.sendto(struct.pack(">BBbb", 0x24, 1, 6, -20) + bytes(8) + b"TEST" + now + asked[40:48] + now + stamp(time.time()), whom)
