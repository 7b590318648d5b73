"""Tests of the image: a part of the kiosk is pulled out, hangs, is full or refuses."""
import subprocess
import time

from kiosk import (ADA, STRANGER, any_badge, boot, expect, green, how_many, insert, logged, make_stick, measure, mounted, pull,
                   start_with, storage_is_out, tap_kept)
from machine import PATIENCE, Failed, until

UNPLUGS = how_many("UNPLUGS", 100)


def takes_a_stick(vm):
    """A USB stick is mounted for the kiosk, which writes the log to it; pulled, it is gone."""
    stick = make_stick(f"{vm.work}/stick.img")
    insert(vm, stick)
    until(60, "the stick", lambda: mounted(vm))
    options = vm.run("findmnt -no OPTIONS /media/incheckpaal")
    expect(all(word in options for word in ("nosuid", "nodev", "noexec")), options)
    vm.run("nsenter -t $(systemctl show -P MainPID incheckpaal-kiosk) -m setpriv --reuid incheckpaal --regid incheckpaal --clear-groups "
           "incheckpaal export stick /media/incheckpaal")
    pull(vm)
    listing = subprocess.run(["mdir", "-i", stick, "-s"], capture_output=True, text=True).stdout
    expect("csv" in listing.lower(), f"nothing on the stick: {listing}")


def stick_that_stays_is_a_second_copy(vm):
    """A stick that is in when the power comes, and stays, has each tap; pulled and put back it catches up; a log that is destroyed comes back from it."""
    stick = make_stick(f"{vm.work}/stays.img")
    start_with(vm, {"stick_blijft": "ja"}, stick=stick)
    copy = lambda: vm.status().get("keeping", {}).get("journal_copy")
    tap_kept(vm, ADA)
    until(60, "the stick to have it", lambda: copy() == "current")
    until(300, "a backup on it", lambda: vm.run("journalctl --no-pager -u incheckpaal-kiosk | grep 'backup: made in /media'", check=False))
    pull(vm)  # what it says is there is there
    tap_kept(vm, STRANGER)
    until(60, "the stick to be missed", lambda: copy() == "behind")
    insert(vm, stick)
    until(120, "the stick to catch up", lambda: copy() == "current")
    tap_kept(vm, ADA)
    until(60, "the stick to have that too", lambda: copy() == "current")
    kept = logged(vm)
    stop, start = "systemctl stop incheckpaal-kiosk incheckpaal-web", "systemctl start --no-block incheckpaal-kiosk incheckpaal-web"
    vm.run(f"{stop} && cp -a /data/incheckpaal /data/kept && cd /data/incheckpaal && rm -rf backup attendance.db-wal attendance.db-shm && "
           f"dd if=/dev/urandom of=attendance.db bs=4096 count=40 conv=notrunc,fsync status=none && {start}")
    try:
        until(300, "the kiosk", vm.takes_badges)
        until(120, "the page", lambda: vm.run("systemctl is-active incheckpaal-web", check=False).strip() == "active")
        expect(logged(vm) == kept, f"lost with the log: {kept - logged(vm)}")
        measure("a log that was destroyed, back from the stick", vm.status().get("keeping", {}).get("rescued"))
        expect(vm.tap(ADA) in ("checked-in", "repeat"), "she is not known any more")
        pull(vm)
    finally:  # what comes next goes on with the log that it knows
        vm.run(f"{stop} && rm -rf /data/incheckpaal/* && cp -a /data/kept/. /data/incheckpaal && rm -rf /data/kept && {start}")
        until(300, "the kiosk", vm.takes_badges)


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


def tap_until_out(vm):
    """Badges are held until the kiosk and its screen say that they can not be kept; the log may have room for a few."""
    for _ in range(60):
        vm.say("put", "badge", "ntag213", any_badge())
        time.sleep(2 * PATIENCE)
        vm.say("remove", "badge")
        if storage_is_out(vm):
            until(30, "the screen to say so", lambda: vm.status().get("screen") == "out")
            return
    raise Failed("it never said that nothing can be kept")


def full_card_says_so(vm):
    """On a full card nobody is told checked in; when there is room again every tap is kept, also those that waited."""
    vm.run("fallocate -l $(df --output=avail -B1 /data | tail -1) /data/ballast; dd if=/dev/zero of=/data/crumbs bs=4k 2> /dev/null; true")
    tap_until_out(vm)
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
        tap_until_out(vm)
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


def hung_kernel_returns(vm):
    """A kernel that hangs is reset by the hardware's watchdog; the kiosk returns by itself."""
    before = vm.run("cat /proc/sys/kernel/random/boot_id")
    vm.run("busctl set-property org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager RuntimeWatchdogUSec "
           "t $(sed -n 's/^RuntimeWatchdogSec=//p' /etc/systemd/system.conf.d/incheckpaal.conf)000000")  # also where the test's machine is slow
    vm.run("sysctl -q kernel.panic=0; (sleep 1; echo c > /proc/sysrq-trigger) > /dev/null 2>&1 &", check=False)
    began = time.monotonic()
    until(500, "another boot", lambda: vm.run("cat /proc/sys/kernel/random/boot_id", check=False) not in ("", before))
    until(300, "the kiosk", vm.takes_badges)
    measure("kernel hung, taking badges after s", round(time.monotonic() - began))
    expect(vm.tap(ADA) in ("checked-in", "repeat"), "no tap")
