"""The data folder that the drill is held on: what it holds, and a look at all of it."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.drill.process import run
from draft.records import Drafts
from rag.answer import Answer
from rag.home import CHECKOUT, Home
from rag.store.catalogue import Catalogue
from rag.store.conversations import Conversations, feedback
from rag.store.files import Files
from rag.store.records import Records

SECRET = "Valmuemarken"
"""Stands in closed documents alone."""
LETTER = "Kære spørger\n\nForslaget TU01 slukker lamperne om natten.\n"
SETTLED = ("TU01", "TU02", "TU03")
ARRIVING = ("TU11", "TU12", "TU13", "TU14")


@dataclass(frozen=True)
class State:
    """All of a data folder that is not to be lost, and what is amiss in it."""

    levels: dict[str, str]
    passages: frozenset[str]
    copies: frozenset[str]
    records: dict[str, Any]
    amiss: tuple[str, ...]


def proposal(number: str, closed: bool = False) -> str:
    """Return the text of a proposal."""
    secret = f"\n\n{SECRET} købes for 7 mio. kr. i 2027." if closed else ""
    return (
        f"{number} Lys på sti {number[2:]}\n\nForslaget {number} slukker lamperne om natten.\n\n"
        f"Det giver en besparelse på {int(number[2:])} mio. kr. i 2027 og 2 årsværk i 2028."
        f"{secret}\n"
    )


def make(folder: Path) -> Path:
    """Make a data folder: documents of each level, a draft, a conversation with feedback."""
    inbox, home = folder / "inbox", folder / "home"
    inbox.mkdir(parents=True)
    for number in SETTLED:
        (inbox / f"{number}.txt").write_text(proposal(number, closed=number == "TU03"))
    ran = [
        run(home, "ingest", inbox),
        run(home, "access", "TU02.txt", "staff"),
        run(home, "access", "TU03.txt", "closed"),
        run(home, "draft", "new", "Hvad sparer TU01 i 2027?", "--by", "Grete"),
    ]
    (folder / "letter.txt").write_text(LETTER)
    ran += [
        run(home, "draft", "new", "Hvad gør TU01?", "--by", "Grete"),
        run(home, "draft", "edit", "2", folder / "letter.txt", "--by", "Grete"),
        run(home, "draft", "check", "2", "--approve"),
    ]
    assert all(r.code == 0 for r in ran), [r.told for r in ran]
    with closing(Records(Home(home))) as records:
        asked = Conversations(records, "local")
        turn = asked.add(asked.start("Lys"), "Hvad sparer TU01?", Answer("not_found", "da"))
        asked.judge(turn, "up", "godt")
    arriving = folder / "arriving"
    arriving.mkdir()
    for number in ARRIVING:
        (arriving / f"{number}.txt").write_text(proposal(number))
    shutil.copy(next((CHECKOUT / "corpus").glob("politikersvar*.docx")), arriving / "svar.docx")
    taken = run(home, "backup", folder / "kopi.zip")
    assert taken.code == 0, taken.told
    return folder


def look(home: Path) -> State:
    """Return the state of a data folder. Raises where it cannot be opened."""
    amiss = []
    with closing(Catalogue(Home(home))) as catalogue, closing(Records(Home(home))) as records:
        files = Files(Home(home).files)
        for stored in catalogue.sources():
            documents = [d.id for d in catalogue.documents(sources=[stored.id])]
            if not documents or not catalogue.passages(document_ids=documents):
                amiss.append(f"half a file: {stored.path}")
            if not files.sound(stored.id):
                amiss.append(f"copy lost: {stored.path}")
        drafts, asked = Drafts(records), Conversations(records, "local")
        for draft in drafts.all():
            if not drafts.versions(draft.id) or not drafts.events(draft.id):
                amiss.append(f"half a draft: {draft.id}")
        amiss += catalogue._database.damage() + records.check()
        return State(
            {d.file: d.access for d in catalogue.documents()},
            frozenset(p.id for p in catalogue.passages()),
            frozenset(files.all()),
            {
                "drafts": {
                    d.id: [(v.text, v.author) for v in drafts.versions(d.id)] for d in drafts.all()
                },
                "owners": {d.id: (d.owner, d.status) for d in drafts.all()},
                "conversations": [(c.title, asked.turns(int(c.id))) for c in asked.all()],
                "feedback": [(f.turn, f.verdict, f.reason) for f in feedback(records)],
            },
            tuple(amiss),
        )


def lost(before: State, after: State, but: frozenset[str] = frozenset()) -> list[str]:
    """Return what of `before` is not in `after`: files other than `but`, levels, records."""
    found = list(after.amiss)
    for file, level in before.levels.items():
        if file not in but and after.levels.get(file) != level:
            found.append(f"{file}: {level} became {after.levels.get(file, 'nothing')}")
    for what in ("conversations", "feedback"):
        if before.records[what] != after.records[what]:
            found.append(f"{what} changed")
    for id, versions in before.records["drafts"].items():
        if after.records["drafts"].get(id, [])[: len(versions)] != versions:
            found.append(f"draft {id} lost a version")
    return found
