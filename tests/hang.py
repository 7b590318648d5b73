"""hang.py TID: stops that one thread, as a call that never returns would, until this is ended."""
import ctypes
import os
import signal
import sys

SEIZE, INTERRUPT = 0x4206, 0x4207
libc = ctypes.CDLL(None, use_errno=True)
thread = int(sys.argv[1])
for request in SEIZE, INTERRUPT:
    if libc.ptrace(request, thread, None, None):
        sys.exit(os.strerror(ctypes.get_errno()))
print("hung", flush=True)
signal.pause()
