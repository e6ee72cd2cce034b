"""The retrieval experiment's passages, questions and judgements.

Passages: the corpus as ingested and, where there are any, paragraphs of
parliament debates as distractors, all in a catalogue of their own.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ingest.pipeline import embedded_text, ingest
from rag.catalogue import Catalogue
from rag.embed import Embedder
from rag.home import Home
from rag.types import CouncilDocument, Page, Passage, SourceDocument

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CORPUS = ROOT / "corpus"
DISTRACTORS = ROOT.parent / "shared" / "training" / "folketing_paragraphs.txt.gz"
_SHORTEST_DISTRACTOR = 200


@dataclass(frozen=True)
class Question:
    """A question, its kind, and the ids of the passages that answer it."""

    id: str
    kind: str
    text: str
    relevant: frozenset[str]


def fill(home: Home, embedder: Embedder, distractors: int) -> tuple[Catalogue, list[Question]]:
    """Ingest the corpus and up to that many distractors; return the questions with judgements."""
    files = sorted(p for p in CORPUS.iterdir() if p.suffix in (".pdf", ".docx"))
    for report in ingest(files, home, embedder):
        if report.error:
            raise ValueError(f"{report.path}: {report.error.en}")
    catalogue = Catalogue(home)
    questions = list(_questions(catalogue))
    if distractors and DISTRACTORS.exists():
        _add_distractors(catalogue, embedder, _paragraphs(distractors))
    return catalogue, questions


def _questions(catalogue: Catalogue) -> Iterator[Question]:
    files = {d.id: d.file for d in catalogue.documents()}
    passages = [(p.id, files[p.document], " ".join(p.text.split())) for p in catalogue.passages()]
    for line in (HERE / "questions.jsonl").read_text("utf8").splitlines():
        entry = json.loads(line)
        relevant = frozenset(
            id
            for id, file, text in passages
            if file.startswith(entry["document"]) and entry["answer"] in text
        )
        if not relevant:
            raise ValueError(f"{entry['id']}: no passage holds {entry['answer']!r}")
        yield Question(entry["id"], entry["kind"], entry["question"], relevant)


def _paragraphs(count: int) -> list[str]:
    with gzip.open(DISTRACTORS, "rt", encoding="utf8") as lines:
        texts = [line.strip() for line in lines if len(line) >= _SHORTEST_DISTRACTOR]
    return texts[:: max(1, len(texts) // count)][:count]


def _add_distractors(catalogue: Catalogue, embedder: Embedder, texts: Sequence[str]) -> None:
    """Store the texts as one file of a document, a page each."""
    data = "\f".join(texts).encode()
    sha = sha256(data).hexdigest()
    pages = tuple(Page(n, text) for n, text in enumerate(texts, 1))
    document = CouncilDocument(f"{sha[:16]}-1", sha, "distractors", "debate", "Folketinget")
    passages = [
        Passage(f"{document.id}/{p.number}", document.id, p.number, 0, len(p.text), "", p.text)
        for p in pages
    ]
    catalogue.replace(
        SourceDocument(sha, "distractors", "text/plain", pages, ()),
        data,
        [document],
        [],
        [],
        passages,
        embedder.embed_passages([embedded_text(document.title, p) for p in passages]),
        embedder.name,
    )
