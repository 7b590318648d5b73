"""more_taps.py DATABASE COUNT [BATCH [PAUSE_S]]: as many taps more, like the last one, each chained to the one before as
the kiosk does it (firmware/store/tap_chain.c)."""
import hashlib, sqlite3, struct, sys, time, uuid

path, count = sys.argv[1], int(sys.argv[2])
batch = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
pause_s = float(sys.argv[4]) if len(sys.argv) > 4 else 0
db = sqlite3.connect(path, timeout=30, isolation_level=None)


def number(value):
    return struct.pack("<q", value)


def text(value):
    data = (value or "").encode()
    return number(len(data)) + data


def canonical(tap):
    seq, id, key, boot, mono, wall, grade, technology, verdict, direction, counts, kiosk, event, session, attendee, note = tap
    return (number(seq) + text(id) + key + boot + number(mono) + number(wall) + number(grade) + number(technology) + text(verdict)
            + number(direction) + number(counts) + text(kiosk) + text(event) + text(session) + text(attendee) + text(note))


while count > 0:
    db.execute("BEGIN IMMEDIATE")
    *tap, chain = db.execute("SELECT * FROM tap ORDER BY seq DESC LIMIT 1").fetchone()
    for _ in range(min(batch, count)):
        tap[0], tap[1], tap[4], tap[5] = tap[0] + 1, str(uuid.uuid4()), tap[4] + 7, tap[5] + 7
        chain = hashlib.blake2b(chain + canonical(tap), digest_size=32).digest()
        db.execute("INSERT INTO tap VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", (*tap, chain))
    db.execute("COMMIT")
    count -= batch
    time.sleep(pause_s)
