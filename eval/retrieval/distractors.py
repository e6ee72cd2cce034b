"""Passages that answer nothing: parliament debates and law provisions, where they are there."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from rag.store.catalogue import Catalogue
from rag.store.source import Page, SourceDocument
from rag.types import CouncilDocument, Passage

TRAINING = Path(__file__).parents[3] / "shared" / "training"
_DEBATES, _LAWS = TRAINING / "folketing_paragraphs.txt.gz", TRAINING / "law_title_provision.tsv.gz"
_SHORTEST, _LONGEST = 150, 700  # characters, as passages of council documents have
_A_DOCUMENT = 200


def available() -> bool:
    """Tell whether the texts that distractors are made of are there."""
    return _DEBATES.exists() and _LAWS.exists()


def paragraphs(count: int) -> list[str]:
    """Return `count` texts, half of them debates and half provisions, evenly spread."""
    half = count // 2
    return [*_spread(_lines(_DEBATES), count - half), *_spread(_lines(_LAWS), half)]


def add(catalogue: Catalogue, texts: Sequence[str]) -> None:
    """Store the texts, a passage each, in untitled documents."""
    for first in range(0, len(texts), _A_DOCUMENT):
        _add_document(catalogue, texts[first : first + _A_DOCUMENT])


def _lines(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf8") as lines:
        for line in lines:
            yield line.rsplit("\t", 1)[-1].strip()


def _spread(lines: Iterator[str], count: int) -> list[str]:
    texts = list(dict.fromkeys(t for t in lines if _SHORTEST <= len(t) <= _LONGEST))
    return [texts[i * len(texts) // count] for i in range(min(count, len(texts)))]


def _add_document(catalogue: Catalogue, texts: Sequence[str]) -> None:
    data = "\f".join(texts).encode()
    sha = sha256(data).hexdigest()
    name = f"distractors-{sha[:8]}"
    pages = tuple(Page(n, text) for n, text in enumerate(texts, 1))
    document = CouncilDocument(f"{sha[:16]}-1", sha, name, "debate", "")
    passages = [
        Passage(f"{document.id}/{p.number}", document.id, p.number, 0, len(p.text), "", p.text)
        for p in pages
    ]
    source = SourceDocument(sha, name, "text/plain", pages, ())
    catalogue.replace(source, data, [document], [], [], passages)
