"""notified.py SOCKET: systemd's end of sd_notify; prints what a service says of itself."""
import os
import socket
import sys

with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as end:
    end.bind(sys.argv[1])
    os.chmod(sys.argv[1], 0o666)
    while True:
        print(end.recv(4096).decode(), flush=True)
