"""make image-test: the image in QEMU, as somebody would use it. Each test is one sentence; what it measures goes to build/image/measured.

python3 board/test/image.py [TEST...]; ARCH, PATIENCE (stretches every wait), CUTS (of the replayed kind), REAL_CUTS, UNPLUGS.
"""
import json
import os
import random
import re
import shutil
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from machine import ARCH, IMAGES, PATIENCE, Failed, Machine, until  # noqa: E402

CODE = "vier gewone woorden op rij"
ADA, BRAM, STRANGER = "04A1B2C3D4E501", "04A1B2C3D4E502", "04FFEEDDCCBB01"
CUTS, REAL_CUTS, UNPLUGS = (int(os.environ.get(name, count)) for name, count in (("CUTS", 200), ("REAL_CUTS", 3), ("UNPLUGS", 5)))
measured = {}


def expect(truth, words):
    if not truth:
        raise Failed(words)


def measure(name, value):
    measured[name] = value
    print(f"    {name}: {value}", flush=True)


def boot(vm, **how):
    vm.power_on(**how)
    if PATIENCE > 1:  # a machine that is slow is not hung: without a GPU a first picture alone may take longer than the watchdog waits
        until(400, "the guest", vm.is_in)
        vm.run("mkdir -p /run/systemd/system/incheckpaal-kiosk.service.d && cd /run/systemd/system/incheckpaal-kiosk.service.d && "
               f"printf '[Service]\\nWatchdogSec={10 * PATIENCE:.0f}\\n' > slow.conf && systemctl daemon-reload && systemctl restart --no-block incheckpaal-kiosk")
    until(400, "the kiosk to take badges", vm.takes_badges)


def programme(vm):
    """Two people and a session that is on now."""
    now = datetime.now(timezone.utc).replace(microsecond=0)
    at = lambda minutes: (now + timedelta(minutes=minutes)).isoformat()
    vm.run("cat > /tmp/s.csv && incheckpaal import schedule /tmp/s.csv", text="session,title,host,room,start,end,cluster,capacity,kind,state\n"
           f"opening,Plenaire opening,Sanne de Wit,Grote zaal,{at(-60)},{at(600)},,,plenary,planned\n")
    vm.run("cat > /tmp/a.csv && incheckpaal import attendees /tmp/a.csv", text="badge,given_name,family_name,organisation,organisation_kind,cluster\n"
           f"{ADA},Ada,de Vries,Hanzecode,company,ict-ecommerce\n{BRAM},Bram,Bakker,IJsselzorg,company,health\n")


def colours(path):
    """How many different rows of pixels there are in a PNG, roughly: a blank screen has one."""
    import zlib
    data = open(path, "rb").read()
    width, height = (int.from_bytes(data[at:at + 4], "big") for at in (16, 20))
    at, packed = 8, b""
    while at < len(data):
        length = int.from_bytes(data[at:at + 4], "big")
        if data[at + 4:at + 8] == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(packed)
    stride = len(raw) // height
    return width, height, len({raw[i * stride + 1:(i + 1) * stride] for i in range(height)})


def rows_shown(vm):
    try:
        return colours(vm.picture(f"{vm.work}/screen.png"))[2]
    except (Failed, OSError):  # the guest has no display yet
        return 0


def starts_by_itself(vm):
    """From power on to the idle screen without touching anything, as two users, with the name of the settings file."""
    boot(vm)
    measure("power on to taking badges, s", round(time.monotonic() - vm.started))
    until(120, "a picture", lambda: rows_shown(vm) > 20)
    width, height, rows = colours(f"{vm.work}/screen.png")
    measure("screen", f"{width}x{height}, {rows} different rows")
    shutil.copy(f"{vm.work}/screen.png", f"{IMAGES}/idle-{ARCH}.png")
    expect(vm.status().get("kiosk") == "Ingang, Perron038", f"the name: {vm.status()}")
    until(60, "the page", lambda: vm.run("systemctl is-active incheckpaal-web", check=False).strip() == "active")
    users = vm.run("ps -C incheckpaal-kiosk,incheckpaal-reader,incheckpaal-web -o user:20=,comm=")
    expect(re.search("incheckpaal +incheckpaal-kio", users) and "incheckpaal-web " in users, users)
    until(200, "the end of the start", lambda: vm.run("systemctl is-system-running || true").strip() not in ("", "initializing", "starting"))
    measure("start", vm.run("systemd-analyze time").splitlines()[0])
    stamp = vm.run("systemctl show -P ActiveEnterTimestampMonotonic incheckpaal-kiosk").strip()
    measure("kernel to kiosk ready, s", round(int(stamp) / 1e6, 1))
    stamp = re.search(r"\[ *([0-9.]+)\].*first picture after ([0-9]+) ms", vm.run("journalctl -o short-monotonic -u incheckpaal-kiosk --no-pager"))
    measure("kernel to first picture, s, of which that picture, ms", stamp.groups())
    measure("slowest units", "; ".join(vm.run("systemd-analyze blame --no-pager").splitlines()[:6]))
    failed = vm.run("systemctl --failed --no-legend --plain")
    expect(not failed.strip(), f"failed: {failed}")
    measure("memory used, MiB", vm.run("free -m | awk '/^Mem/ { print $3 \" of \" $2 }'").strip())
    measure("largest, MiB", vm.run("ps -eo rss=,comm= --sort=-rss | head -5 | awk '{ printf \"%s %.0f; \", $2, $1 / 1024 }'").strip())


def blots_out_secrets(vm):
    """What was secret in the settings file is stars; the file is as long as it was."""
    text = vm.settings()
    expect(CODE not in text and re.search(r"(?m)^code = \*+$", text), text)


def takes_a_tap(vm):
    """A badge held to the simulated reader on the serial port is welcomed, and the page shows who came."""
    programme(vm)
    until(30, "the programme", lambda: vm.tap(ADA) in ("checked-in", "repeat"))
    vm.picture(f"{IMAGES}/welcome-{ARCH}.png")
    expect(vm.tap(STRANGER) == "unknown", "a stranger was known")
    context = ssl._create_unverified_context()
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor())
    ask = lambda path, **form: opener.open(urllib.request.Request(f"https://127.0.0.1:{vm.port + 1}{path}", headers={"Accept": "text/html"},
                                           data=urllib.parse.urlencode(form).encode() if form else None), timeout=60 * PATIENCE).read().decode()
    token = re.search('name="csrf" value="([^"]*)"', ask("/login")).group(1)
    ask("/login", who="Marit", pw=CODE, csrf=token)
    expect("Ada" in ask("/live"), "the page does not show who came")
    expect("checked-in" in ask("/downloads/attendance?format=csv"), "the log can not be downloaded")


def root_is_only_read(vm):
    """Nobody writes the root: not through the file system, not past it, not as root."""
    for attempt in ("touch /anything", "mount -o remount,rw / && touch /anything", "dd if=/dev/zero of=$(findmnt -no SOURCE /) bs=512 count=1 oflag=direct"):
        expect(not vm.run(f"{attempt} && echo written", check=False), f"{attempt} worked")
    expect("tmpfs" in vm.run("findmnt -no FSTYPE /var"), "/var is not in memory")
    expect(vm.run("cat /proc/swaps").count("\n") == 1, "there is swap")
    expect(not vm.run("ls /var/log/journal", check=False), "the journal is on the card")
    size = int(vm.run("df -BM --output=size /data | tail -1").strip(" M\n"))
    measure("data partition after first boot, MiB", size)
    expect(size > 1500, "the data did not grow")
    expect(re.search(r"^root:\*:", vm.run("cat /etc/shadow"), re.M) and "$" not in vm.run("cat /etc/shadow"), "somebody has a password")


def clock_is_not_trusted(vm):
    """Without a network nobody vouches for the clock: the filter of system calls lets the kiosk ask, and it says so."""
    grade = vm.status().get("clock", {}).get("grade")
    expect(grade in ("none", "rtc"), f"the clock counts as {grade}")
    expect("adjtimex" in vm.run("systemctl show -P SystemCallFilter incheckpaal-kiosk"), "the filter refuses adjtimex")


def finds_its_reader_again(vm):
    """The reader is unplugged and put back, again and again, and takes badges each time."""
    worst = 0
    for _ in range(UNPLUGS):
        vm.qmp("device_del", id="reader")
        until(60, "the reader to be missed", lambda: not vm.takes_badges())
        vm.qmp("device_add", driver="usb-serial", chardev="nfc", id="reader")
        began = time.monotonic()
        until(90, "the reader to be found", vm.takes_badges)
        worst = max(worst, time.monotonic() - began)
        expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap after the reader came back")
    measure(f"reader back, worst of {UNPLUGS}, s", round(worst, 1))


def stopped_kiosk_returns(vm):
    """A kiosk that hangs is ended by its watchdog and takes taps again; so is the page."""
    for unit, back in (("incheckpaal-kiosk", vm.takes_badges),
                       ("incheckpaal-web", lambda: vm.run("systemctl is-active incheckpaal-web", check=False).strip() == "active")):
        before = vm.run(f"systemctl show -P MainPID {unit}").strip()
        vm.run(f"kill -STOP {before}")
        began = time.monotonic()
        until(120, f"another {unit}", lambda: vm.run(f"systemctl show -P MainPID {unit}", check=False).strip() not in ("", "0", before) and back())
        measure(f"{unit} stopped, back after s", round(time.monotonic() - began, 1))
    expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap")


def hung_kernel_returns(vm):
    """A kernel that hangs is reset by the hardware's watchdog; the kiosk returns by itself."""
    before = vm.run("cat /proc/sys/kernel/random/boot_id")
    vm.run("sysctl -q kernel.panic=0; (sleep 1; echo c > /proc/sysrq-trigger) > /dev/null 2>&1 &", check=False)
    began = time.monotonic()
    until(500, "another boot", lambda: vm.run("cat /proc/sys/kernel/random/boot_id", check=False) not in ("", before))
    until(300, "the kiosk", vm.takes_badges)
    measure("kernel hung, taking badges after s", round(time.monotonic() - began))
    expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap")


def takes_a_stick(vm):
    """A USB stick is mounted for the kiosk, which writes the log to it; pulled, it is gone."""
    stick = f"{vm.work}/stick.img"
    subprocess.run(["truncate", "-s", "64M", stick], check=True)
    subprocess.run(["mkfs.vfat", "-n", "STICK", stick], check=True, capture_output=True)
    vm.qmp("blockdev-add", **{"driver": "raw", "node-name": "stick", "file": {"driver": "file", "filename": stick}})
    vm.qmp("device_add", driver="usb-storage", drive="stick", id="stick", removable=True)
    until(60, "the stick", lambda: "vfat" in vm.run("findmnt -no FSTYPE /media/incheckpaal", check=False))
    options = vm.run("findmnt -no OPTIONS /media/incheckpaal")
    expect(all(word in options for word in ("nosuid", "nodev", "noexec")), options)
    vm.run("nsenter -t $(systemctl show -P MainPID incheckpaal-kiosk) -m setpriv --reuid incheckpaal --regid incheckpaal --clear-groups "
           "incheckpaal export stick /media/incheckpaal")
    vm.qmp("device_del", id="stick")
    until(60, "the stick to go", lambda: not vm.run("findmnt -no FSTYPE /media/incheckpaal", check=False))
    vm.qmp("blockdev-del", **{"node-name": "stick"})
    listing = subprocess.run(["mdir", "-i", stick, "-s"], capture_output=True, text=True).stdout
    expect("csv" in listing.lower(), f"nothing on the stick: {listing}")


def read_card(vm, part):
    """The taps in a copy of the data partition after its journal was replayed; None when it can not be read."""
    out = f"{vm.work}/rescued"
    shutil.rmtree(out, ignore_errors=True)
    os.mkdir(out)
    done = subprocess.run(["e2fsck", "-f", "-p", part], capture_output=True, text=True)
    if done.returncode > 1:
        return None
    subprocess.run(["debugfs", "-R", f"rdump /incheckpaal {out}", part], capture_output=True)
    try:
        with sqlite3.connect(f"{out}/incheckpaal/attendance.db") as db:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            return {row[0] for row in db.execute("SELECT seq FROM tap")}
    except sqlite3.Error:
        return None


def any_badge():
    return f"uid=04{random.randrange(1 << 40):010X}00"


def cut_replayed(vm, times):
    """Taps without pause; at random moments what a cut would leave is looked at. Returns (acknowledged taps, lost, unreadable)."""
    first, count = map(int, vm.run("cat /sys/class/block/vda4/start /sys/class/block/vda4/size").split())
    part = f"{vm.work}/part.img"
    lost = unreadable = 0
    for _ in range(times):
        before = len(vm.shown())
        vm.say("put", "badge", "ntag213", any_badge())
        # Half of the cuts come as soon as it was shown, half at any moment before or after.
        if random.random() < 0.5:
            until(20, "an answer", lambda: len(vm.shown()) > before)
        time.sleep(random.random() / 2)
        acknowledged = {seq for _, seq in vm.shown() if seq}
        vm.ask_disk(f"copy {part} {first} {count}")
        vm.say("remove", "badge")
        there = read_card(vm, part)
        if there is None:
            unreadable += 1
        elif acknowledged - there:
            lost += len(acknowledged - there)
    return len({seq for _, seq in vm.shown() if seq}), lost, unreadable


def no_cut_loses_a_tap(vm):
    """At any moment a cut leaves every tap that was shown."""
    taps, lost, unreadable = cut_replayed(vm, CUTS)
    measure(f"{CUTS} cuts replayed: taps shown, lost, unreadable", (taps, lost, unreadable))
    expect(taps > CUTS // 3 and lost == 0 and unreadable == 0, "a cut loses taps")


def real_cuts(vm):
    """The plug is pulled while badges are tapped; each time the kiosk comes back by itself with every tap."""
    for _ in range(REAL_CUTS):
        for _ in range(random.randrange(3, 10)):
            vm.tap(any_badge()[4:])
        vm.say("put", "badge", "ntag213", any_badge())
        time.sleep(random.random() * 2)
        vm.cut()
        vm.say("remove", "badge")
        acknowledged = {seq for _, seq in vm.shown() if seq}
        boot(vm)
        there = {int(line) for line in vm.run("incheckpaal export attendance | tail -n +2 | cut -d , -f 2").split()}
        expect(not acknowledged - there, f"lost after a cut: {acknowledged - there}")
        vm.run("incheckpaal verify")
    measure("plug pulled, and back with every tap", REAL_CUTS)


def nothing_listens_without_a_key(vm):
    """Without a key in the settings file nobody can log in, and the one that was given is gone."""
    vm.run("sync")
    vm.power_off()
    vm.fill_in({"naam": "Ingang", "locatie": "Perron038"})
    vm.power_on()
    link = ssl._create_unverified_context()
    def page():
        try:
            return urllib.request.urlopen(f"https://127.0.0.1:{vm.port + 1}/login", context=link, timeout=10).status
        except OSError:
            return None
    until(500, "the page", page)
    expect(not vm.is_in(), "ssh is on")
    vm.power_off()


def lying_disk_is_caught(vm):
    """The negative control: on a disk that keeps nothing of what it was told to keep, the same look finds lost taps."""
    vm.make_card({"ssh_sleutel": open(f"{vm.key}.pub", encoding="utf-8").read().strip()})
    os.unlink(vm.trace_path)
    boot(vm, lying=True)
    taps, lost, unreadable = cut_replayed(vm, 10)
    measure("10 cuts of a lying disk: taps shown, lost, unreadable", (taps, lost, unreadable))
    expect(lost or unreadable, "a lying disk passed")
    vm.power_off()


TESTS = [starts_by_itself, blots_out_secrets, takes_a_tap, root_is_only_read, clock_is_not_trusted, takes_a_stick, finds_its_reader_again,
         stopped_kiosk_returns, no_cut_loses_a_tap, real_cuts, hung_kernel_returns, nothing_listens_without_a_key, lying_disk_is_caught]


def main():
    wanted = sys.argv[1:]
    if not os.path.exists(f"{IMAGES}/incheckpaal-{ARCH}.img"):
        print(f"image-test: there is no image yet; make image ARCH={ARCH}", file=sys.stderr)
        return 2
    work = tempfile.mkdtemp(prefix="incheckpaal-image.")
    vm = Machine(work, 20000 + os.getpid() % 10000)
    failed = 0
    try:
        vm.make_card({"naam": "Ingang", "locatie": "Perron038", "code": CODE, "ssh_sleutel": open(f"{vm.key}.pub", encoding="utf-8").read().strip()})
        for test in TESTS:
            # The first is the start of all others.
            if wanted and test.__name__ not in wanted and test is not TESTS[0]:
                continue
            try:
                test(vm)
                print(f"passed: {test.__doc__}", flush=True)
            except (Failed, OSError, subprocess.SubprocessError) as why:
                failed += 1
                print(f"FAILED: {test.__doc__}\n    {why}", flush=True)
                if test is TESTS[0]:
                    print(open(f"{work}/console", errors="replace").read()[-4000:])
                    break
        with open(f"{IMAGES}/measured-{ARCH}.json", "w", encoding="utf-8") as out:
            json.dump(measured, out, indent=1)
    finally:
        vm.close()
        if os.environ.get("KEEP"):
            print(work)
        else:
            shutil.rmtree(work)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
