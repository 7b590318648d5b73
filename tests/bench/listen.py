"""Listens to SDL's disk driver: python3 listen.py FIFO. Prints, for each tone, the monotonic nanosecond at which the buffer
with its first sample was handed over; a tone ends where QUIET_MS of silence begin."""
import os
import sys
import time

QUIET_MS = 200
HOP = 512 * 4  # what the kiosk hands over at a time, in bytes of 32-bit samples
BYTES_A_MS = 48 * 4


def main():
    # Both ways, so that a device that is closed does not end the listening.
    fifo = os.open(sys.argv[1], os.O_RDWR)
    quiet_ms = QUIET_MS
    while True:
        heard = os.read(fifo, HOP)
        now = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        if not heard.strip(b"\0"):
            quiet_ms += len(heard) / BYTES_A_MS
            continue
        if quiet_ms >= QUIET_MS:
            print(now, flush=True)
        quiet_ms = 0


main()
