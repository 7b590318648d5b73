"""make cut-test: power cuts without a virtual machine. The kiosk's data lie on ext4 on a loop device on the honest disk
(honest_disk.py, handed on by qemu-storage-daemon as a file), and at random moments what a cut would leave is looked at.

python3 board/test/cut.py; CUTS, MIGRATION_CUTS: how many; PATIENCE. Root.
"""
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from kiosk import expect  # noqa: E402
from machine import Failed, Machine, until  # noqa: E402
from power import cut_replayed, is_taken_over, rescue  # noqa: E402

SIZE = 96 << 20


class Host(Machine):
    """This machine in place of the virtual one; the partition is the whole disk."""

    def __init__(self, work):
        self.work, self.trace_path = work, f"{work}/trace"
        self.reader = self.disk = self.export = self.kiosk = None
        self.files, self.data = f"{work}/files", f"{work}/files/incheckpaal"
        os.mkdir(self.files)
        self.reader_up()

    def start_disk(self, lying):
        with open(f"{self.work}/card.img", "wb") as card:
            card.truncate(SIZE)
        subprocess.run(["mke2fs", "-q", "-t", "ext4", "-b", "4096", f"{self.work}/card.img"], check=True)
        open(f"{self.work}/exported", "w").close()
        self.disk = subprocess.Popen(["python3", "board/test/honest_disk.py", f"{self.work}/card.img", f"{self.work}/nbd", f"{self.work}/desk",
                                      *(["lying"] if lying else [])])
        until(10, "the disk", lambda: os.path.exists(f"{self.work}/desk"))
        self.export = subprocess.Popen(["qemu-storage-daemon", "--blockdev", f"driver=nbd,node-name=disk,server.type=unix,server.path={self.work}/nbd",
                                        "--export", f"type=fuse,id=out,node-name=disk,mountpoint={self.work}/exported,writable=on"])
        until(10, "the disk as a file", lambda: os.path.getsize(f"{self.work}/exported") == SIZE)
        subprocess.run(["mount", "-o", "loop,data=ordered,noatime", f"{self.work}/exported", self.files], check=True)

    def stop_disk(self):
        subprocess.run(["umount", "--lazy", self.files], check=False)
        self.ask_disk("cut")
        self.disk.wait()
        self.export.kill()
        self.export.wait()
        subprocess.run(["umount", "--lazy", f"{self.work}/exported"], check=False)
        for name in ("desk", "nbd"):
            os.unlink(f"{self.work}/{name}")

    def command(self, *words, program="incheckpaal"):
        return [f"build/bin/{program}", "--config", f"{self.work}/conf", "--data", self.data, *words]

    def start_kiosk(self):
        with open(f"{self.work}/conf", "w", encoding="utf-8") as conf:
            conf.write(f"[reader]\nconnection = pn532_uart:{self.work}/nfc:115200\n[screen]\nfullscreen = no\n")
        subprocess.run(self.command("init"), check=True, stdout=subprocess.DEVNULL)
        surroundings = dict(os.environ, SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy", INCHECKPAAL_TRACE=self.trace_path,
                            INCHECKPAAL_RUN=f"{self.work}/run", INCHECKPAAL_FONTS=os.path.realpath("build/fonts"))
        self.kiosk = subprocess.Popen(self.command(program="incheckpaal-kiosk"), env=surroundings, stderr=subprocess.DEVNULL)
        until(20, "the kiosk", lambda: "taps" in subprocess.run(self.command("status", "--json"), env=surroundings, capture_output=True, text=True).stdout)
        time.sleep(2)

    def stop_kiosk(self):
        self.kiosk.kill()
        self.kiosk.wait()

    def run(self, command, check=True, text=None):
        return f"0 {SIZE // 512}"


def taps(host, lying, cuts):
    """Cuts at random moments of taps without pause; (taps shown, lost, unreadable)."""
    host.start_disk(lying)
    os.path.exists(host.trace_path) and os.unlink(host.trace_path)
    try:
        host.start_kiosk()
        counts = cut_replayed(host, cuts)
        host.stop_kiosk()
    finally:
        host.stop_disk()
    return counts


def migration(host, cuts):
    """Cuts while a log of the first version is taken over; (cuts, of these between the first version and the newest)."""
    script = open("tests/data/log-of-version-1.sql", encoding="utf-8").read()
    midst, lasts, part = 0, None, f"{host.work}/part.img"
    host.start_disk(False)
    try:
        for i in range(cuts + 1):
            shutil.rmtree(host.data, ignore_errors=True)
            os.mkdir(host.data)
            with sqlite3.connect(f"{host.data}/attendance.db") as db:
                db.executescript(script)
            db.close()
            os.sync()
            began = time.monotonic()
            program = subprocess.Popen(host.command("init"), stdout=subprocess.DEVNULL)
            if lasts is None:  # the first tells how long it takes
                program.wait()
                lasts = time.monotonic() - began
                continue
            time.sleep(random.random() * lasts)
            host.ask_disk(f"copy {part} 0 {SIZE // 512}")
            program.wait()
            midst += is_taken_over(rescue(host, part))
    finally:
        host.stop_disk()
    return cuts, midst


def main():
    cuts, migrations = (int(os.environ.get(name, "200")) for name in ("CUTS", "MIGRATION_CUTS"))
    work = tempfile.mkdtemp(prefix="incheckpaal-cut.")
    host = Host(work)
    try:
        counts = taps(host, False, cuts)
        print(f"{cuts} cuts: taps shown {counts[0]}, lost {counts[1]}, unreadable {counts[2]}", flush=True)
        expect(counts[0] > cuts // 3 and counts[1:] == (0, 0), "a cut loses taps")
        counts = taps(host, True, 20)
        print(f"20 cuts of a lying disk, the negative control: taps shown {counts[0]}, lost {counts[1]}, unreadable {counts[2]}", flush=True)
        expect(any(counts[1:]), "a lying disk passed")
        print("%d cuts during a migration, %d of them between two versions: every tap there" % migration(host, migrations))
    except Failed as why:
        print(f"cut-test: {why}", file=sys.stderr)
        return 1
    finally:
        host.reader.kill()
        shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
