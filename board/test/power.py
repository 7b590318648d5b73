"""Tests of the image: the power goes."""
import base64
import json
import os
import random
import shutil
import sqlite3
import subprocess
import time

from kiosk import CODE, any_badge, boot, expect, how_many, key_of, logged, measure, measured, signed_in
from machine import until
from recording import part_of

CUTS, REAL_CUTS, FIRST_CUTS, MIGRATION_CUTS = (how_many(name, count) for name, count in
                                               (("CUTS", 200), ("REAL_CUTS", 3), ("FIRST_CUTS", 20), ("MIGRATION_CUTS", 20)))


def rescue(vm, part):
    """The data directory in a copy of the data partition after it was looked at as a start does (libexec/mend); None when it can not be read.
    Every tenth is looked through whole, which takes longer than all the rest."""
    out = f"{vm.work}/rescued"
    shutil.rmtree(out, ignore_errors=True)
    os.mkdir(out)
    check = lambda *options: subprocess.run(["e2fsck", *options, part], capture_output=True).returncode
    status = check(*(["-f"] if random.random() < 0.1 else []), "-p")
    if status == 8:  # nothing that could be checked: a torn superblock
        status = min(check("-f", "-y"), check("-f", "-y"))
    if status > 1:
        return None
    for directory in ("incheckpaal", "etc"):
        subprocess.run(["debugfs", "-R", f"rdump /{directory} {out}", part], capture_output=True)
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


def here(data, *words, text=None):
    """The command line of this machine over that data directory."""
    return subprocess.run(["build/bin/incheckpaal", "--config", "/dev/null", "--data", data, *words], input=text, capture_output=True, text=True,
                          check=True).stdout


def is_taken_over(data):
    """Takes over what a cut left of a log of the first version; whether the cut fell between that and the newest."""
    expect(data, "the file system can not be read")
    reached = version(data)
    here(data, "init")
    here(data, "verify")
    expect([line.split(",")[12] for line in here(data, "export", "attendance").splitlines()[1:]] ==
           ["checked-in", "checked-in", "unknown", "checked-in", "repeat"], f"another log: {here(data, 'export', 'attendance')}")
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
    vm.run("rm -rf /data/incheckpaal/* && cp -a /data/kept/. /data/incheckpaal && sync && rm -rf /data/kept && systemctl start incheckpaal-kiosk incheckpaal-web")
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


def torn_superblock_is_mended(vm):
    """A cut that tears the data's superblock, so that nothing can be mounted: its copy is taken, and every tap is there."""
    first = int(vm.run("cat /sys/class/block/vda4/start"))
    vm.tap(any_badge()[4:])
    vm.cut()
    with open(f"{vm.work}/card.img", "r+b") as card:
        card.seek(first * 512 + 1024 + 512)
        card.write(os.urandom(512))
    boot(vm)
    acknowledged = {seq for _, seq in vm.shown() if seq}
    expect(acknowledged <= logged(vm), "lost with the superblock")


WORDS = "vier andere woorden"


def new_card(vm):
    vm.make_card({"naam": "Ingang", "locatie": "Perron038", "code": CODE, "sleutelwoorden": WORDS, **key_of(vm)})


def settings_left(vm, card):
    """The settings file after the boot partition was checked."""
    part = f"{vm.work}/part.img"
    part_of(card, part, 2048, 256 << 11)
    expect(subprocess.run(["fsck.vfat", "-a", part], capture_output=True).returncode <= 1, "the boot partition is damaged")
    return subprocess.run(["mtype", "-i", part, "::incheckpaal.txt"], capture_output=True, check=True).stdout.decode()


def data_left(vm, card):
    """The data directory; None where its file system can not be read."""
    part = f"{vm.work}/part.img"
    last = json.loads(subprocess.run(["sfdisk", "--json", card], capture_output=True, check=True).stdout)["partitiontable"]["partitions"][3]
    part_of(card, part, last["start"], last["size"])
    return rescue(vm, part)


def cuts_replayed_of_a_first_start(vm):
    """Whatever a cut leaves of the very first start: each secret is still in the settings file, or is known where it belongs, and the log can be made."""
    vm.power_off()
    new_card(vm)
    words = f"{vm.work}/words"
    here(words, "init", "--key-words", text=f"{WORDS}\n")
    key = open(f"{words}/venue.key", "rb").read()
    vm.power_on(record=True)
    until(400, "the kiosk to take badges", vm.takes_badges)
    time.sleep(20)
    recording = vm.recorded()
    vm.power_off()
    blotted = begun = 0
    moments = recording.moments(FIRST_CUTS, lambda where, length: where < 257 << 20)
    for moment, card in recording.cuts(moments):
        settings, data = settings_left(vm, card), data_left(vm, card)
        expect(data, f"cut at {moment}: the data can not be read")
        begun += os.path.exists(f"{data}/attendance.db")
        if CODE not in settings or WORDS not in settings:
            blotted += 1
            expect("Ingang, Perron038" in open(f"{data}/../etc/incheckpaal.conf", encoding="utf-8").read(), f"cut at {moment}: the name is nowhere")
            with sqlite3.connect(f"{data}/attendance.db") as db:
                expect(db.execute("SELECT count(*) FROM web_password").fetchone()[0] == 1, f"cut at {moment}: the code is nowhere")
        if WORDS not in settings or begun and os.path.exists(f"{data}/venue.key"):
            expect(open(f"{data}/venue.key", "rb").read() == key, f"cut at {moment}: another key than the words stand for")
        os.makedirs(data, exist_ok=True)
        here(data, "init")
        here(data, "verify")
    measure(f"of {len(recording.pieces)} writes of the first start, cut at {FIRST_CUTS}: nothing lost; with a log, with blotted secrets", (begun, blotted))


def cuts_during_first_start(vm):
    """A plug that is pulled during the very first start leaves a card that the next start makes a kiosk of."""
    vm.power_off()
    keys = set()
    for _ in range(REAL_CUTS):
        new_card(vm)
        vm.power_on()
        time.sleep(random.random() * measured.get("power on to taking badges, s", 60))
        vm.cut()
        boot(vm)
        expect(vm.status().get("kiosk") == "Ingang, Perron038", f"the name: {vm.status()}")
        expect(int(vm.run("df -BM --output=size /data | tail -1").strip(" M\n")) > 1500, "the data did not grow")
        expect(CODE not in vm.settings() and WORDS not in vm.settings(), "a secret is still on the card")
        keys.add(vm.run("sha256sum /data/incheckpaal/venue.key"))
        expect(len(keys) == 1, "another key than the words stand for")
        expect("/logout" in signed_in(vm)("/live"), "the code opens no page")
        vm.power_off()
    measure("plug pulled during the first start, and a kiosk after each", REAL_CUTS)
    boot(vm)


def lying_disk_is_caught(vm):
    """The negative control: on a disk that keeps nothing of what it was told to keep, the same look finds lost taps."""
    vm.power_off()
    vm.make_card(key_of(vm))
    os.unlink(vm.trace_path)
    boot(vm, lying=True)
    taps, lost, unreadable = cut_replayed(vm, 10)
    measure("10 cuts of a lying disk: taps shown, lost, unreadable", (taps, lost, unreadable))
    expect(lost or unreadable, "a lying disk passed")
    vm.power_off()
