"""Which version of a document a file is, and whether it is in already under another name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from rag.store.lookup import Lookup
from rag.store.source import SourceDocument
from rag.types import CouncilDocument, Figure, Text

_DAY = r"(?:,? (?:af |den |pr\. )?(?:\d{1,2}\. )?[a-zæøå]+ 20\d\d)?"
_VERSION = re.compile(
    r"\b(?:hørings(?:udkast|version|udgave)|(?:første |andet |foreløbigt |politisk )?udkast"
    r"(?! til\b)|(?:foreløbig|endelig|revideret|rettet|opdateret|korrigeret|justeret)t? "
    rf"(?:udgave|version)|version \d+(?:\.\d+)*|genudsendt)\b{_DAY}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:^|[\W_])(hørings?udkast|høringsversion|udkast|endelig|revideret|v\d{1,2})(?=$|[\W_])", re.I
)
_HEAD = 12  # lines in which a document tells its version
# Items and meetings bear the same titles again and again.
_RECURRING = ("dagsorden", "dagsordenspunkt")
_LEAST_TITLE = 12
_MOST_TOLD = 3


def version_of(fields: dict[str, str], lines: Sequence[str], path: str) -> str | None:
    """Return a document's version as it or its file's name tells it: "Høringsudkast, maj 2025"."""
    if given := fields.get("version", ""):
        return given if len(given) < 60 else None
    for line in lines[:_HEAD]:
        # A line that tells it is a head, or begins with it; a sentence tells of others too.
        found = _VERSION.search(line) if len(line) < 80 and line[-1:] not in ".,;" else None
        if found:
            return found[0]
    stem = PurePath(path).stem.replace("oe", "ø").replace("ae", "æ")
    named = _NAMED.search(stem)
    return named[1].lower() if named else None


def told_copies(
    source: SourceDocument,
    documents: Iterable[CouncilDocument],
    figures: Sequence[Figure],
    catalogue: Lookup,
) -> tuple[Text, ...]:
    """Return warnings that a file is in under another name, or its documents from another file.

    Who reads a file in may not see what is closed: of that nothing is told.
    """
    told = [*_same_file(source, catalogue), *_told(documents, figures, catalogue)]
    more = len(told) - _MOST_TOLD
    if more > 0:
        rest = Text(f"Det gælder {more} dokumenter til.", f"So are {more} more documents.")
        told[_MOST_TOLD:] = [rest]
    return tuple(told)


def _same_file(source: SourceDocument, catalogue: Lookup) -> Iterator[Text]:
    held = catalogue.documents(sources=[source.id]) if catalogue.has(source.id) else []
    if not held or any(_is_closed(d) for d in held):
        return
    paths = [s.path for s in catalogue.sources() if s.id == source.id and s.path != source.path]
    for other in (PurePath(path).name for path in paths[:1]):
        yield Text(
            f"Filen er den samme som {other}, der er inde; den læses kun én gang.",
            f"The file is the same as {other}, which is in; it is read only once.",
        )


def _told(
    documents: Iterable[CouncilDocument], figures: Sequence[Figure], catalogue: Lookup
) -> Iterator[Text]:
    for document in documents:
        for other in _others(document, catalogue)[:1]:
            own = [f for f in figures if f.document == document.id]
            same = bool(own) and _values(own) == _values(catalogue.figures([other.id]))
            which = f" ({other.version})" if other.version else ""
            yield Text(
                f"»{_called(document)}« er også inde som {other.file}{which}"
                + (", med de samme tal." if same else "."),
                f"»{_called(document)}« is also in as {other.file}{which}"
                + (", with the same figures." if same else "."),
            )


def _others(document: CouncilDocument, catalogue: Lookup) -> list[CouncilDocument]:
    if document.kind in _RECURRING:
        return []
    if document.number:
        found = catalogue.documents(numbers=[document.number])
    elif len(document.title) >= _LEAST_TITLE:
        found = catalogue.documents(titles=[document.title])
    else:
        return []
    return [
        d
        for d in found
        if d.source != document.source
        and not _is_closed(d)
        and (d.municipality, d.kind, d.period, d.rendition)
        == (document.municipality, document.kind, document.period, document.rendition)
    ]


def _is_closed(document: CouncilDocument) -> bool:
    return document.access == "closed"


def _called(document: CouncilDocument) -> str:
    return f"{document.number} {document.title}" if document.number else document.title


def _values(figures: Iterable[Figure]) -> Counter[tuple[str, int | None, str]]:
    return Counter((f.measure, f.year, f.text) for f in figures)
