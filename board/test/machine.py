"""The image in QEMU: its disk, its reader, its screen, its power switch."""
import json
import os
import re
import signal
import socket
import subprocess
import time

from recording import Recording

ARCH = os.environ.get("ARCH", "amd64")
PATIENCE = float(os.environ.get("PATIENCE", "1"))
IMAGES = os.environ.get("IMAGES", "build/image")
MACHINES = {
    "amd64": ["qemu-system-x86_64", "-M", "q35", "-cpu", "qemu64"],
    "arm64": ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a53"],
}
# Debian's U-Boot for it, and where that looks for a card.
LOADERS = {"amd64": ("/usr/lib/u-boot/qemu-x86/u-boot.rom", "ide"), "arm64": ("/usr/lib/u-boot/qemu_arm64/u-boot.bin", "virtio")}
CONSOLE = {"amd64": "ttyS0", "arm64": "ttyAMA0"}
TRACE = {"amd64": "/dev/ttyS1", "arm64": "/dev/ttyS0"}
BOOT = "root=PARTUUID=494e4350-02 ro quiet loglevel=4 panic=10 vt.global_cursor_default=0 systemd.show_status=no"
TELL = "systemd.journald.forward_to_console=1 systemd.journald.max_level_console=notice"


MIB = 1 << 20
SLOTS = {"A": (264 * MIB, 1024 * MIB), "B": (1288 * MIB, 1024 * MIB)}  # where they lie on the card, as image.sh says


class Failed(Exception):
    pass


def until(seconds, what, ask):
    """What ask() says as soon as that is something; Failed when the time is up."""
    end = time.monotonic() + seconds * PATIENCE
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.5)
    raise Failed(f"waited {seconds * PATIENCE:.0f} s in vain: {what}")


def u_boot(card):
    """QEMU's options for a machine that U-Boot starts from @card."""
    loader, bus = LOADERS[ARCH]
    return ["-bios", loader, "-drive", f"file={card},if={bus},format=raw"]


def slow_down(work, root):
    """A machine that is slow is not hung: in the root at @root (a file, or FILE?offset=N) the kiosk's watchdog and the hardware's have PATIENCE too."""
    orders = []
    for of, what in (("system/incheckpaal-kiosk.service.d", f"[Service]\nWatchdogSec={10 * PATIENCE:.0f}"),
                     ("system.conf.d", f"[Manager]\nRuntimeWatchdogSec={14 * PATIENCE:.0f}")):
        here = f"{work}/slow-{os.path.basename(of)}"
        with open(here, "w", encoding="utf-8") as out:
            out.write(f"{what}\n")
        orders += [f"mkdir /etc/systemd/{of}", f"write {here} /etc/systemd/{of}/slow.conf"]
    subprocess.run(["debugfs", "-w", "-f", "-", root], input="\n".join(orders), text=True, check=True, capture_output=True)


class Machine:
    def __init__(self, work, port):
        self.work, self.port = work, port
        self.qemu = self.disk = self.reader = None
        self.key = f"{work}/key"
        self.inside = []  # how a command gets into the network that the guest sees
        self.trace_path = f"{work}/trace"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.key], check=True)

    def make_card(self, settings, size="4G"):
        """A card as somebody wrote it, with the settings file filled in: {name: value}."""
        card = f"{self.work}/card.img"
        subprocess.run(["cp", "--sparse=always", f"{IMAGES}/incheckpaal-{ARCH}.img", card], check=True)
        subprocess.run(["truncate", "-s", size, card], check=True)
        if PATIENCE > 1:
            for at, _ in SLOTS.values():
                slow_down(self.work, f"{card}?offset={at}")
        self.fill_in(settings)

    def fill_in(self, settings):
        text = open("board/image/incheckpaal.txt", encoding="utf-8").read()
        for name, value in settings.items():
            text = re.sub(rf"(?m)^{name} =.*$", lambda _: f"{name} = {value}", text)
        with open(f"{self.work}/settings", "w", encoding="utf-8") as out:
            out.write(text)
        subprocess.run(["mcopy", "-o", "-i", f"{self.work}/card.img@@1M", f"{self.work}/settings", "::incheckpaal.txt"], check=True)

    def settings(self):
        return subprocess.run(["mtype", "-i", f"{self.work}/card.img@@1M", "::incheckpaal.txt"], capture_output=True, check=True).stdout.decode()

    def reader_up(self):
        self.reader = subprocess.Popen(["build/bin/pn532", "--link", f"{self.work}/nfc", "--control", f"{self.work}/nfc.sock"],
                                       stdout=subprocess.DEVNULL)
        until(10, "the simulated reader", lambda: os.path.exists(f"{self.work}/nfc.sock"))

    def say(self, *words):
        return subprocess.run(["build/bin/pn532", "say", f"{self.work}/nfc.sock", *words], capture_output=True, text=True).stdout

    def starts(self, options):
        """How it comes to a kernel, and its card; @options are the kernel's. A PC has no second serial port after U-Boot, for shown()."""
        if ARCH != "amd64":
            return self.starts_by_u_boot(f"{TELL} {options}")
        return ["-kernel", f"{IMAGES}/vmlinuz-{ARCH}", "-initrd", f"{IMAGES}/initrd-{ARCH}", "-append", f"{BOOT} {TELL} {options}",
                "-drive", f"file={self.nbd()},if=virtio,format=raw"]

    def starts_by_u_boot(self, options):
        """As a Pi does once its firmware has loaded U-Boot: by the card's own script, which finds more @options for the kernel on it."""
        with open(f"{self.work}/more.txt", "w", encoding="utf-8") as out:
            out.write(f"more={options}\n")
        subprocess.run(["mcopy", "-o", "-i", f"{self.work}/card.img@@1M", f"{self.work}/more.txt", "::more.txt"], check=True)
        return u_boot(self.nbd())

    def nbd(self):
        return f"nbd+unix:///?socket={self.work}/nbd"

    def power_on(self, lying=False, boot="", alone=False, record=False, reader=True):
        """`alone`: in a network of its own, in which the guest's 10.0.2.2 is nobody but us. `record`: what the disk is told, see recorded().
        Without `reader` it is not plugged in."""
        work = self.work
        for name in ("desk", "nbd"):  # of the boot before
            if os.path.exists(f"{work}/{name}"):
                os.unlink(f"{work}/{name}")
        self.disk = subprocess.Popen(["python3", "board/test/honest_disk.py", f"{work}/card.img", f"{work}/nbd", f"{work}/desk",
                                      *(["lying"] if lying else [])])
        until(10, "the disk", lambda: os.path.exists(f"{work}/desk"))
        if record:
            self.record()
        if not self.reader:
            self.reader_up()
        command = [*MACHINES[ARCH], "-accel", "tcg,thread=multi", "-smp", "2", "-m", "1024", "-nodefaults", "-display", "none",
                   *self.starts(f"console={CONSOLE[ARCH]} systemd.setenv=INCHECKPAAL_TRACE={TRACE[ARCH]} {boot}"), "-device", "virtio-rng-pci",
                   "-device", "virtio-gpu-pci", "-device", "i6300esb", "-action", "watchdog=reset",
                   "-netdev", f"user,id=net,restrict={'off' if alone else 'on'},hostfwd=tcp:127.0.0.1:{self.port}-:22,hostfwd=tcp:127.0.0.1:{self.port + 1}-:443",
                   "-device", "virtio-net-pci,netdev=net", "-chardev", f"serial,id=nfc,path={work}/nfc", "-device", "qemu-xhci,id=usb",
                   *(["-device", "usb-serial,chardev=nfc,id=reader"] if reader else []), "-chardev", f"file,id=trace,path={self.trace_path},append=on",
                   "-device", "pci-serial,chardev=trace",
                   "-serial", f"file:{work}/console", "-qmp", f"unix:{work}/qmp,server,nowait", *os.environ.get("QEMU_OPTIONS", "").split()]
        if alone:
            command = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]
        self.started = time.monotonic()
        self.qemu = subprocess.Popen(command, stderr=open(f"{work}/qemu.log", "a"))
        self.inside = ["nsenter", "--net", "--target", str(self.qemu.pid)] if alone else []

    def qmp(self, execute, **arguments):
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(60)
            link.connect(f"{self.work}/qmp")
            lines = link.makefile()
            lines.readline()
            answer = {}
            for command in ({"execute": "qmp_capabilities"}, {"execute": execute, "arguments": arguments}):
                link.sendall(json.dumps(command).encode() + b"\n")
                answer = json.loads(lines.readline())
                while "event" in answer:
                    answer = json.loads(lines.readline())
            if "error" in answer:
                raise Failed(f"{execute}: {answer['error'].get('desc')}")
            return answer

    def ask_disk(self, line):
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(f"{self.work}/desk")
            link.sendall(line.encode() + b"\n")
            return link.makefile().readline().split()

    def record(self):
        """From now on; recorded() ends it."""
        self.ask_disk(f"record {self.work}/before.img {self.work}/told")

    def recorded(self):
        self.ask_disk("record")
        return Recording(f"{self.work}/before.img", f"{self.work}/told")

    def plug_reader_in(self):
        self.qmp("device_add", driver="usb-serial", chardev="nfc", id="reader")

    def cut(self):
        """The plug is pulled."""
        self.qemu.send_signal(signal.SIGSTOP)
        self.ask_disk("cut")
        self.disk.wait()
        self.qemu.kill()
        self.qemu.wait()

    def power_off(self):
        if self.qemu and self.qemu.poll() is None:
            self.qmp("quit")
            self.qemu.wait()
        if self.disk and self.disk.poll() is None:
            self.ask_disk("cut")
            self.disk.wait()

    def close(self):
        for process in (self.qemu, self.disk, self.reader):
            if process and process.poll() is None:
                process.kill()

    def ssh(self, command):
        return [*self.inside, "ssh", "-o", f"ConnectTimeout={20 * PATIENCE:.0f}", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
                "-o", f"ServerAliveInterval={10 * PATIENCE:.0f}", "-o", "LogLevel=ERROR", "-i", self.key, "-p", str(self.port), "root@127.0.0.1", command]

    def start(self, command):
        """In the guest, without waiting for its end."""
        return subprocess.Popen(self.ssh(command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def run(self, command, check=True, text=None):
        """In the guest, as root, through the key of the settings file."""
        done = subprocess.run(self.ssh(command), input=text, capture_output=True, text=True)
        if check and done.returncode:
            raise Failed(f"{command}: {done.stdout}{done.stderr}")
        return done.stdout if done.returncode == 0 else ""

    def is_in(self):
        return self.run("true; echo in", check=False)

    def status(self):
        try:
            return json.loads(self.run("incheckpaal status --json", check=False) or "{}")
        except ValueError:
            return {}

    def takes_badges(self):
        return any(reader.get("state") == "up" for reader in self.status().get("readers", []))

    def picture(self, path):
        self.qmp("screendump", filename=path, format="png")
        return path

    def shown(self):
        """What the kiosk said it showed, over all boots: [(verdict, seq)]."""
        if not os.path.exists(self.trace_path):
            return []
        rows = []
        for line in open(self.trace_path, "rb").read().decode(errors="replace").splitlines():
            try:
                row = json.loads(line[line.index("{"):])
            except ValueError:
                continue
            if row.get("stage") == "shown":
                rows.append((row.get("verdict"), row.get("seq")))
        return rows

    def tap(self, uid, wait=15):
        """Holds a badge to the reader until the screen answered; the verdict it showed."""
        before = len(self.shown())
        self.say("put", "badge", "ntag213", f"uid={uid}")
        try:
            until(wait, f"an answer to {uid}", lambda: len(self.shown()) > before)
        finally:
            self.say("remove", "badge")
        time.sleep(PATIENCE)
        return self.shown()[-1][0]
