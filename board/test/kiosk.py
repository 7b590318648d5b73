"""What the tests of the image share: who comes, and what a kiosk in a machine is asked."""
import os
import random
import re
import ssl
import subprocess
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

from machine import PATIENCE, Failed, until

CODE = "vier gewone woorden op rij"
ADA, BRAM, STRANGER = "04A1B2C3D4E501", "04A1B2C3D4E502", "04FFEEDDCCBB01"
measured = {}


def how_many(name, count):
    return int(os.environ.get(name, count))


def expect(truth, words):
    if not truth:
        raise Failed(words)


def measure(name, value):
    measured[name] = value
    print(f"    {name}: {value}", flush=True)


def key_of(vm):
    return {"ssh_sleutel": open(f"{vm.key}.pub", encoding="utf-8").read().strip()}


def boot(vm, stick=None, **how):
    """Until it takes badges. `stick`: the file of a USB stick that is in it from the beginning."""
    vm.power_on(**how)
    if stick:
        until(10, "the machine", lambda: os.path.exists(f"{vm.work}/qmp"))
        insert(vm, stick)
    until(500, "the kiosk to take badges", vm.takes_badges)


def start_with(vm, settings, **how):
    """A new start with a settings file that says this too."""
    vm.run("sync")
    vm.power_off()
    vm.fill_in({"naam": "Ingang", "locatie": "Perron038", "code": CODE, **key_of(vm), **settings})
    boot(vm, **how)


def make_stick(path, size="64M"):
    subprocess.run(["truncate", "-s", size, path], check=True)
    subprocess.run(["mkfs.vfat", "-n", "STICK", path], check=True, capture_output=True)
    return path


def insert(vm, stick):
    vm.qmp("blockdev-add", **{"driver": "raw", "node-name": "stick", "file": {"driver": "file", "filename": stick}})
    vm.qmp("device_add", driver="usb-storage", drive="stick", id="stick", removable=True)


def mounted(vm):
    return vm.run("findmnt -no FSTYPE /media/incheckpaal", check=False).strip() == "vfat"


def pull(vm):
    vm.qmp("device_del", id="stick")
    until(60, "the stick to go", lambda: not mounted(vm))
    vm.qmp("blockdev-del", **{"node-name": "stick"})


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


def signed_in(vm):
    """Asks for a page as somebody who signed in with the code of the settings file."""
    context = ssl._create_unverified_context()
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), urllib.request.HTTPCookieProcessor())
    ask = lambda path, **form: opener.open(urllib.request.Request(f"https://127.0.0.1:{vm.port + 1}{path}", headers={"Accept": "text/html"},
                                           data=urllib.parse.urlencode(form).encode() if form else None), timeout=60 * PATIENCE).read().decode()
    token = re.search('name="csrf" value="([^"]*)"', ask("/login")).group(1)
    ask("/login", who="Marit", pw=CODE, csrf=token)
    return ask


def any_badge():
    return f"uid=04{random.randrange(1 << 40):010X}00"


def storage_is_out(vm):
    return "storage" in vm.status().get("faults", [])


def green(vm):
    return {seq for verdict, seq in vm.shown() if seq and verdict in ("checked-in", "repeat", "unknown")}


def logged(vm):
    vm.run("incheckpaal verify")
    return {int(line) for line in vm.run("incheckpaal export attendance | tail -n +2 | cut -d , -f 2").split()}


def tap_kept(vm, uid):
    """Holds a badge until the log has it; also where what is shown can not be heard (after U-Boot): its seq."""
    last = lambda: vm.status().get("last_seq", 0)
    before = last()
    vm.say("put", "badge", "ntag213", f"uid={uid}")
    try:
        return until(60, "a tap to be kept", lambda: last() > before and last())
    finally:
        vm.say("remove", "badge")
