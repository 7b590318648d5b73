"""Tests of the image: taps go to a hub, a PostgreSQL of the test's own in a network that only the guest shares."""
import glob
import json
import os
import shutil
import subprocess

from kiosk import ADA, STRANGER, expect, logged, measure, start_with, tap_kept
from machine import Failed, until

PASSWORD = "dubbel:punt en geheim"
HUB = "host=10.0.2.2 user=paal dbname=incheckpaal sslrootcert=/data/etc/hub.crt"


class Hub:
    """It listens where the guest's 10.0.2.2 leads once a machine was powered on `alone`, with a certificate for that address."""

    def __init__(self, vm):
        self.vm, self.place = vm, f"{vm.work}/hub"
        self.bin = max(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
        os.chmod(vm.work, 0o711)
        os.mkdir(self.place)
        shutil.chown(self.place, "postgres")
        self.run(f"{self.bin}/initdb", "-D", f"{self.place}/db", "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")
        with open(f"{self.place}/db/postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write(f"listen_addresses = '127.0.0.1'\nunix_socket_directories = '{self.place}'\nssl = on\n")
        with open(f"{self.place}/db/pg_hba.conf", "w", encoding="utf-8") as hba:
            hba.write("local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n")
        self.run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=10.0.2.2", "-addext", "subjectAltName=IP:10.0.2.2",
                 "-keyout", f"{self.place}/db/server.key", "-out", f"{self.place}/db/server.crt")
        self.run("chmod", "600", f"{self.place}/db/server.key")

    def run(self, *command):
        done = subprocess.run([*self.vm.inside, "setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups", *command],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=self.place)
        if done.returncode:
            raise Failed(f"{command}: {done.stdout}{done.stderr}")

    def certificate(self):
        with open(f"{self.place}/db/server.crt", encoding="utf-8") as file:
            return file.read()

    def start(self):
        with open(f"{self.place}/db/log", "w", encoding="utf-8"):
            shutil.chown(f"{self.place}/db/log", "postgres")
        self.run(f"{self.bin}/pg_ctl", "-D", f"{self.place}/db", "-s", "-w", "-t", "120", "-l", f"{self.place}/db/log", "start")

    def fill(self):
        self.sql("CREATE DATABASE incheckpaal", "postgres")
        self.psql("incheckpaal", "-f", "board/hub.sql")
        self.sql(f"CREATE ROLE paal LOGIN PASSWORD '{PASSWORD}' IN ROLE incheckpaal_kiosk")

    def kill(self):
        """As when its power goes."""
        if os.path.exists(f"{self.place}/db/postmaster.pid"):
            self.run(f"{self.bin}/pg_ctl", "-D", f"{self.place}/db", "-s", "-w", "-m", "immediate", "stop")

    def psql(self, database, *words):
        return subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", self.place, "-U", "postgres", "-d", database, *words],
                              capture_output=True, text=True, check=True).stdout

    def sql(self, query, database="incheckpaal"):
        return self.psql(database, "-c", query)

    def taps(self):
        return {int(seq) for seq in self.sql("SELECT seq FROM incheckpaal.tap").split()}


def sync_is(vm):
    """What incheckpaal-sync says of itself."""
    return vm.status().get("sync", {}).get("state")


def shown_by_systemd(vm, *names):
    said = dict(line.split("=", 1) for line in vm.run("systemctl show incheckpaal-sync " + " ".join(f"-p {name}" for name in names)).splitlines())
    return [said[name] for name in names]


def units_hold_what_they_promise(vm):
    """Each unit is as little exposed as promised; the one for a hub rests where the settings file names none."""
    exposed = {}
    for unit, most in (("kiosk", 3.5), ("web", 2.0), ("sync", 2.0)):
        rows = json.loads(vm.run(f"systemd-analyze security --no-pager --json=short incheckpaal-{unit}"))
        last = vm.run(f"systemd-analyze security --no-pager incheckpaal-{unit}").splitlines()[-1]
        exposed[unit] = float(last.split(":")[1].split()[0])
        expect(len(rows) > 50 and exposed[unit] <= most, last)
    measure("exposure, as systemd says", exposed)
    said = shown_by_systemd(vm, "ActiveState", "Result", "NRestarts")
    expect(said == ["inactive", "success", "0"], f"without a hub: {said}")


def taps_reach_the_hub(vm):
    """A hub that the settings file names gets every tap, past its own absence and a copier that is killed; its password stands nowhere anybody reads."""
    hub = Hub(vm)
    vm.run("cat > /data/etc/hub.crt", text=hub.certificate())
    start_with(vm, {"centrale": HUB, "centrale_wachtwoord": PASSWORD}, alone=True)
    try:
        until(120, "sync to miss its hub", lambda: sync_is(vm) == "away")
        tap_kept(vm, ADA)
        hub.start()
        hub.fill()
        whole = lambda: hub.taps() == logged(vm)
        until(400, "the hub to have all taps", whole)
        state, user, words = shown_by_systemd(vm, "ActiveState", "User", "StatusText")
        expect((state, user, words) == ("active", "incheckpaal-sync", "the hub has all taps"), f"{state}, {user}: {words}")
        expect("t" == hub.sql("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = 'paal'").strip(), "in the clear")

        vm.run("kill -9 $(systemctl show -P MainPID incheckpaal-sync)")
        tap_kept(vm, STRANGER)
        until(120, "the hub to have all taps after the copier was killed", whole)
        expect(shown_by_systemd(vm, "NRestarts") == ["1"], "it was not killed")
        hub.kill()
        tap_kept(vm, ADA)
        until(120, "sync to miss its hub again", lambda: sync_is(vm) == "away")
        hub.start()
        until(400, "the hub to have all taps after it was away", whole)
        measure("taps in the hub, of all", (len(hub.taps()), len(logged(vm))))
        expect(PASSWORD not in vm.settings(), "the password is still on the card")
        found = vm.run(f"grep -rlF '{PASSWORD.split(':')[1]}' /data /run 2> /dev/null; journalctl --no-pager | grep -F '{PASSWORD.split(':')[1]}'; true").split()
        expect(found == ["/data/etc/hub.pass"], f"the password stands in {found}")
    finally:
        hub.kill()
        vm.run("rm -f /data/etc/hub.crt")
