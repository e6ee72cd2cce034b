"""A small file with all that the catalogue holds of it, for the tests of the stores."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from rag.store.catalogue import Catalogue
from rag.store.embeddings import Vectors, embedded_text, text_key
from rag.store.source import Block, Box, Page, SourceDocument, Span
from rag.types import (
    Cell,
    Column,
    CouncilDocument,
    Figure,
    Finding,
    Passage,
    Place,
    Row,
    Section,
    Table,
    Text,
)

EMBEDDER = "test-1"
DIMENSIONS = 16


@dataclass
class File:
    source: SourceDocument
    data: bytes
    documents: list[CouncilDocument]
    figures: list[Figure]
    findings: list[Finding]
    passages: list[Passage]

    def store(self, catalogue: Catalogue, reader: str = "") -> bool:
        written = catalogue.replace(
            *(self.source, self.data, self.documents, self.figures, self.findings, self.passages),
            reader=reader,
        )
        self.embed(catalogue)
        return written

    def embed(self, catalogue: Catalogue, embedder: str = EMBEDDER) -> None:
        """Store the vectors of its passages: those of their texts alone."""
        titles = {d.id: d.title for d in self.documents}
        keys = [text_key(embedded_text(titles[p.document], p.section, p.text))
                for p in self.passages]  # fmt: skip
        catalogue.embed(embedder, keys, embed([p.text for p in self.passages]))


def embed(texts: list[str]) -> Vectors:
    """A text's own pseudo-random direction, the same in every process."""
    rows = [
        np.random.default_rng(
            int.from_bytes(hashlib.sha256(t.encode()).digest()[:8], "big")
        ).normal(size=DIMENSIONS)
        for t in texts
    ]
    return np.array(rows, dtype=np.float32).reshape(len(texts), DIMENSIONS)


def make(path: str, *texts: str, number: str = "ØU10", year: int = 2029) -> File:
    """A file of one document, one passage and one figure for each text, a page each."""
    data = "\f".join((path, number, *texts)).encode()
    sha = hashlib.sha256(data).hexdigest()
    document = f"{sha[:16]}-1"
    pages = tuple(
        Page(n, text, (Span(0, len(text), Box(10.04, 20.0, 300.26, 31.5)),), 595.3, 841.9)
        for n, text in enumerate(texts, start=1)
    )
    blocks = tuple(Block("paragraph", p.number, 0, len(p.text)) for p in pages)
    places = [Place(document, p.number, 0, len(p.text), "Forslag", 1) for p in pages]
    row = Row("Årsværk", "Personale", places[0], (Cell("4", "value", 0, 1),))
    table = Table("t1", None, "Tabel 1", "årsværk", 1, None, (Column("2029", year),), (row,))
    figures = [_figure(f"{document}/f{n}", p, year) for n, p in enumerate(places)]
    return File(
        SourceDocument(sha, path, "text/plain", pages, blocks, metadata={"Title": path}),
        data,
        [
            CouncilDocument(
                document,
                sha,
                path,
                "prioriteringsforslag",
                f"Forslag {number}",
                municipality="Høje-Taastrup",
                number=number,
                date=dt.date(2025, 8, 19),
                sections=(Section("Forslag", 1, 1, 0),),
                tables=(table,),
            )
        ],
        figures,
        [Finding(f"{document}/x", "sum", "hard", Text("uenige", "disagree"), tuple(places[:2]))],
        [
            Passage(f"{document}/p{p.number}/0", document, p.number, 0, len(p.text), "", p.text)
            for p in pages
        ],
    )


def _figure(id: str, place: Place, year: int) -> Figure:
    return Figure(
        id,
        place.document,
        "Årsværk",
        "staff",
        "Personale",
        year,
        None,
        "-2,5",
        "value",
        Decimal("-2.5"),
        None,
        None,
        "årsværk",
        1,
        None,
        "cut",
        place,
        place,
    )
