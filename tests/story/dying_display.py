"""An X server that dies while it is being opened: python3 dying_display.py NUMBER REAL DEATHS. Passes display NUMBER on to
display REAL; the first DEATHS connections end after the server's greeting, at the first thing the client asks."""
import os
import socket
import sys
import threading


def pass_on(source, target):
    try:
        while data := source.recv(65536):
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def greeting(server):
    told = b""
    while len(told) < 8 or len(told) < 8 + 4 * int.from_bytes(told[6:8], "little"):
        told += server.recv(65536)
    return told


def serve(client, real, dies):
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"/tmp/.X11-unix/X{real}")
    if dies:
        server.sendall(client.recv(65536))
        client.sendall(greeting(server))
        client.recv(65536)
        client.close()
        server.close()
        return
    threading.Thread(target=pass_on, args=(server, client), daemon=True).start()
    pass_on(client, server)


def main():
    number, real, deaths = (int(word) for word in sys.argv[1:])
    path = f"/tmp/.X11-unix/X{number}"
    if os.path.exists(path):
        os.unlink(path)
    door = socket.socket(socket.AF_UNIX)
    door.bind(path)
    door.listen()
    while True:
        client, _ = door.accept()
        dies, deaths = deaths > 0, deaths - 1
        print("dies" if dies else "lives", flush=True)
        threading.Thread(target=serve, args=(client, real, dies), daemon=True).start()


main()
