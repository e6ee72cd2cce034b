"""The benchmark's passages: the corpus, unseen documents, made ones and distractors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.retrieval import distractors
from eval.retrieval.made import make
from eval.retrieval.questions import Entry, Piece, Relevant, read, relevant
from ingest.pipeline import ingest
from rag.home import Home
from rag.search.embed import Embedder
from rag.search.missing import embed_all
from rag.store.catalogue import Catalogue

HERE = Path(__file__).parent
FOLDERS = (HERE.parents[1] / "corpus", HERE.parent / "unseen")
_READ = (".pdf", ".docx", ".md", ".html", ".txt")


@dataclass(frozen=True)
class Collection:
    """A catalogue, its passages as pieces, the questions, and what answers them."""

    home: Home
    catalogue: Catalogue
    pieces: list[Piece]
    entries: list[Entry]
    relevant: Relevant


def collect(folder: Path, embedder: Embedder, count: int) -> Collection:
    """Make a catalogue in `folder` of the documents and `count` distractors.

    Raises ValueError where a document cannot be read, or a question has no answer.
    """
    home = Home(folder / "home")
    made = make()
    (folder / "made").mkdir()
    for name, text in made.files.items():
        (folder / "made" / name).write_text(text, "utf8")
    found = [p for f in (*FOLDERS, folder / "made") for p in sorted(f.iterdir())]
    files = [p for p in found if p.suffix in _READ and p.name != "README.md"]
    for report in ingest(files, home, None):
        if report.error:
            raise ValueError(f"{report.path}: {report.error.en}")
    catalogue = Catalogue(home)
    if count:
        distractors.add(catalogue, distractors.paragraphs(count))
    embed_all(home, catalogue, embedder)
    entries = [*read(HERE / "house.jsonl"), *read(HERE / "blind.jsonl"), *made.entries]
    pieces = list(_pieces(catalogue))
    answers = relevant(entries, pieces)
    for entry in entries:
        if not answers[entry.id]:
            raise ValueError(f"{entry.id}: no passage holds any of {entry.answers}")
    return Collection(home, catalogue, pieces, entries, answers)


def _pieces(catalogue: Catalogue) -> Iterator[Piece]:
    files = {d.id: d.file for d in catalogue.documents()}
    for passage in catalogue.passages():
        yield Piece(passage.id, files[passage.document], passage.text)
