"""make update-test: updates of the image in QEMU, started by U-Boot as on a Pi. Each test is one sentence; they build on each other.

python3 board/test/update.py [TEST...]; ARCH, PATIENCE, CUTS (of the replayed kind, during installing), REAL_CUTS.
Needs `make image` and `make bundle`, and makes the bundles that must not be taken.
"""
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from boot import FIRST, SECOND, SIZE, said, torn  # noqa: E402
from kiosk import any_badge, boot, expect, insert, make_stick, mounted, pull, tap_kept  # noqa: E402
from machine import ARCH, IMAGES, MIB, PATIENCE, SLOTS, Failed, Machine, slow_down, until  # noqa: E402
from power import read_card  # noqa: E402
from recording import part_of  # noqa: E402

CUTS, REAL_CUTS = (int(os.environ.get(name, count)) for name, count in (("CUTS", 50), ("REAL_CUTS", 3)))
TOLD = "/data/incheckpaal/update.txt"


class Card(Machine):
    def starts(self, options):
        # A trial that is to fail need not take long, nor the wait for a quiet moment, and the page plays no part here.
        return self.starts_by_u_boot(f"{options} systemd.setenv=LIMIT_S={60 * PATIENCE:.0f} systemd.setenv=AGAIN_S=5 systemd.setenv=QUIET_MINUTES=2 "
                                     "systemd.mask=incheckpaal-web.service")

    def slot(self):
        return self.run("sed 's/.*rauc.slot=\\([AB]\\).*/\\1/' /proc/cmdline", check=False).strip()

    def state(self):
        """(order, A, B) as the card would have it after a cut now."""
        self.ask_disk(f"copy {self.work}/gap 0 2048")
        with open(f"{self.work}/gap", "rb") as gap:
            gap.seek(FIRST)
            return said(gap.read(SIZE))

    def boot_id(self):
        return self.run("cat /proc/sys/kernel/random/boot_id", check=False).strip()

    def restart(self):
        self.run("systemctl reboot", check=False)

    def told(self):
        return self.run(f"cat {TOLD}", check=False)

    def update(self, what):
        """Exit status and words."""
        done = self.run(f"incheckpaal update {what} 2>&1; echo status $?", check=False)
        words, _, status = done.rpartition("status ")
        return int(status or 255), words


def bundle(name, **environment):
    """A bundle by bundle.sh, moved to build/image/test-NAME.raucb."""
    path = f"{IMAGES}/test-{name}.raucb"
    if os.path.exists(path) and os.path.getmtime(path) > os.path.getmtime(f"{IMAGES}/slot-{ARCH}"):
        return path
    subprocess.run(["sh", "board/image/bundle.sh", ARCH], check=True, capture_output=True, env={**os.environ, "BUNDLE": path, **environment})
    return path


def make_bundles(work):
    version = open(f"{IMAGES}/slot-{ARCH}.version", encoding="utf-8").read().strip()
    small = f"{work}/small"
    with open(small, "wb") as out:
        out.write(os.urandom(MIB))
    for kind in ("cert", "key"):
        shutil.copy(f"build/update/{kind}.pem", f"{work}/own-{kind}.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Somebody else", "-keyout", f"{work}/other-key.pem",
                    "-out", f"{work}/other-cert.pem"], check=True, capture_output=True)
    good, mute = f"{IMAGES}/slot-good", f"{IMAGES}/slot-mute"
    subprocess.run(["cp", "--sparse=always", f"{IMAGES}/slot-{ARCH}", good], check=True)
    if PATIENCE > 1:
        slow_down(work, good)
    subprocess.run(["cp", "--sparse=always", good, mute], check=True)
    subprocess.run(["debugfs", "-w", "-R", "rm /usr/bin/incheckpaal-kiosk", mute], check=True, capture_output=True)
    found = {
        "good": bundle("good", VERSION=f"{version}+1", SLOT=good),
        "mute": bundle("mute", VERSION=f"{version}+2", SLOT=mute),
        "older": bundle("older", VERSION="0.1", SLOT=small),
        "other-key": bundle("other-key", VERSION=f"{version}+3", SLOT=small, UPDATE_CERT=f"{work}/other-cert.pem", UPDATE_KEY=f"{work}/other-key.pem"),
        "other-kind": bundle("other-kind", VERSION=f"{version}+3", SLOT=small, COMPATIBLE="incheckpaal-teapot"),
        "damaged": f"{IMAGES}/test-damaged.raucb",
    }
    if not os.path.exists(found["damaged"]) or os.path.getmtime(found["damaged"]) < os.path.getmtime(found["good"]):
        subprocess.run(["cp", found["good"], found["damaged"]], check=True)
        with open(found["damaged"], "r+b") as out:
            out.seek(os.path.getsize(found["damaged"]) // 2)
            out.write(b"\xff" * 4096)
    os.unlink(mute)
    return found


def stick_with(vm, name, files):
    """A USB stick with files: {name there: path here}."""
    stick = make_stick(f"{vm.work}/{name}.img", "1G")
    subprocess.run(["mmd", "-i", stick, "::bad"], check=True)
    for there, here in files.items():
        subprocess.run(["mcopy", "-i", stick, here, f"::{there}"], check=True)
    return stick


def plug(vm, stick):
    insert(vm, stick)
    until(60, "the stick", lambda: mounted(vm))


def starts_a(vm, bundles):
    """U-Boot finds no state on a new card and starts root A; nothing is written."""
    boot(vm)
    expect(vm.slot() == "A" and vm.state() is None, f"{vm.slot()}, {vm.state()}")
    expect("incheckpaal.trial" not in vm.run("cat /proc/cmdline"), "A is on trial")
    print(f"    power on to taking badges, s: {time.monotonic() - vm.started:.0f}")


def refuses(vm, bundles):
    """A bundle of another key, for another kind, damaged or older is refused in words, and nothing changes."""
    plug(vm, stick_with(vm, "bad", {f"bad/{name}.raucb": bundles[name] for name in ("other-key", "other-kind", "damaged")} | {"older.raucb": bundles["older"]}))
    until(60, "the older one to be left alone", lambda: "niet nieuwer" in vm.told())
    for name, words in (("other-key", "niet ondertekend"), ("other-kind", "ander soort kiosk"), ("none", "er niet"), ("damaged", "installeren is niet gelukt")):
        status, told = vm.update(f"/media/incheckpaal/bad/{name}.raucb")
        expect(status == 1 and words in told and words in vm.told(), f"{name}: {status} {told} {vm.told()}")
        print(f"    {name}: {vm.told().strip()}", flush=True)
    pull(vm)
    order, a, _ = vm.state()
    expect((order.split()[0], a) == ("A", "9"), f"{order}, A {a}")
    said_no = vm.run("setpriv --reuid incheckpaal-web --regid incheckpaal --clear-groups "
                     "busctl call de.pengutronix.rauc / de.pengutronix.rauc.Installer Mark ss bad other 2>&1; true")
    expect("denied" in said_no.lower() or "rejected" in said_no.lower(), f"the page may tell RAUC what to do: {said_no}")


def takes_an_update_from_a_stick(vm, bundles):
    """A newer one on a stick goes into B by itself, is started on trial, stands the test tap and is confirmed."""
    before = vm.boot_id()
    plug(vm, stick_with(vm, "good", {"update.raucb": bundles["good"]}))
    began = time.monotonic()
    until(900, "the update to be installed", lambda: "staat klaar" in vm.told())
    print(f"    installed after s: {time.monotonic() - began:.0f}")
    expect(vm.state() == ("B A", "9", "2"), f"{vm.state()}")
    pull(vm)
    vm.restart()
    until(600, "another start", lambda: vm.boot_id() not in ("", before))
    expect(vm.slot() == "B" and "incheckpaal.trial" in vm.run("cat /proc/cmdline"), "B is not on trial")
    until(400, "the trial to end", lambda: "bijgewerkt" in vm.told())
    expect(vm.state() == ("B A", "9", "9"), f"{vm.state()}")
    print(f"    {vm.told().strip()}")
    expect(not vm.run("ls /data/update/before.db", check=False), "the backup was kept")


def falls_back(vm, bundles):
    """A version whose kiosk does not start is tried twice, and then the one before it runs again, by itself."""
    running = vm.slot()
    state = lambda left: ("A B", left, "9") if running == "B" else ("B A", "9", left)
    vm.run("mkdir -p /data/incheckpaal/update")
    stick = stick_with(vm, "mute", {"bad/mute.raucb": bundles["mute"]})
    plug(vm, stick)
    # As the page leaves it: complete under its name at once.
    vm.run("cp /media/incheckpaal/bad/mute.raucb /data/incheckpaal/update/new && cd /data/incheckpaal/update && mv new new.raucb")
    until(900, "the update to be installed", lambda: "staat klaar" in vm.told())
    pull(vm)
    expect(vm.state() == state("2"), f"{vm.state()}")
    began = time.monotonic()
    vm.restart()
    until(1800, "the old version", lambda: vm.state() == state("0") and vm.slot() == running and vm.takes_badges())
    print(f"    broken version to the old one taking badges, s: {time.monotonic() - began:.0f}")
    until(60, "words", lambda: "niet gelukt" in vm.told())
    print(f"    {vm.told().strip()}")


def counted_out(vm):
    """The kiosk stayed, so that this start no longer counts as one that came to nothing."""
    until(120, "the count to be taken away", lambda: vm.run("systemctl is-active incheckpaal-healthy || true").strip() == "inactive")


def torn_state(vm, bundles):
    """When the state is torn, the root that was confirmed last starts."""
    counted_out(vm)
    vm.run("sync")
    vm.power_off()
    with open(f"{vm.work}/card.img", "r+b") as card:
        card.seek(FIRST)
        sector = card.read(SIZE)
        card.seek(SECOND)
        expect(said(card.read(SIZE)) == ("B A", "9", "9"), "the second sector does not know what was confirmed")
        card.seek(FIRST)
        card.write(torn(sector))
    boot(vm)
    expect(vm.slot() == "B", f"{vm.slot()} started")


def taps_until_told(vm, words):
    """Badges are tapped until an update said that: [(how long the recording was when it was kept, seq)]."""
    kept = []
    while words not in vm.told():
        seq = tap_kept(vm, any_badge()[4:])
        kept.append((int(vm.ask_disk("count")[2]), seq))
        time.sleep(2)
    return kept


def would_start(card):
    """As boot.cmd chooses: the slot, and whether it is on trial."""
    with open(card, "rb") as disk:
        sectors = [os.pread(disk.fileno(), SIZE, at) for at in (FIRST, SECOND)]
    order, *left = next((state for state in map(said, sectors) if state), ("A B", "9", "9"))
    left = dict(zip("AB", left))
    chosen = next(slot for slot in order.split() if left[slot] != "0")
    return chosen, left[chosen] != "9"


def is_root(card, slot, image):
    return subprocess.run(["cmp", "-s", "-n", str(os.path.getsize(image)), "-i", f"{SLOTS[slot][0]}:0", card, image]).returncode == 0


def cuts_while_installing(vm, bundles):
    """Whatever a cut leaves at any moment of installing, what U-Boot would then start is whole, and the log has every tap."""
    stick = stick_with(vm, "again", {"bad/good.raucb": bundles["good"]})
    plug(vm, stick)
    first, count = map(int, vm.run("cd /sys/class/block/$(basename $(findmnt -no SOURCE /data)) && cat start size").split())
    running = vm.slot()
    vm.run("rm -f /data/incheckpaal/update.txt")
    vm.record()
    vm.run("(incheckpaal update /media/incheckpaal/bad/good.raucb; systemctl stop incheckpaal-restart) > /dev/null 2>&1 &")
    kept = taps_until_told(vm, "staat klaar")
    recording = vm.recorded()
    pull(vm)

    roots = {"AB"["BA".index(running)]: f"{IMAGES}/slot-good", running: f"{vm.work}/running"}
    part_of(recording.base, roots[running], SLOTS[running][0] // 512, os.path.getsize(f"{IMAGES}/slot-good") // 512)
    trials, part, to_start = 0, f"{vm.work}/part.img", []
    for moment, card in recording.cuts(recording.moments(CUTS, lambda where, length: where <= max(FIRST, SECOND))):
        slot, trial = would_start(card)
        expect(is_root(card, slot, roots[slot]), f"cut at {moment} of {len(recording.pieces)}: {slot} would start and is not whole")
        trials += trial
        part_of(card, part, first, count)
        there = read_card(vm, part)
        expect(there is not None, f"cut at {moment}: the log can not be read")
        expect({seq for at, seq in kept if at <= moment} <= there, f"cut at {moment}: a tap is lost")
        if all(trial != other for _, _, other in to_start):
            to_start.append((f"{vm.work}/cut-{moment}.img", slot, trial))
            subprocess.run(["cp", "--sparse=always", card, to_start[-1][0]], check=True)
    print(f"    of {len(recording.pieces)} writes cut at {CUTS}, the new version would start after {trials}; {len(kept)} taps meanwhile, none lost")
    os.unlink(recording.base)
    os.unlink(recording.log)
    started_for_real(vm, to_start)


def started_for_real(vm, cuts):
    """Cards that cuts left, [(path, slot, trial)], become kiosks as was foretold of them. Afterwards the machine has its own card again."""
    vm.run("sync")
    vm.power_off()
    card, own = f"{vm.work}/card.img", f"{vm.work}/own.img"
    os.rename(card, own)
    for cut, slot, trial in cuts:
        os.rename(cut, card)
        boot(vm)
        expect((vm.slot(), "incheckpaal.trial" in vm.run("cat /proc/cmdline")) == (slot, trial), f"{vm.slot()} started, not {slot}, trial {trial}")
        vm.run("incheckpaal verify")
        vm.power_off()
        print(f"    one of them started for real: {slot}{', on trial' if trial else ''}, takes badges", flush=True)
    os.rename(own, card)
    boot(vm)


def takes_an_update_from_an_address(vm, bundles):
    """An update is fetched from an address; it starts by itself when for some minutes nobody tapped, and not before."""
    vm.run("sync")
    vm.power_off()
    boot(vm, alone=True)
    before = vm.boot_id()
    server = subprocess.Popen([*vm.inside, "python3", "-m", "http.server", "--bind", "127.0.0.1", "--directory", IMAGES, "8080"],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    status, told = vm.update(f"http://10.0.2.2:8080/{os.path.basename(bundles['good'])}")
    server.kill()
    expect(status == 0 and "staat klaar" in vm.told(), f"{status} {told}")
    for _ in range(6):
        time.sleep(30)
        tap_kept(vm, any_badge()[4:])
        expect(vm.boot_id() == before, "it started under people's hands")
    until(400, "another start", lambda: vm.boot_id() not in ("", before))
    until(400, "the trial to end", lambda: "bijgewerkt" in vm.told())


def real_cuts(vm, bundles):
    """The plug is pulled while an update is written; the kiosk is back by itself, says so, and keeps nothing of the file."""
    stick = stick_with(vm, "cut", {"bad/good.raucb": bundles["good"]})
    for _ in range(REAL_CUTS):
        slot = vm.slot()
        plug(vm, stick)
        vm.run("incheckpaal update /media/incheckpaal/bad/good.raucb > /dev/null 2>&1 &")
        until(300, "RAUC to write", lambda: (vm.state() or ("", "9", "9"))["AB".index("BA"["AB".index(slot)]) + 1] == "0")
        time.sleep(random.random() * 10)
        vm.cut()
        boot(vm)
        expect(vm.slot() == slot, f"{vm.slot()} started, not {slot}")
        until(60, "words", lambda: "onderbroken" in vm.told())
        expect("bundle" not in vm.run("ls /data/update"), "its file was kept")


def spoil(card, slot):
    """Noise where the C library of that root is: no program starts there any more."""
    library = f"/usr/lib/{'x86_64' if ARCH == 'amd64' else 'aarch64'}-linux-gnu/libc.so.6"
    blocks = subprocess.run(["debugfs", "-R", f"blocks {library}", f"{card}?offset={SLOTS[slot][0]}"], check=True, capture_output=True, text=True).stdout.split()
    expect(len(blocks) > 100, f"there is no {library}")
    with open(card, "r+b") as out:
        for block in blocks:
            out.seek(SLOTS[slot][0] + int(block) * 4096)
            out.write(os.urandom(4096))


def broken_root_gives_way(vm, bundles):
    """A root that was confirmed and breaks later is tried three times; then the other one runs by itself, and is the first from then on."""
    running = vm.slot()
    other = "BA"["AB".index(running)]
    counted_out(vm)
    vm.run("sync")
    vm.power_off()
    spoil(f"{vm.work}/card.img", running)
    vm.power_on()
    until(900, "the other root", lambda: vm.slot() == other and vm.takes_badges())
    print(f"    power on to taking badges, through three panics, s: {time.monotonic() - vm.started:.0f}")
    tried = re.findall(r"Incheckpaal: root ([AB]) (\S*)", open(f"{vm.work}/console", errors="replace").read())
    expect(tried == [(running, "")] * 3 + [(other, "incheckpaal.turned")], f"{tried}")
    until(120, "words", lambda: "startte drie keer niet" in vm.told())
    print(f"    {vm.told().strip()}")
    until(30, "the state", lambda: vm.state() == (f"{other} {running}", "9", "9"))
    before = vm.boot_id()
    vm.restart()
    until(500, "another start", lambda: vm.boot_id() not in ("", before) and vm.takes_badges())
    expect(vm.slot() == other and "incheckpaal.turned" not in vm.run("cat /proc/cmdline"), f"{vm.slot()} started, {vm.run('cat /proc/cmdline')}")


TESTS = [starts_a, refuses, takes_an_update_from_a_stick, falls_back, torn_state, cuts_while_installing,
         takes_an_update_from_an_address, broken_root_gives_way, real_cuts]


def main():
    work = tempfile.mkdtemp(prefix="incheckpaal-update.")
    vm = Card(work, 20000 + os.getpid() % 10000)
    failed = 0
    try:
        bundles = make_bundles(work)
        vm.make_card({"naam": "Ingang", "locatie": "Perron038", "code": "vier gewone woorden op rij",
                      "ssh_sleutel": open(f"{vm.key}.pub", encoding="utf-8").read().strip()})
        for test in TESTS:
            if sys.argv[1:] and test.__name__ not in sys.argv[1:] and test is not TESTS[0]:
                continue
            try:
                test(vm, bundles)
                print(f"passed: {test.__doc__}", flush=True)
            except (Failed, OSError, ValueError, subprocess.SubprocessError) as why:
                failed += 1
                print(f"FAILED: {test.__doc__}\n    {why}", flush=True)
                if test is TESTS[0]:
                    print(open(f"{work}/console", errors="replace").read()[-3000:])
                    break
    finally:
        vm.close()
        if not os.environ.get("KEEP"):
            shutil.rmtree(work)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
