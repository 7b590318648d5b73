"""make image-test: the image in QEMU, as somebody would use it. Each test is one sentence; what it measures goes to build/image/measured.

python3 board/test/image.py [TEST...]; ARCH, PATIENCE (stretches every wait), CUTS (of the replayed kind), REAL_CUTS, FIRST_CUTS
(during a first start), MIGRATION_CUTS, UNPLUGS, IDLE_MINUTES: how many. Without names all tests; with them only the start and these.
"""
import base64
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
LIMITS = {"CUTS": 200, "REAL_CUTS": 3, "FIRST_CUTS": 20, "MIGRATION_CUTS": 20, "UNPLUGS": 100, "IDLE_MINUTES": 5}
CUTS, REAL_CUTS, FIRST_CUTS, MIGRATION_CUTS, UNPLUGS, IDLE_MINUTES = (int(os.environ.get(name, count)) for name, count in LIMITS.items())
measured = {}


def expect(truth, words):
    if not truth:
        raise Failed(words)


def measure(name, value):
    measured[name] = value
    print(f"    {name}: {value}", flush=True)


def key_of(vm):
    return {"ssh_sleutel": open(f"{vm.key}.pub", encoding="utf-8").read().strip()}


def boot(vm, **how):
    vm.power_on(**how)
    if PATIENCE > 1:  # a machine that is slow is not hung: without a GPU a first picture alone may take longer than the watchdog waits
        until(400, "the guest", vm.is_in)
        vm.run("mkdir -p /run/systemd/system/incheckpaal-kiosk.service.d && cd /run/systemd/system/incheckpaal-kiosk.service.d && "
               f"printf '[Service]\\nWatchdogSec={10 * PATIENCE:.0f}\\n' > slow.conf && systemctl daemon-reload && systemctl restart --no-block incheckpaal-kiosk")
    until(400, "the kiosk to take badges", vm.takes_badges)


def programme(vm):
    """Two people, a session that is on now, and what comes after it."""
    now = datetime.now(timezone.utc).replace(microsecond=0)
    at = lambda minutes: (now + timedelta(minutes=minutes)).isoformat()
    vm.run("cat > /tmp/Expeditie.csv && incheckpaal import schedule /tmp/Expeditie.csv", text="session,title,host,room,start,end,cluster,capacity,kind,state\n"
           f"opening,Plenaire opening,Sanne de Wit,Grote zaal,{at(-60)},{at(600)},,,plenary,planned\n"
           f"data,Data delen zonder gedoe,Joris Hof,Atelier 1,{at(601)},{at(680)},ict-ecommerce,20,parallel,planned\n"
           f"zorg,Zorg op afstand,Noor el Amrani,Atelier 2,{at(601)},{at(680)},health,20,parallel,planned\n")
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


def signed_in(vm):
    """Asks for a page as somebody who signed in with the code of the settings file."""
    context = ssl._create_unverified_context()
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor())
    ask = lambda path, **form: opener.open(urllib.request.Request(f"https://127.0.0.1:{vm.port + 1}{path}", headers={"Accept": "text/html"},
                                           data=urllib.parse.urlencode(form).encode() if form else None), timeout=60 * PATIENCE).read().decode()
    token = re.search('name="csrf" value="([^"]*)"', ask("/login")).group(1)
    ask("/login", who="Marit", pw=CODE, csrf=token)
    return ask


def takes_a_tap(vm):
    """A badge held to the simulated reader on the serial port is welcomed, and the page shows who came."""
    programme(vm)
    until(30, "the programme", lambda: vm.tap(ADA) in ("checked-in", "repeat"))
    vm.picture(f"{IMAGES}/welcome-{ARCH}.png")
    until(60, "the board again", lambda: vm.status().get("screen") == "idle")
    vm.picture(f"{IMAGES}/board-{ARCH}.png")
    expect(vm.tap(STRANGER) == "unknown", "a stranger was known")
    ask = signed_in(vm)
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
        vm.plug_reader_in()
        began = time.monotonic()
        until(90, "the reader to be found", vm.takes_badges)
        worst = max(worst, time.monotonic() - began)
        expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap after the reader came back")
    measure(f"reader back, worst of {UNPLUGS}, s", round(worst, 1))


def finds_a_late_reader(vm):
    """A reader that is plugged in only after the start takes badges."""
    vm.run("sync")
    vm.power_off()
    vm.power_on(reader=False)
    until(400, "the kiosk to miss its reader", lambda: "reader" in vm.status().get("faults", []))
    vm.plug_reader_in()
    until(60, "the reader to be found", vm.takes_badges)


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


def hung_thread_returns(vm):
    """A kiosk of which one thread hangs, the one that decides or the one that draws, is ended by its watchdog and takes taps again."""
    for name, comm in (("clerk", "clerk"), ("screen", "incheckpaal-kio")):
        before = vm.run("systemctl show -P MainPID incheckpaal-kiosk").strip()
        group = "/sys/fs/cgroup" + vm.run("systemctl show -P ControlGroup incheckpaal-kiosk").strip()
        vm.run(f"mkdir {group}/hung && echo threaded > {group}/hung/cgroup.type && thread=$(basename $(dirname $(grep -lx {comm} /proc/{before}/task/*/comm))) && "
               f"echo $thread > {group}/hung/cgroup.threads && echo 1 > {group}/hung/cgroup.freeze")
        began = time.monotonic()
        until(120, "another kiosk", lambda: vm.run("systemctl show -P MainPID incheckpaal-kiosk", check=False).strip() not in ("", "0", before) and vm.takes_badges())
        measure(f"{name} hung, back after s", round(time.monotonic() - began, 1))
        expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap")


def any_badge():
    return f"uid=04{random.randrange(1 << 40):010X}00"


def storage_is_out(vm):
    return "storage" in vm.status().get("faults", [])


def green(vm):
    return {seq for verdict, seq in vm.shown() if seq and verdict in ("checked-in", "repeat", "unknown")}


def logged(vm):
    vm.run("incheckpaal verify")
    return {int(line) for line in vm.run("incheckpaal export attendance | tail -n +2 | cut -d , -f 2").split()}


def tap_until_out(vm):
    """Badges are held until the kiosk says that it can not keep them; the log may have room for a few."""
    for _ in range(60):
        vm.say("put", "badge", "ntag213", any_badge())
        time.sleep(2 * PATIENCE)
        vm.say("remove", "badge")
        if storage_is_out(vm):
            return vm.status().get("screen")
    raise Failed("it never said that nothing can be kept")


def full_card_says_so(vm):
    """On a full card nobody is told checked in; when there is room again every tap is kept, also those that waited."""
    vm.run("fallocate -l $(df --output=avail -B1 /data | tail -1) /data/ballast; dd if=/dev/zero of=/data/crumbs bs=4k 2> /dev/null; true")
    expect(tap_until_out(vm) == "out", f"the screen: {vm.status().get('screen')}")
    shown, there = green(vm), logged(vm)
    expect(shown <= there, f"shown and not kept: {shown - there}")
    vm.run("rm /data/ballast /data/crumbs")
    until(30, "the kiosk to be in service", lambda: not storage_is_out(vm))
    expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap")
    measure("full card: taps that waited and were kept", len(logged(vm) - there) - 1)


def card_that_refuses_is_healed(vm):
    """A card that fails on writing: nobody is told checked in, and once it writes again the kiosk is back by itself with every tap it showed."""
    first, count = vm.run("cat /sys/class/block/vda4/start /sys/class/block/vda4/size").split()
    expect("active" == vm.run("systemctl is-active incheckpaal-heal.timer").strip(), "nobody looks whether the data can be written")
    vm.ask_disk(f"refuse {first} {count}")
    try:
        expect(tap_until_out(vm) == "out", f"the screen: {vm.status().get('screen')}")
        until(120, "the data to be read-only", lambda: not vm.run("mkdir /data/tried && rmdir /data/tried && echo written", check=False))
        shown, boot_id = green(vm), vm.run("cat /proc/sys/kernel/random/boot_id")
    except Failed:
        vm.cut()  # for whatever comes next: a card that listens
        boot(vm)
        raise
    vm.ask_disk("refuse 0 0")
    vm.run("systemctl start --no-block incheckpaal-heal", check=False)  # what the timer does within ten minutes
    began = time.monotonic()
    until(500, "another start", lambda: vm.run("cat /proc/sys/kernel/random/boot_id", check=False) not in ("", boot_id))
    until(300, "the kiosk", vm.takes_badges)
    measure("card refused writes, taking badges after s", round(time.monotonic() - began))
    there = logged(vm)
    expect(shown <= there, f"shown and not kept: {shown - there}")
    expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap")


def takes_a_finger(vm):
    """A touch screen that is plugged in while the kiosk runs: a finger on "no badge?" and on a cluster goes that far in the registration."""
    if ARCH != "amd64":
        return  # the finger is a program of this machine
    finger = f"{vm.work}/finger"
    subprocess.run(["cc", "-o", finger, "board/test/finger.c"], check=True)
    vm.run("modprobe uinput && base64 -d > /dev/shm/finger && chmod 755 /dev/shm/finger", text=base64.b64encode(open(finger, "rb").read()).decode())
    hand = subprocess.Popen(vm.ssh("/dev/shm/finger"), stdin=subprocess.PIPE, text=True)
    try:
        until(30, "the kiosk to see the touch screen", lambda: vm.run(
            "event=$(basename $(dirname $(dirname $(grep -lx Finger /sys/class/input/event*/device/name)))) && "
            "ls -l /proc/$(pidof incheckpaal-kiosk)/fd | grep -o input/$event", check=False))
        time.sleep(2 * PATIENCE)  # it draws its buttons
        for place, screen in (("880 800", "register-cluster"), ("700 450", "register-organisation")):
            hand.stdin.write(f"{place}\n")
            hand.stdin.flush()
            until(15, screen, lambda: vm.status().get("screen") == screen)
    finally:
        vm.picture(f"{IMAGES}/finger-{ARCH}.png")
        hand.stdin.close()
        hand.wait()


def display_comes_back(vm):
    """A display that is pulled out is noticed, badges are taken meanwhile, and it is taken again when it is back."""
    plug = lambda state: vm.run(f"for port in /sys/class/drm/card*-*/status; do echo {state} > $port; done")
    plug("off")
    until(30, "the display to be missed", lambda: vm.status().get("display") is False)
    before = len(logged(vm))
    vm.say("put", "badge", "ntag213", any_badge())
    until(30, "a tap in the dark", lambda: len(logged(vm)) > before)
    vm.say("remove", "badge")
    plug("detect")
    began = time.monotonic()
    until(30, "a display", lambda: vm.status().get("display") is True)
    measure("display back after s", round(time.monotonic() - began, 1))
    expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap")


def writes_little_at_idle(vm):
    """With nobody there next to nothing is written."""
    time.sleep(60)
    look = lambda: [int(word) for word in vm.run("cat /sys/class/block/vda/stat").split()]
    before, asked, seconds = look(), vm.ask_disk("count"), 60 * IDLE_MINUTES
    time.sleep(seconds)
    now = look()
    a_day = 86400 / seconds
    measure(f"writes a day at idle, over {IDLE_MINUTES} min", f"{(now[4] - before[4]) * a_day:.0f}, {(now[6] - before[6]) * 512 * a_day / 1e6:.1f} MB; "
            f"flushes {(int(vm.ask_disk('count')[0]) - int(asked[0])) * a_day:.0f}")
    expect((now[6] - before[6]) * 512 * a_day < 100e6, "it wears the card out")


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


def rescue(vm, part):
    """The data directory in a copy of the data partition after its journal was replayed; None when it can not be read.
    Every tenth is looked through whole, which takes longer than all the rest."""
    out = f"{vm.work}/rescued"
    shutil.rmtree(out, ignore_errors=True)
    os.mkdir(out)
    whole = ["-f"] if random.random() < 0.1 else []
    done = subprocess.run(["e2fsck", *whole, "-p", part], capture_output=True, text=True)
    if done.returncode > 1:
        return None
    subprocess.run(["debugfs", "-R", f"rdump /incheckpaal {out}", part], capture_output=True)
    return f"{out}/incheckpaal"


def read_card(vm, part):
    """The taps in that copy; None when it can not be read."""
    data = rescue(vm, part)
    try:
        with sqlite3.connect(f"{data}/attendance.db") as db:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
            return {row[0] for row in db.execute("SELECT seq FROM tap")}
    except sqlite3.Error:
        return None


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


def version(data):
    with sqlite3.connect(f"{data}/attendance.db") as db:
        return db.execute("PRAGMA user_version").fetchone()[0]


def is_taken_over(data):
    """Takes over what a cut left of a log of the first version; whether the cut fell between that and the newest."""
    expect(data, "the file system can not be read")
    reached = version(data)
    here = lambda *words: subprocess.run(["build/bin/incheckpaal", "--config", "/dev/null", "--data", data, *words], capture_output=True, text=True, check=True).stdout
    here("init")
    here("verify")
    expect([line.split(",")[12] for line in here("export", "attendance").splitlines()[1:]] ==
           ["checked-in", "checked-in", "unknown", "checked-in", "repeat"], f"another log: {here('export', 'attendance')}")
    return 1 < reached < version(data)


def cuts_during_a_migration(vm):
    """A cut while a log of the first version is taken over leaves one that the next start takes over, with every tap."""
    first, count = map(int, vm.run("cat /sys/class/block/vda4/start /sys/class/block/vda4/size").split())
    part, old = f"{vm.work}/part.img", f"{vm.work}/old.db"
    with sqlite3.connect(old) as db:
        db.executescript(open("tests/data/log-of-version-1.sql", encoding="utf-8").read())
    packed = base64.b64encode(open(old, "rb").read()).decode()
    init = "cd /data/incheckpaal && sync && exec setpriv --reuid incheckpaal --regid incheckpaal --clear-groups incheckpaal init"
    put = "cd /data/incheckpaal && rm -f attendance.db* && base64 -d > attendance.db && chown incheckpaal:incheckpaal attendance.db && sync"
    vm.run("systemctl stop incheckpaal-kiosk incheckpaal-web && mkdir /data/kept && cp -a /data/incheckpaal/. /data/kept")
    midst, lasts = 0, 5
    for i in range(MIGRATION_CUTS + 1):
        vm.run(put, text=packed)
        began = time.monotonic()
        migration = vm.start(init)
        if i == 0:  # how long it takes
            migration.wait()
            lasts = time.monotonic() - began
            continue
        time.sleep(random.random() * lasts)
        vm.ask_disk(f"copy {part} {first} {count}")
        migration.wait()
        midst += is_taken_over(rescue(vm, part))
    vm.run("rm -rf /data/incheckpaal/* && cp -a /data/kept/. /data/incheckpaal && rm -rf /data/kept && systemctl start incheckpaal-kiosk incheckpaal-web")
    until(120, "the kiosk", vm.takes_badges)
    measure("cuts during a migration; of these between the first version and the newest", (MIGRATION_CUTS, midst))


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


def cuts_during_first_start(vm):
    """A plug that is pulled during the very first start leaves a card that the next start makes a kiosk of."""
    vm.power_off()
    keys = set()
    for _ in range(FIRST_CUTS):
        vm.make_card({"naam": "Ingang", "locatie": "Perron038", "code": CODE, "sleutelwoorden": "vier andere woorden", **key_of(vm)})
        vm.power_on()
        time.sleep(random.random() * measured.get("power on to taking badges, s", 60))
        vm.cut()
        boot(vm)
        expect(vm.status().get("kiosk") == "Ingang, Perron038", f"the name: {vm.status()}")
        expect(int(vm.run("df -BM --output=size /data | tail -1").strip(" M\n")) > 1500, "the data did not grow")
        expect(CODE not in vm.settings() and "andere woorden" not in vm.settings(), "a secret is still on the card")
        keys.add(vm.run("sha256sum /data/incheckpaal/venue.key"))
        expect(len(keys) == 1, "another key than the words stand for")
        expect("/logout" in signed_in(vm)("/live"), "the code opens no page")
        vm.power_off()
    measure("cuts during the first start, and a kiosk after each", FIRST_CUTS)
    boot(vm)


def clock_jumps_by_years(vm):
    """Without a clock chip and a network the time is wrong by years, and badges are taken; when a time server answers, the taps read as they were."""
    if ARCH != "arm64":
        return  # a PC has a clock chip
    vm.power_off()
    vm.make_card({"naam": "Ingang", **key_of(vm)})
    boot(vm, alone=True, boot="initcall_blacklist=pl031_driver_init systemd.clock_usec=1577880000000000")
    vm.run("systemctl stop systemd-timesyncd; date -s 2020-01-01")
    programme(vm)
    wrong = vm.run("date +%Y").strip()
    truth = []
    for uid in (ADA, BRAM, STRANGER):
        before = len(logged(vm))
        expect(vm.status().get("clock", {}).get("grade") == "none", f"the clock: {vm.status().get('clock')}")
        vm.say("put", "badge", "ntag213", f"uid={uid}")
        until(30, "the tap", lambda: len(logged(vm)) > before)
        truth.append(time.time())
        vm.say("remove", "badge")
    server = subprocess.Popen([*vm.inside, "python3", "board/test/ntp.py"])
    vm.run("mkdir -p /run/systemd/timesyncd.conf.d && printf '[Time]\nNTP=10.0.2.2\n' > /run/systemd/timesyncd.conf.d/test.conf && systemctl restart systemd-timesyncd")
    until(120, "the time server", lambda: vm.status().get("clock", {}).get("grade") == "ntp")
    rows = [line.split(",") for line in vm.run("incheckpaal export attendance | tail -n +2").splitlines()]
    server.kill()
    off = [round(abs(datetime.fromisoformat(row[2]).timestamp() - when), 1) for row, when in zip(rows, truth)]
    measure(f"taps taken in {wrong}, read after the time server spoke: off by s", off)
    expect(len(rows) == 3 and max(off) < 30 * PATIENCE and all(row[3] == "ntp" and row[4].startswith("2020") for row in rows), f"the times: {rows}")
    expect(re.search(r"ict-ecommerce\W.*\b1\b", vm.run("incheckpaal report participation --format csv")), "the report")
    vm.power_off()


def lying_disk_is_caught(vm):
    """The negative control: on a disk that keeps nothing of what it was told to keep, the same look finds lost taps."""
    vm.make_card(key_of(vm))
    os.unlink(vm.trace_path)
    boot(vm, lying=True)
    taps, lost, unreadable = cut_replayed(vm, 10)
    measure("10 cuts of a lying disk: taps shown, lost, unreadable", (taps, lost, unreadable))
    expect(lost or unreadable, "a lying disk passed")
    vm.power_off()


TESTS = [starts_by_itself, blots_out_secrets, takes_a_tap, root_is_only_read, clock_is_not_trusted, takes_a_finger, takes_a_stick, display_comes_back,
         finds_its_reader_again, finds_a_late_reader, stopped_kiosk_returns, hung_thread_returns, full_card_says_so, card_that_refuses_is_healed, writes_little_at_idle,
         no_cut_loses_a_tap, cuts_during_a_migration, real_cuts, hung_kernel_returns, cuts_during_first_start, nothing_listens_without_a_key,
         clock_jumps_by_years, lying_disk_is_caught]


def main():
    wanted = sys.argv[1:]
    if not os.path.exists(f"{IMAGES}/incheckpaal-{ARCH}.img"):
        print(f"image-test: there is no image yet; make image ARCH={ARCH}", file=sys.stderr)
        return 2
    work = tempfile.mkdtemp(prefix="incheckpaal-image.")
    vm = Machine(work, 20000 + os.getpid() % 10000)
    failed = 0
    try:
        vm.make_card({"naam": "Ingang", "locatie": "Perron038", "code": CODE, **key_of(vm)})
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
