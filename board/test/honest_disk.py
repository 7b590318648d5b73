"""A disk that keeps its word and no more: what was written but not flushed may be gone after a cut, sector by sector.

python3 honest_disk.py IMAGE NBD_SOCKET CONTROL_SOCKET [lying]
An NBD server for one client. Writes stay in memory until a flush. On the control socket, a line each:
  copy FILE FIRST COUNT   those sectors as a cut at this moment would leave them; the disk goes on
  cut                     the same for the whole image, and the end
  count                   how many flushes and bytes were asked for so far, and how long the recording is
  record BASE LOG         the disk as it is goes to BASE, and from now on all that it is told to LOG (recording.py)
  record                  no more of that
  refuse FIRST COUNT      from now on writes to those sectors fail; with COUNT 0 none does any more
With `lying` nothing is kept before the end, and a cut leaves any part of it: the negative control.
"""
import os
import random
import select
import socket
import struct
import subprocess
import sys

SECTOR = 512
HEAD = struct.Struct(">QI")  # in a recording, before each piece: where it goes, its length; nothing stands for a flush
FLAGS = 1 | 4 | 8  # has flags, flush, FUA


class Disk:
    def __init__(self, path, lying):
        self.fd = os.open(path, os.O_RDWR)
        self.size = os.fstat(self.fd).st_size
        self.pending = {}  # sector: every version since the last flush
        self.lying = lying
        self.refused = range(0)
        self.log = None
        self.recorded = 0
        self.flushes = self.written = 0

    def read(self, at, length):
        data = bytearray(os.pread(self.fd, length, at))
        if self.pending:
            for sector in range(at // SECTOR, (at + length + SECTOR - 1) // SECTOR):
                versions = self.pending.get(sector)
                if versions:
                    start = sector * SECTOR - at
                    data[max(start, 0):start + SECTOR] = versions[-1][max(-start, 0):][:length - max(start, 0)]
        return bytes(data)

    def record(self, at, data):
        if self.log:
            self.log.write(HEAD.pack(at, len(data)) + data)
            self.recorded += 1

    def start_recording(self, base, log):
        subprocess.run(["cp", "--sparse=always", f"/proc/{os.getpid()}/fd/{self.fd}", base], check=True)
        self.log = open(log, "wb", buffering=1 << 20)
        for sector, versions in self.pending.items():
            for data in versions:
                self.record(sector * SECTOR, data)

    def stop_recording(self):
        self.log.close()
        self.log = None

    def write(self, at, data):
        self.record(at, data)
        self.written += len(data)
        for i in range(0, len(data), SECTOR):
            self.pending.setdefault((at + i) // SECTOR, []).append(data[i:i + SECTOR])

    def flush(self):
        self.record(0, b"")
        self.flushes += 1
        if self.lying:
            return
        for sector, versions in self.pending.items():
            os.pwrite(self.fd, versions[-1], sector * SECTOR)
        self.pending = {}

    def remains(self, sector):
        versions = self.pending[sector]
        return random.choice(versions) if random.random() < 0.5 else None

    def copy(self, path, first, count):
        copy_part(self.fd, path, first, count)
        with open(path, "r+b") as out:
            for sector in sorted(self.pending):
                kept = self.remains(sector) if first <= sector < first + count else None
                if kept is not None:
                    out.seek((sector - first) * SECTOR)
                    out.write(kept)

    def cut(self):
        for sector in list(self.pending):
            kept = self.remains(sector)
            if kept is not None:
                os.pwrite(self.fd, kept, sector * SECTOR)
        os.fsync(self.fd)


def copy_part(fd, path, first, count):
    """Those sectors to a file of their own; holes stay holes."""
    with open(path, "wb") as out:
        out.truncate(count * SECTOR)
        at, end = first * SECTOR, (first + count) * SECTOR
        while at < end:
            try:
                at = os.lseek(fd, at, os.SEEK_DATA)
            except OSError:
                break
            hole = min(os.lseek(fd, at, os.SEEK_HOLE), end)
            while at < hole:
                piece = os.pread(fd, min(1 << 20, hole - at), at)
                out.seek(at - first * SECTOR)
                out.write(piece)
                at += len(piece)


def take(link, length):
    data = bytearray()
    while len(data) < length:
        piece = link.recv(length - len(data))
        if not piece:
            raise ConnectionError
        data += piece
    return bytes(data)


def greet(link, size):
    link.sendall(b"NBDMAGICIHAVEOPT" + struct.pack(">H", 3))
    take(link, 4)
    while True:
        _, option, length = struct.unpack(">QII", take(link, 16))
        take(link, length)
        reply = lambda kind, body=b"": link.sendall(struct.pack(">QIII", 0x3E889045565A9, option, kind, len(body)) + body)
        if option == 1:
            link.sendall(struct.pack(">QH", size, FLAGS))
            return
        if option in (6, 7):
            reply(3, struct.pack(">HQH", 0, size, FLAGS))
            reply(1)
            if option == 7:
                return
        else:
            reply(0x80000001)


def serve(disk, link):
    _, flags, kind, handle, at, length = struct.unpack(">IHHQQI", take(link, 28))
    if kind == 2:
        raise ConnectionError
    data = b""
    trouble = 0
    if kind == 1:
        piece = take(link, length)
        if at // SECTOR in disk.refused:
            trouble = 5
        else:
            disk.write(at, piece)
    elif kind == 0:
        data = disk.read(at, length)
    if kind == 3 or flags & 1:
        disk.flush()
    link.sendall(struct.pack(">IIQ", 0x67446698, trouble, handle) + data)


def obey(disk, line):
    words = line.split()
    if words[0] == "copy":
        disk.copy(words[1], int(words[2]), int(words[3]))
    elif words[0] == "cut":
        disk.cut()
    elif words[0] == "refuse":
        disk.refused = range(int(words[1]), int(words[1]) + int(words[2]))
    elif words[0] == "record" and words[1:]:
        disk.start_recording(*words[1:])
    elif words[0] == "record":
        disk.stop_recording()
    return f"{disk.flushes} {disk.written} {disk.recorded}\n"


def listen(path):
    server = socket.socket(socket.AF_UNIX)
    if os.path.exists(path):
        os.unlink(path)
    server.bind(path)
    server.listen(4)
    return server


def main():
    image, nbd, control = sys.argv[1:4]
    disk = Disk(image, "lying" in sys.argv[4:])
    servers = listen(nbd), listen(control)
    link = None
    while True:
        ready = select.select([*servers, *([link] if link else [])], [], [])[0]
        if servers[1] in ready:
            desk = servers[1].accept()[0]
            line = desk.makefile().readline()
            desk.sendall(obey(disk, line).encode())
            desk.close()
            if line.startswith("cut"):
                return
        elif servers[0] in ready:
            link = servers[0].accept()[0]
            greet(link, disk.size)
        elif link in ready:
            try:
                serve(disk, link)
            except ConnectionError:
                link = None


if __name__ == "__main__":
    main()
