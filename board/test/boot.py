"""U-Boot runs board/image/boot.cmd on a card whose kernels are no kernels: which roots it tries, in which order, and what it writes.

python3 board/test/boot.py; ARCH=amd64|arm64|pi (a Pi 3 with the U-Boot of the card). Some five seconds a row.
"""
import glob
import os
import subprocess
import sys
import tempfile
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from machine import ARCH, MACHINES, u_boot  # noqa: E402

PI = "build/image/boot-pi"  # Debian's U-Boot for the Pi and its kernel's device trees
FIRST, SECOND, SIZE = 0x40 * 512, 0x400 * 512, 512


def state(order, a, b):
    body = f"BOOT_A_LEFT={a}\0BOOT_B_LEFT={b}\0BOOT_ORDER={order}\0\0".encode().ljust(SIZE - 4, b"\0")
    return zlib.crc32(body).to_bytes(4, "little") + body


def torn(sector):
    return sector[:100] + b"\xff" + sector[101:]


def said(sector):
    """What a sector says, as (order, A, B); None without its sum."""
    if zlib.crc32(sector[4:]) != int.from_bytes(sector[:4], "little"):
        return None
    value = dict(line.split("=", 1) for line in sector[4:].decode().split("\0") if "=" in line)
    return value["BOOT_ORDER"], value["BOOT_A_LEFT"], value["BOOT_B_LEFT"]


NONE = bytes(SIZE)
# What it is called, the two sectors, the slots with a kernel file, what is tried and then, when nothing started, anyway, what the first sector then says.
ROWS = [
    ("a new card", NONE, NONE, "AB", "A B A B", None),
    ("A is confirmed: nothing is written", state("A B", 9, 9), NONE, "AB", "A B A B", ("A B", "9", "9")),
    ("B is confirmed", state("B A", 9, 9), NONE, "AB", "B A A B", ("B A", "9", "9")),
    ("a trial of B counts down", state("B A", 9, 3), NONE, "AB", "B? A A B", ("B A", "9", "2")),
    ("the last try of B", state("B A", 9, 1), NONE, "AB", "B? A A B", ("B A", "9", "0")),
    ("B had its tries", state("B A", 9, 0), NONE, "AB", "A A B", ("B A", "9", "0")),
    ("B is being written, as RAUC says it", state("A", 9, 0), NONE, "AB", "A A B", ("A", "9", "0")),
    ("A is being written, B has no kernel", state("B", 0, 9), NONE, "A", "B A B", ("B", "0", "9")),
    ("a trial of A, from B", state("A B", 2, 9), NONE, "AB", "A? B A B", ("A B", "1", "9")),
    ("neither has a try left", state("B A", 0, 0), NONE, "AB", "A B", ("B A", "0", "0")),
    ("A has no kernel", state("A B", 9, 9), NONE, "B", "A B A B", ("A B", "9", "9")),
    ("torn: what was confirmed last", torn(state("A B", 9, 9)), state("B A", 9, 9), "AB", "B A A B", None),
    ("both torn: A", torn(state("B A", 9, 9)), torn(state("B A", 9, 9)), "AB", "A B A B", None),
]


def run(*command, **how):
    return subprocess.run(command, check=True, capture_output=True, **how)


def pi(card):
    """QEMU's Pi 3; the console is its second serial port, as on the header."""
    if not os.path.exists(PI):
        run("mmdebstrap", "--architectures=arm64", "--variant=extract", "--include=u-boot-rpi,linux-image-arm64", "bookworm", PI)
    return ["qemu-system-aarch64", "-M", "raspi3b", "-kernel", f"{PI}/usr/lib/u-boot/rpi_arm64/u-boot.bin",
            "-dtb", glob.glob(f"{PI}/usr/lib/linux-image-*/broadcom/bcm2837-rpi-3-b.dtb")[0], "-serial", "null", "-drive", f"if=sd,format=raw,file={card}"]


def make_card(work, slots):
    """One card; each root has its kernel file or not."""
    boot, card = f"{work}/boot", f"{work}/card"
    for path in (boot, card):
        if os.path.exists(path):
            os.unlink(path)
    run("mkfs.vfat", "-F", "32", "-C", boot, "65536")
    run("mkimage", "-A", "arm64", "-T", "script", "-C", "none", "-d", "board/image/boot.cmd", f"{work}/boot.scr")
    run("mcopy", "-i", boot, f"{work}/boot.scr", "::boot.scr")
    run("truncate", "-s", "128M", card)
    run("sfdisk", "--quiet", card, input=b"label: dos\nstart=1MiB, size=64MiB, type=c, bootable\nsize=8MiB, type=83\nsize=8MiB, type=83\n")
    with open(card, "r+b") as out:
        out.seek(1 << 20)
        out.write(open(boot, "rb").read())
        for slot, at in (("A", 65), ("B", 73)):
            tree, part = f"{work}/tree-{slot}", f"{work}/part"
            run("rm", "-rf", tree, part)
            os.makedirs(f"{tree}/boot")
            for name in ("vmlinuz", "initrd.img") if slot in slots else ():
                open(f"{tree}/boot/{name}", "wb").write(os.urandom(4096))
            run("mke2fs", "-q", "-t", "ext4", "-b", "4096", "-O", "^has_journal,^64bit,^metadata_csum", "-d", tree, part, "8M")
            out.seek(at << 20)
            out.write(open(part, "rb").read())
    return card


def tried(work, card, first, second):
    """Powers the card on until it asks for a reset; (what it tried, its first sector)."""
    with open(card, "r+b") as out:
        for at, sector in ((FIRST, first), (SECOND, second)):
            out.seek(at)
            out.write(sector)
    console = f"{work}/console"
    command = pi(card) if ARCH == "pi" else [*MACHINES[ARCH], *u_boot(card), "-m", "512", "-nodefaults"]
    subprocess.run([*command, "-display", "none", "-no-reboot", "-serial", f"file:{console}"],
                   timeout=120, check=True, stderr=subprocess.DEVNULL)
    text = open(console, encoding="utf-8", errors="replace").read()
    roots = [line.split(": root ")[1].split() for line in text.splitlines() if line.startswith("Incheckpaal: root ")]
    with open(card, "rb") as disk:
        disk.seek(FIRST)
        return " ".join(root[0] + ("?" if root[1:] else "") for root in roots), disk.read(SIZE)


def main():
    failed = 0
    with tempfile.TemporaryDirectory(prefix="incheckpaal-boot.") as work:
        for name, first, second, slots, want, after in ROWS:
            got, sector = tried(work, make_card(work, slots), first, second)
            if got == want and said(sector) == after:
                print(f"passed: {name}: {want}", flush=True)
            else:
                failed += 1
                print(f"FAILED: {name}: tried {got}, not {want}; wrote {said(sector)}, not {after}", flush=True)
                print(open(f"{work}/console", errors="replace").read()[-3000:] if os.environ.get("KEEP") else "", end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
