"""Leaks: after each fault and its cure, what a closed document says is told to nobody else."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from bench.drill.faults import DAMAGES, copied
from bench.drill.folder import SECRET
from bench.drill.kind import Kind
from bench.drill.process import ask, run
from rag.chain import Assistant
from rag.form import to_json
from rag.home import Home
from rag.store.catalogue import Catalogue

QUESTIONS = (
    f"Hvad koster {SECRET}?", "Hvad sparer TU03 i 2027?", "Hvad købes for 7 mio. kr.?",
    "Hvor mange årsværk sparer TU03 i 2028?", "Hvilket forslag sparer mest i 2027?",
)  # fmt: skip
_OPEN = frozenset({"public"})


def kinds(base: Path, wanted: str) -> Iterator[Kind]:
    """Yield the ways a closed document could come back open."""
    for name, (damage, _) in DAMAGES.items():
        yield Kind("leak", f"{name}: rebuild", 4, partial(_after, base, damage, ("rebuild",)))
        again = ("ingest", base / "inbox")
        yield Kind("leak", f"{name}: ingest again", 4, partial(_after, base, damage, again))
    yield Kind("leak", "whole folder lost: restore", 3, partial(_after, base, _whole, ()))
    both = ("ingest", base / "inbox")
    yield Kind("leak", "catalogue lost, ledger cut", 10, partial(_after, base, _torn, both))
    yield Kind("leak", "catalogue and ledger lost", 3, partial(_after, base, _both, both))


def _whole(home: Path, chance: random.Random) -> None:
    run(home, "backup", home.parent / "min.zip")
    shutil.rmtree(home)
    run(home, "restore", home.parent / "min.zip")


def _torn(home: Path, chance: random.Random) -> None:
    for path in home.glob("catalogue.sqlite*"):
        path.unlink()
    ledger = home / "ledger.jsonl"
    closing_line = max(n for n, c in enumerate(_lines(ledger)) if b"closed" in c)
    whole, last = _lines(ledger)[:closing_line], _lines(ledger)[closing_line]
    ledger.write_bytes(b"".join([*whole, last[: chance.randrange(1, len(last) - 1)]]))


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _both(home: Path, chance: random.Random) -> None:
    for path in (*home.glob("catalogue.sqlite*"), home / "ledger.jsonl"):
        path.unlink(missing_ok=True)
    run(home, "rebuild")


def _after(
    base: Path,
    damage: Callable[[Path, random.Random], None],
    cure: tuple[object, ...],
    seed: int,
) -> list[str]:
    with copied(base) as at:
        damage(at / "home", random.Random(seed))
        if cure and run(at / "home", *cure).code == 2:
            run(at / "home", "rebuild")
        return ask(told, at / "home")


def told(home: Path) -> list[str]:
    """Return where someone who may see what is public meets what is closed."""
    found = []
    with closing(Catalogue(Home(home))) as catalogue:
        seen = catalogue.seen_by(_OPEN)
        texts = {
            "passages": [p.text for p in seen.passages()],
            "documents": [f"{d.title} {d.file}" for d in seen.documents()],
            "pages": [seen.page_text(s.id, 1) for s in seen.sources()],
            "failures": [f.message.da for f in seen.failures()],
        }
        for what, listed in texts.items():
            if any(SECRET in text or "TU03" in text for text in listed):
                found.append(f"{what} tell of it")
    assistant = Assistant(Home(home), levels=_OPEN)
    for question in QUESTIONS:
        said = str(to_json(assistant.ask(question))).replace(question, "")
        if SECRET in said.replace(SECRET + "?", "") or "7 mio" in said.replace(question, ""):
            found.append(f"answer: {question}")
    assistant.catalogue.close()
    return found
