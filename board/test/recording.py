"""What a disk was told, played back: what a cut at any moment would have left, without a machine and a start for each.

A recording is the disk as it was, and all that it was told since (honest_disk.py's `record`).
"""
import mmap
import os
import random

from honest_disk import HEAD, SECTOR, copy_part


class Recording:
    def __init__(self, base, log):
        self.base, self.log = base, log
        self.pieces = []  # where it goes, its length, where it stands in the log
        with open(log, "rb") as told:
            at, end = 0, os.path.getsize(log)
            while at < end:
                told.seek(at)
                where, length = HEAD.unpack(told.read(HEAD.size))
                self.pieces.append((where, length, at + HEAD.size))
                at += HEAD.size + length

    def moments(self, count, matters):
        """That many moments: half of them anywhere, half near a piece of which `matters(where, length)` holds."""
        marks = [i for i, (where, length, _) in enumerate(self.pieces) if length and matters(where, length)]
        near = lambda: min(max(random.choice(marks) + random.randrange(-5, 6), 0), len(self.pieces))
        return sorted(near() if marks and i % 2 else random.randrange(len(self.pieces) + 1) for i in range(count))

    def cuts(self, moments):
        """At each of the moments, which are sorted: the path of the disk as a cut would have left it. It is changed afterwards."""
        pending = {}  # sector: where its versions since the last flush stand in the log
        done = 0
        with open(self.base, "r+b") as disk_file, open(self.log, "rb") as log_file, mmap.mmap(disk_file.fileno(), 0) as disk, \
                mmap.mmap(log_file.fileno(), 0, prot=mmap.PROT_READ) as told:
            def put(versions):
                for sector, at in versions.items():
                    disk[sector * SECTOR:(sector + 1) * SECTOR] = told[at:at + SECTOR]

            for moment in moments:
                for where, length, at in self.pieces[done:moment]:
                    for i in range(0, length, SECTOR):
                        pending.setdefault((where + i) // SECTOR, []).append(at + i)
                    if length == 0:
                        put({sector: versions[-1] for sector, versions in pending.items()})
                        pending = {}
                done = moment
                kept = {sector: random.choice(versions) for sector, versions in pending.items() if random.random() < 0.5}
                before = {sector: disk[sector * SECTOR:(sector + 1) * SECTOR] for sector in kept}
                put(kept)
                yield moment, self.base
                for sector, data in before.items():
                    disk[sector * SECTOR:(sector + 1) * SECTOR] = data


def part_of(card, path, first, count):
    with open(card, "rb") as disk:
        copy_part(disk.fileno(), path, first, count)
