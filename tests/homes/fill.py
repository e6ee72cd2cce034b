"""Fills a data folder with one of everything that this version keeps, as a fixture for later ones.

    python -m tests.homes.fill NAME

writes `tests/homes/NAME.tar.xz`, a data folder as it lies on the disk, and `NAME.json`, what it
holds (`held`). Every later version opens it and must find the same.
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx

from draft.desk import Desk
from draft.inquiry import read_inquiry
from draft.records import Drafts
from eval.form import run_json
from eval.run import run_collections
from eval.runs import Runs
from eval.sets import OWN, Collection
from ingest.pipeline import ingest, ingest_bytes, open_catalogue
from rag.chain import Assistant, refresh
from rag.home import Home
from rag.search.embed import load_embedder
from rag.store.conversations import Conversations, feedback
from rag.store.records import Records
from tests.made_pdfs import pdf

HERE = Path(__file__).parent
_QUESTION = "Hvad koster svømmehallens tag i 2027?"
_TABLE = [["1.000 kr.", "2026", "2027"], ["Nyt tag på svømmehallen", "150", "1.400"]]
_KNOWN = {
    "id": "tag",
    "question": _QUESTION,
    "language": "da",
    "type": "lookup",
    "author": "user",
    "expected": {
        "status": "answered",
        "figures": [{"amount": 1400000, "unit": "kr.", "year": 2027}],
    },
}


def fill(folder: Path) -> None:
    """Fill the data folder `folder`: documents, access, conversations, drafts, an eval run."""
    home = Home(folder)
    with TemporaryDirectory() as made:
        _documents(Path(made), home)
    assistant, records = Assistant(home), Records(home)
    talks = Conversations(records, "lokal")
    for question, verdict in ((_QUESTION, "good"), ("Hvad koster broen i 2027?", "bad")):
        talk = talks.start(question)
        turn = talks.add(talk, question, assistant.ask(question))
        talks.judge(turn, verdict, "" if verdict == "good" else "Den koster 3 mio. kr.")
    _drafts(Desk(assistant, Drafts(records)))
    (folder / "known_answers.jsonl").write_text(json.dumps(_KNOWN) + "\n", "utf8")
    own = Collection(OWN, None, (folder / "known_answers.jsonl",))
    Runs(records).add(run_json(run_collections([own], home)))
    assistant.catalogue.close()


def held(folder: Path) -> dict[str, Any]:
    """Return what a data folder holds, in words that any version can tell."""
    home = Home(folder)
    ingest([], home, load_embedder())  # an older catalogue's files are read again
    refresh(home)
    catalogue, records = open_catalogue(home), Records(home)
    talks, drafts = Conversations(records, "lokal"), Drafts(records)
    told = {
        "documents": sorted([d.file, d.access] for d in catalogue.documents()),
        "conversations": sorted(
            [c.title, *(t.question for t in talks.turns(c.id))] for c in talks.all()
        ),
        "feedback": sorted([f.question, f.verdict, f.reason] for f in feedback(records)),
        "drafts": [
            {
                "status": draft.status,
                "versions": [[v.author, v.text] for v in drafts.versions(draft.id)],
                "accepted": [[a.words, a.by, a.reason] for a in drafts.acceptances(draft.id)],
                "events": [[e.what, e.by] for e in drafts.events(draft.id)],
            }
            for draft in drafts.all()
        ],
        "runs": [k.number for k in Runs(records).all()],
        "known": (folder / "known_answers.jsonl").read_text("utf8"),
    }
    catalogue.close()
    return told


def _documents(made: Path, home: Home) -> None:
    pdf(made / "svoemmehal.pdf", "# Svømmehallens tag", "Taget er utæt og skal skiftes.", _TABLE)
    page = (
        "<html><body><h1>Ridehallens gulv</h1><p>Gulvet koster 90.000 kr. i 2026.</p></body></html>"
    )
    (made / "ridehal.html").write_text(page, "utf8")
    (made / "vej.md").write_text("# Vejnotat\n\nVejene koster 2 mio. kr. i 2026.\n", "utf8")
    (made / "lukket.txt").write_text("Salg af en grund\n\nPrisen er 3 mio. kr.\n", "utf8")
    word = docx.Document()
    word.add_heading("Bibliotekets åbningstid")
    word.add_paragraph("En time mere om ugen koster 120.000 kr. i 2026.")
    word.save(str(made / "bibliotek.docx"))
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Asta Holm <asta@example.dk>", "Skolens have"
    mail.set_content("Haven koster 45.000 kr. i 2026.")
    (made / "have.eml").write_bytes(bytes(mail))
    ingest([made], home, load_embedder())
    catalogue = open_catalogue(home)
    for file, level in (("lukket.txt", "closed"), ("vej.md", "staff")):
        document = next(d for d in catalogue.documents() if d.file == file)
        catalogue.decide(document.id, level)
    ingest_bytes("upload.txt", b"Et notat, der er lagt op i browseren.\n", catalogue)
    catalogue.close()
    refresh(home)


def _drafts(desk: Desk) -> None:
    inquiry = read_inquiry(f"Fra: Asta Holm (F)\nEmne: Svømmehallen\n\n{_QUESTION}\n")
    first = desk.open(inquiry, "lokal")
    desk.edit(
        first, desk.drafts.versions(first)[-1].text + "\nBroen koster 7 mio. kr. i 2027.", "Grete"
    )
    for judged in desk.check(first).held:
        desk.accept(first, judged, "Grete", "Oplyst af vejafdelingen.")
    desk.open(read_inquiry("Hvad koster ridehallens gulv i 2026?"), "lokal")


def _main(name: str) -> None:
    with TemporaryDirectory() as kept:
        folder = Path(kept) / "data"
        fill(folder)
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w:xz") as archive:
            archive.add(folder, "data")
        (HERE / f"{name}.tar.xz").write_bytes(packed.getvalue())
        told = json.dumps(held(folder), ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(told + "\n", "utf8")


if __name__ == "__main__":
    _main(sys.argv[1])
