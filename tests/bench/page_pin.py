#!/usr/bin/env python3
"""page_pin.py DATABASE COMMAND...: runs it, and every 20 ms commits something and copies the WAL into the database,
as the kiosk does when it is idle. Prints the longest time that a reader kept a commit from being copied."""
import sqlite3
import subprocess
import sys
import time

database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)
version = str(database.execute("PRAGMA user_version").fetchone()[0])
process = subprocess.Popen(sys.argv[2:])
began = time.monotonic()
longest, tries, waiting = 0.0, 0, []  # waiting: [frame of the WAL, since when]
while process.poll() is None:
    try:
        database.execute("PRAGMA user_version = " + version)  # something to be emptied
        busy, frames, done = database.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    except sqlite3.OperationalError:  # another writer
        time.sleep(0.001)
        continue
    now = time.monotonic()
    tries += 1
    if waiting and frames < waiting[-1][0]:  # begun anew: all of it was copied
        waiting = []
    waiting.append((frames, now))
    while waiting and waiting[0][0] <= done:
        longest = max(longest, now - waiting.pop(0)[1])
    time.sleep(0.02)
if waiting:
    longest = max(longest, now - waiting[0][1])
print(f"{process.args[-1].split('=')[-1]} in {time.monotonic() - began:.1f} s: of {tries} commits, one waited "
      f"{longest * 1000:.0f} ms until no reader kept it in the WAL (limit 1000)")
