"""make image-test: the image in QEMU, as somebody would use it. Each test is one sentence; what it measures goes to build/image/measured.

python3 board/test/image.py [TEST...]; ARCH, PATIENCE (stretches every wait), CUTS (of the replayed kind), REAL_CUTS, FIRST_CUTS
(of a first start, replayed), MIGRATION_CUTS, UNPLUGS, IDLE_MINUTES: how many. Without names all tests; with them only the start and these.
"""
import base64
import json
import os
import re
import shutil
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import datetime

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from faults import (card_that_refuses_is_healed, display_comes_back, finds_a_late_reader, finds_its_reader_again, full_card_says_so,  # noqa: E402
                    hung_kernel_returns, hung_thread_returns, stick_that_stays_is_a_second_copy, stopped_kiosk_returns, takes_a_stick)
from hub import taps_reach_the_hub, units_hold_what_they_promise  # noqa: E402
from kiosk import ADA, BRAM, CODE, STRANGER, boot, expect, how_many, key_of, logged, measure, measured, programme, signed_in  # noqa: E402
from machine import ARCH, IMAGES, PATIENCE, Failed, Machine, until  # noqa: E402
from power import (cuts_during_a_migration, cuts_during_first_start, cuts_replayed_of_a_first_start, lying_disk_is_caught,  # noqa: E402
                   no_cut_loses_a_tap, real_cuts, torn_superblock_is_mended)

IDLE_MINUTES = how_many("IDLE_MINUTES", 5)
CC = {"amd64": "cc", "arm64": "aarch64-linux-gnu-gcc"}


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
    programme(vm)  # for whoever taps later


def blots_out_secrets(vm):
    """What was secret in the settings file is stars; the file is as long as it was."""
    text = vm.settings()
    expect(CODE not in text and re.search(r"(?m)^code = \*+$", text), text)


def takes_a_tap(vm):
    """A badge held to the simulated reader on the serial port is welcomed, and the page shows who came."""
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


def supply_has_its_driver(vm):
    """The kernel has the driver through which a Pi tells of too little power, and would load it for the device of the Pi's firmware."""
    vm.run("modprobe platform:raspberrypi-hwmon && grep -q ^raspberrypi_hwmon /proc/modules")


def takes_a_finger(vm):
    """A touch screen that is plugged in while the kiosk runs: a finger on "no badge?" and on a cluster goes that far in the registration."""
    finger = f"{vm.work}/finger"
    subprocess.run([CC[ARCH], "-static", "-o", finger, "board/test/finger.c"], check=True)
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


def taps_in_doubt(vm, uids):
    """Badges are held while nobody knows the time: when that was, in truth."""
    truth = []
    for uid in uids:
        before = len(logged(vm))
        expect(vm.status().get("clock", {}).get("grade") == "none", f"the clock: {vm.status().get('clock')}")
        truth.append(time.time())
        vm.say("put", "badge", "ntag213", f"uid={uid}")
        until(30, "the tap", lambda: len(logged(vm)) > before)
        vm.say("remove", "badge")
    return truth


def once_time_is_told(vm):
    """A time server speaks; the rows of the log as they read then."""
    server = subprocess.Popen([*vm.inside, "python3", "board/test/ntp.py"])
    try:
        vm.run("mkdir -p /run/systemd/timesyncd.conf.d && cat > /run/systemd/timesyncd.conf.d/test.conf && systemctl restart systemd-timesyncd",
               text="[Time]\nNTP=10.0.2.2\n")
        until(120, "the time server", lambda: vm.status().get("clock", {}).get("grade") == "ntp")
        return [line.split(",") for line in vm.run("incheckpaal export attendance | tail -n +2").splitlines()]
    finally:
        server.kill()


def read_as_they_were(name, rows, truth, year):
    """Whether those rows, written in that year, read now as of when it was."""
    rows = rows[:len(truth)]
    off = [round(abs(datetime.fromisoformat(row[2]).timestamp() - when), 1) for row, when in zip(rows, truth)]
    measure(f"{name}, read after the time server spoke: off by s", off)
    expect(len(off) == len(truth) and max(off) < 30 * PATIENCE and all(row[3] == "ntp" and row[4].startswith(year) for row in rows), f"the times: {rows}")


def clock_jumps_by_years(vm):
    """Without a clock chip and a network the time is wrong by years, and badges are taken; when a time server answers, the taps read as they were.
    The next start goes on from the last time that was known, trusts it as little, and its taps read as they were too."""
    vm.power_off()
    vm.make_card({"naam": "Ingang", **key_of(vm)})
    boot(vm, alone=True, boot="initcall_blacklist=pl031_driver_init systemd.clock_usec=1577880000000000")
    vm.run("systemctl stop systemd-timesyncd; date -s 2020-01-01")
    programme(vm)
    truth = taps_in_doubt(vm, (ADA, BRAM, STRANGER))
    read_as_they_were("taps of 2020", once_time_is_told(vm), truth, "2020")
    # What they were for is known now too.
    placed = lambda: [line for line in vm.run("incheckpaal export attendance").splitlines() if ",opening," in line and ",in,checked-in,yes," in line]
    until(60, "the taps to have a session", lambda: len(placed()) == 2)
    expect("Counted check-ins,2" in vm.run("incheckpaal report participation --format csv --language en"), "the report")

    vm.run("sync")
    vm.power_off()
    boot(vm, alone=True, boot="initcall_blacklist=pl031_driver_init")
    year = datetime.now().strftime("%Y")
    expect(vm.run("date +%Y").strip() == year, f"it starts in {vm.run('date')}")
    measure("after another start the clock is off by s", round(time.time() - float(vm.run("date +%s.%N"))))
    before = len(logged(vm))
    truth = taps_in_doubt(vm, (ADA, STRANGER))
    read_as_they_were("taps after another start", once_time_is_told(vm)[before:], truth, year)
    vm.power_off()


TESTS = [starts_by_itself, blots_out_secrets, units_hold_what_they_promise, takes_a_tap, root_is_only_read, clock_is_not_trusted,
         supply_has_its_driver, takes_a_finger, takes_a_stick, stick_that_stays_is_a_second_copy, taps_reach_the_hub, display_comes_back,
         finds_its_reader_again, finds_a_late_reader, stopped_kiosk_returns, hung_thread_returns, full_card_says_so, card_that_refuses_is_healed,
         writes_little_at_idle, no_cut_loses_a_tap, cuts_during_a_migration, real_cuts, torn_superblock_is_mended,
         hung_kernel_returns, cuts_replayed_of_a_first_start,
         cuts_during_first_start, nothing_listens_without_a_key, clock_jumps_by_years, lying_disk_is_caught]
ONLY = {clock_jumps_by_years: "arm64", supply_has_its_driver: "arm64"}  # a PC has a clock chip, and no firmware that looks at its supply


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
            if ONLY.get(test, ARCH) != ARCH:
                print(f"left out on {ARCH}: {test.__doc__}", flush=True)
                continue
            try:
                test(vm)
                print(f"passed: {test.__doc__}", flush=True)
            except (Failed, OSError, sqlite3.Error, subprocess.SubprocessError) as why:
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
