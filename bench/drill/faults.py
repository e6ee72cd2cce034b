"""Faults: damage to every part of the data folder, full disks, disks that may only be read."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bench.drill.folder import State, look, lost
from bench.drill.kind import Kind
from bench.drill.process import Ran, ask, run

READING = (("documents",), ("ask", "Hvad sparer TU01 i 2027?"), ("findings",), ("draft", "list"),
           ("draft", "show", "1"))  # fmt: skip
DISK_FAULTS = ("full", "read-only")


def flip(path: Path, chance: random.Random, many: int) -> None:
    """Flip some bytes of a file."""
    data = bytearray(path.read_bytes())
    for _ in range(many):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _gone(home: Path, chance: random.Random) -> None:
    for path in home.glob("catalogue.sqlite*"):
        path.unlink()


def _cut(home: Path, chance: random.Random) -> None:
    path = home / "catalogue.sqlite"
    os.truncate(path, chance.randrange(path.stat().st_size))


def _flipped(home: Path, chance: random.Random) -> None:
    flip(home / "catalogue.sqlite", chance, chance.choice([1, 20, 500]))


def _table_lost(home: Path, chance: random.Random) -> None:
    connection = sqlite3.connect(home / "catalogue.sqlite")
    table = chance.choice(["source_path", "decided", "document", "passage", "page", "meta"])
    connection.execute(chance.choice(["DROP TABLE {}", "DELETE FROM {}"]).format(table))
    connection.commit()
    connection.close()


DAMAGES: dict[str, tuple[Callable[[Path, random.Random], None], int]] = {
    "catalogue gone": (_gone, 5),
    "catalogue cut short": (_cut, 15),
    "catalogue's bytes flipped": (_flipped, 40),
    "catalogue's table lost": (_table_lost, 15),
}


def kinds(base: Path, wanted: str) -> Iterator[Kind]:
    """Yield the kinds of fault on the folder that `base` holds."""
    before = ask(look, base / "home")
    for name, (damage, times) in DAMAGES.items():
        yield Kind("fault", f"{name}: rebuild", times, partial(_rebuilt, base, damage, before))
        ingested = partial(_ingested, base, damage, before)
        yield Kind("fault", f"{name}: ingest instead", times, ingested)
    yield Kind("fault", "records' bytes flipped", 20, partial(_records, base))
    yield Kind("fault", "records' bytes flipped: backup", 20, partial(_salvaged, base, before))
    yield Kind("fault", "ledger lost or flipped", 10, partial(_ledger, base, before))
    yield Kind("fault", "copies lost or flipped: ingest again", 10, partial(_copies, base, before))
    yield Kind("fault", "whole folder lost: restore", 5, partial(_restored, base, before))
    yield Kind("fault", "backup's bytes flipped", 20, partial(_backup, base, before))
    if os.geteuid() == 0:
        for fault in DISK_FAULTS:
            yield Kind("fault", f"disk {fault}", 6, partial(_disk, base, fault, before))


@contextmanager
def copied(base: Path) -> Iterator[Path]:
    """Yield a copy of the base folder."""
    with tempfile.TemporaryDirectory() as made:
        yield Path(shutil.copytree(base, Path(made) / "x", symlinks=True))


def misread(home: Path, all_well: bool = False) -> list[str]:
    """Return what the commands that read do wrong: crash or, where `all_well`, refuse."""
    found = []
    for arguments in READING:
        ran = run(home, *arguments)
        if ran.crashed or (all_well and ran.code):
            found.append(f"{' '.join(arguments)}: {_last(ran)}")
        if "flyt den væk" in ran.told:
            found.append("told to move it away")
    return found


def _last(ran: Ran) -> str:
    return ran.told.strip().splitlines()[-1][:200] if ran.told.strip() else str(ran.code)


def _rebuilt(
    base: Path, damage: Callable[[Path, random.Random], None], before: State, seed: int
) -> list[str]:
    with copied(base) as at:
        damage(at / "home", random.Random(seed))
        wrong = misread(at / "home") if seed % 3 == 0 else []
        ran = run(at / "home", "rebuild")
        if ran.code:
            wrong.append(f"rebuild: {_last(ran)}")
        return [*wrong, *_same(before, ask(look, at / "home"))]


def _same(before: State, after: State) -> list[str]:
    wrong = lost(before, after)
    if before.passages != after.passages:
        wrong.append("passages differ")
    return wrong


def _ingested(
    base: Path, damage: Callable[[Path, random.Random], None], before: State, seed: int
) -> list[str]:
    with copied(base) as at:
        damage(at / "home", random.Random(seed))
        ran = run(at / "home", "ingest", at / "arriving")
        wrong = [f"ingest: {_last(ran)}"] * ran.crashed
        if missing := before.copies - {p.name for p in (at / "home" / "files").iterdir()}:
            wrong.append(f"{len(missing)} copies deleted")
        run(at / "home", "rebuild")
        return [*wrong, *lost(before, ask(look, at / "home"))]


def _records(base: Path, seed: int) -> list[str]:
    with copied(base) as at:
        flip(at / "home" / "records.sqlite", random.Random(seed), 50)
        return misread(at / "home")


def _salvaged(base: Path, before: State, seed: int) -> list[str]:
    with copied(base) as at:
        flip(at / "home" / "records.sqlite", random.Random(seed), 50)
        taken = run(at / "home", "backup", at / "min.zip")
        ran = run(at / "new", "restore", at / "min.zip")
        wrong = [_last(r) for r, codes in ((taken, (0, 1)), (ran, (0,))) if r.code not in codes]
        wrong += misread(at / "new")
        after = ask(look, at / "new")
        return [*wrong, *after.amiss, *["documents differ"] * (before.levels != after.levels)]


def _ledger(base: Path, before: State, seed: int) -> list[str]:
    with copied(base) as at:
        ledger = at / "home" / "ledger.jsonl"
        if seed % 2:
            ledger.unlink()
        else:
            flip(ledger, random.Random(seed), 3)
        ran = run(at / "home", "ingest", at / "arriving")
        wrong = [f"ingest: {_last(ran)}"] if ran.code else []
        return [*wrong, *lost(before, ask(look, at / "home"))]


def _copies(base: Path, before: State, seed: int) -> list[str]:
    with copied(base) as at:
        for copy in (at / "home" / "files").iterdir():
            if seed % 2:
                copy.unlink()
            else:
                flip(copy, random.Random(seed), 3)
        # The originals lie where they were read from.
        ran = run(at / "home", "ingest", base / "inbox")
        wrong = [f"ingest: {_last(ran)}"] if ran.code else []
        return [*wrong, *lost(before, ask(look, at / "home"))]


def _restored(base: Path, before: State, seed: int) -> list[str]:
    with copied(base) as at:
        taken = run(at / "home", "backup", at / "min.zip")
        shutil.rmtree(at / "home")
        ran = run(at / "home", "restore", at / "min.zip")
        wrong = [_last(r) for r in (taken, ran) if r.code]
        wrong += misread(at / "home", all_well=True)
        after = ask(look, at / "home")
        if after != before:
            wrong.append("not as before")
        return [*wrong, *_same(before, after)]


def _backup(base: Path, before: State, seed: int) -> list[str]:
    with copied(base) as at:
        flip(at / "kopi.zip", random.Random(seed), 1)
        ran = run(at / "new", "restore", at / "kopi.zip")
        if ran.code == 0:
            return _same(before, ask(look, at / "new"))
        left = {p.name for p in (at / "new").iterdir()} - {"files", "lock"}
        return [f"crashed: {_last(ran)}"] * ran.crashed + [f"left {left}"] * bool(left)


def _disk(base: Path, fault: str, before: State, seed: int) -> list[str]:
    with copied(base) as at:
        disk = at / "disk"
        disk.mkdir()
        size = sum(p.stat().st_size for p in (at / "home").rglob("*")) + (12 << 20)
        _do("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk)
        try:
            home = Path(shutil.copytree(at / "home", disk / "home"))
            if fault == "full":
                free = shutil.disk_usage(disk).free - (seed % 3) * (300 << 10)
                (disk / "fill").write_bytes(b"x" * max(free, 0))
            else:
                _do("mount", "-o", "remount,ro", disk)
            wrong = misread(home, all_well=True)
            for arguments in (("ingest", at / "arriving"), ("access", "TU01.txt", "closed")):
                ran = run(home, *arguments)
                named = any(w in ran.told for w in ("disken er fuld", "kun læses", "Read-only"))
                if ran.crashed or (ran.code and not named):
                    wrong.append(f"{arguments[0]}: {_last(ran)}")
            wrong += misread(home, all_well=True)
            if fault == "full":
                (disk / "fill").unlink()
            else:
                _do("mount", "-o", "remount,rw", disk)
            ran = run(home, "ingest", at / "arriving")
            wrong += [f"ingest with room again: {_last(ran)}"] if ran.code else []
            return [*wrong, *lost(before, ask(look, home), frozenset({"TU01.txt"}))]
        finally:
            _do("umount", disk)


def _do(*arguments: object) -> None:
    subprocess.run([str(a) for a in arguments], check=True)
