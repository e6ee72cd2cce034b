"""Questions to try, made from the figures and documents of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from rag.catalogue import Catalogue
from rag.scope import current
from rag.types import CouncilDocument, Figure, Language, Text
from rag.wording import STAFF

_MOST, _LOOKED_AT = 4, 24  # questions shown; documents whose figures are read for them
_STAFF = {
    "cut": Text(
        "Hvor mange årsværk sparer {number} i {year}?",
        "How many FTE does {number} cut in {year}?",
    ),
    "raise": Text(
        "Hvor mange årsværk tilfører {number} i {year}?",
        "How many FTE does {number} add in {year}?",
    ),
    "unknown": Text(
        "Hvor mange årsværk har {number} i {year}?",
        "How many FTE does {number} have in {year}?",
    ),
}
_MONEY = Text(
    "Hvad er »{measure}« i {number} i {year}?",
    "What is “{measure}” in {number} in {year}?",
)
_ASKED = Text("Hvornår stillede {asker} sit spørgsmål?", "When did {asker} ask the question?")
_NET = Text("Hvad er nettoændringen i {number} år for år?", "What is the net change in {number}?")


def examples(
    catalogue: Catalogue, language: Language, numbers: Sequence[str] = ()
) -> tuple[str, ...]:
    """Return up to four questions that the catalogue answers; `numbers` keeps to some documents.

    Each is of another document as long as there are others.
    """
    documents = current(catalogue.documents(numbers=numbers or None))
    numbered = [d for d in documents if d.number and _alone(d, documents)]
    # The newest budget first.
    numbered.sort(key=lambda d: d.period or "", reverse=True)
    numbered = numbered[:_LOOKED_AT]
    figures = [
        f
        for f in catalogue.figures([d.id for d in numbered])
        if f.table and f.year is not None and f.value
    ]
    kinds: list[Callable[[], Iterable[tuple[str, str]]]] = [
        lambda: _staff(numbered, figures, language),
        lambda: _net(numbered, figures, language),
        lambda: _money(numbered, figures, language),
        lambda: _asked(documents, language),
    ]
    used: set[str] = set()
    questions: list[str] = []
    for kind in kinds:
        candidates = list(islice(kind(), _LOOKED_AT))
        fresh = [c for c in candidates if c[0] not in used] or candidates
        if fresh:
            document, question = fresh[0]
            used.add(document)
            questions.append(question)
    return tuple(dict.fromkeys(questions))[:_MOST]


def _alone(document: CouncilDocument, documents: Sequence[CouncilDocument]) -> bool:
    """Tell whether a document's number is its own."""
    return sum(d.number == document.number for d in documents) == 1


def _of(figures: Sequence[Figure], document: CouncilDocument) -> list[Figure]:
    return [f for f in figures if f.document == document.id]


def _staff(
    documents: Sequence[CouncilDocument], figures: Sequence[Figure], language: Language
) -> Iterable[tuple[str, str]]:
    for document in documents:
        staff = [f for f in _of(figures, document) if f.unit in STAFF and f.concept]
        if staff:
            last = max(staff, key=lambda f: f.year or 0)
            text = _STAFF[last.effect].in_(language)
            yield document.id, text.format(number=document.number, year=last.year)


def _net(
    documents: Sequence[CouncilDocument], figures: Sequence[Figure], language: Language
) -> Iterable[tuple[str, str]]:
    for document in documents:
        if any(f.concept == "net" for f in _of(figures, document)):
            yield document.id, _NET.in_(language).format(number=document.number)


def _money(
    documents: Sequence[CouncilDocument], figures: Sequence[Figure], language: Language
) -> Iterable[tuple[str, str]]:
    for document in documents:
        for figure in _of(figures, document):
            if figure.unit == "kr." and figure.concept not in (None, "net"):
                yield (
                    document.id,
                    _MONEY.in_(language).format(
                        measure=figure.measure, number=document.number, year=figure.year
                    ),
                )


def _asked(documents: Sequence[CouncilDocument], language: Language) -> Iterable[tuple[str, str]]:
    for document in documents:
        if document.asker and document.asked:
            yield document.id, _ASKED.in_(language).format(asker=document.asker)
