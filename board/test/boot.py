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
FIRST, SECOND, BEGUN, SIZE = 0x40 * 512, 0x400 * 512, 0x82000 * 512, 512


def with_sum(words):
    body = f"{words}\0\0".encode().ljust(SIZE - 4, b"\0")
    return zlib.crc32(body).to_bytes(4, "little") + body


def state(order, a, b):
    return with_sum(f"BOOT_A_LEFT={a}\0BOOT_B_LEFT={b}\0BOOT_ORDER={order}")


def begun(starts):
    return with_sum("begun=" + "x" * starts) if starts else NONE


def torn(sector):
    return sector[:100] + b"\xff" + sector[101:]


def values(sector):
    """{} without its sum."""
    if zlib.crc32(sector[4:]) != int.from_bytes(sector[:4], "little"):
        return {}
    return dict(line.split("=", 1) for line in sector[4:].decode(errors="replace").split("\0") if "=" in line)


def said(sector):
    """What a sector says, as (order, A, B); None without its sum."""
    value = values(sector)
    return (value["BOOT_ORDER"], value["BOOT_A_LEFT"], value["BOOT_B_LEFT"]) if value else None


NONE = bytes(SIZE)
BOTH = state("A B", 9, 9)
# What it is called, the two sectors, the slots with a kernel file, what is tried and then, when nothing started, anyway (? on trial, ! in place of a root
# that came to no kiosk), what the first sector then says; how many starts in a row came to none, 0 where it is not said.
ROWS = [
    ("a new card", NONE, NONE, "AB", "A B A B", None),
    ("A is confirmed: the state stays", state("A B", 9, 9), NONE, "AB", "A B A B", ("A B", "9", "9")),
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
    ("A came to no kiosk twice", BOTH, NONE, "AB", "A B A B", ("A B", "9", "9"), 2),
    ("A came to no kiosk three times", BOTH, NONE, "AB", "B! A A B", ("A B", "9", "9"), 3),
    ("B came to no kiosk three times", state("B A", 9, 9), NONE, "AB", "A! B A B", ("B A", "9", "9"), 3),
    ("nor did the other twice", BOTH, NONE, "AB", "B! A A B", ("A B", "9", "9"), 5),
    ("nor did either three times", BOTH, NONE, "AB", "A B A B", ("A B", "9", "9"), 6),
    ("three times, and the other has no kernel", BOTH, NONE, "A", "B! A A B", ("A B", "9", "9"), 3),
    ("three times, and B is on trial", state("B A", 9, 2), NONE, "AB", "B? A A B", ("B A", "9", "1"), 3),
    ("three times, and B is being written", state("A", 9, 0), NONE, "AB", "A A B", ("A", "9", "0"), 3),
    ("three times, without a state", NONE, NONE, "AB", "B! A A B", None, 3),
]


def run(*command, **how):
    return subprocess.run(command, check=True, capture_output=True, **how)


def pi(card):
    """QEMU's Pi 3; the console is its second serial port, as on the header."""
    if not os.path.exists(PI):
        os.makedirs(os.path.dirname(PI), exist_ok=True)
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
    run("truncate", "-s", "512M", card)
    run("sfdisk", "--quiet", card, input=b"label: dos\nstart=1MiB, size=64MiB, type=c, bootable\nstart=264MiB, size=8MiB, type=83\nsize=8MiB, type=83\n")
    with open(card, "r+b") as out:
        out.seek(1 << 20)
        out.write(open(boot, "rb").read())
        for slot, at in (("A", 264), ("B", 272)):
            tree, part = f"{work}/tree-{slot}", f"{work}/part"
            run("rm", "-rf", tree, part)
            os.makedirs(f"{tree}/boot")
            for name in ("vmlinuz", "initrd.img") if slot in slots else ():
                open(f"{tree}/boot/{name}", "wb").write(os.urandom(4096))
            run("mke2fs", "-q", "-t", "ext4", "-b", "4096", "-O", "^has_journal,^64bit,^metadata_csum", "-d", tree, part, "8M")
            out.seek(at << 20)
            out.write(open(part, "rb").read())
    return card


def tried(work, card, first, second, starts):
    """Powers the card on until it asks for a reset; (what it tried, its first sector, how many starts it counted)."""
    with open(card, "r+b") as out:
        for at, sector in ((FIRST, first), (SECOND, second), (BEGUN, begun(starts))):
            out.seek(at)
            out.write(sector)
    console = f"{work}/console"
    command = pi(card) if ARCH == "pi" else [*MACHINES[ARCH], *u_boot(card), "-m", "512", "-nodefaults"]
    subprocess.run([*command, "-display", "none", "-no-reboot", "-serial", f"file:{console}"],
                   timeout=120, check=True, stderr=subprocess.DEVNULL)
    text = open(console, encoding="utf-8", errors="replace").read()
    roots = [line.split(": root ")[1].split() for line in text.splitlines() if line.startswith("Incheckpaal: root ")]
    with open(card, "rb") as disk:
        first, count = (os.pread(disk.fileno(), SIZE, at) for at in (FIRST, BEGUN))
    mark = {"incheckpaal.trial": "?", "incheckpaal.turned": "!"}
    return " ".join(root[0] + "".join(mark[word] for word in root[1:]) for root in roots), first, len(values(count).get("begun", ""))


def main():
    failed = 0
    with tempfile.TemporaryDirectory(prefix="incheckpaal-boot.") as work:
        for name, first, second, slots, want, after, *starts in ROWS:
            starts = sum(starts)
            got, sector, count = tried(work, make_card(work, slots), first, second, starts)
            if got == want and said(sector) == after and count == starts % 6 + 1:
                print(f"passed: {name}: {want}", flush=True)
            else:
                failed += 1
                print(f"FAILED: {name}: tried {got}, not {want}; wrote {said(sector)}, not {after}; counted {count} after {starts}", flush=True)
                print(open(f"{work}/console", errors="replace").read()[-3000:] if os.environ.get("KEEP") else "", end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
