"""Questions to try, made from the figures and documents of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from rag.store.lookup import Lookup
from rag.store.shelf import current
from rag.text.units import STAFF
from rag.types import CouncilDocument, Figure, Language, Text

_DOCUMENTS, _TRIES = 24, 6  # documents whose figures are read; questions tried of each kind
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
_CELL = Text(
    "Hvad er »{measure}« i {number} i {year}?",
    "What is “{measure}” in {number} in {year}?",
)
_YEARS = Text(
    "Hvad er »{measure}« i {number} fra {first} til {year}?",
    "What is “{measure}” in {number} from {first} to {year}?",
)
_ASKED = Text("Hvornår stillede {asker} sit spørgsmål?", "When did {asker} ask the question?")

_Candidate = tuple[str, str]
"""A document's id, and a question of it."""


def examples(
    catalogue: Lookup,
    language: Language,
    answered: Callable[[str], bool],
    numbers: Sequence[str] = (),
) -> tuple[str, ...]:
    """Return a few questions that `answered` says are answered, each of another kind.

    They are of different documents as long as there are others; `numbers`
    keeps to the documents of those numbers.
    """
    documents = current(catalogue.documents(numbers=numbers or None))
    numbered = [d for d in documents if d.number and _alone(d, documents)]
    # The newest budget first.
    numbered.sort(key=lambda d: d.period or "", reverse=True)
    numbered = numbered[:_DOCUMENTS]
    rows = _rows(catalogue.figures([d.id for d in numbered]))
    used: set[str] = set()
    questions: list[str] = []
    for kind in (
        _staff(numbered, rows, language),
        _years(numbered, rows, language),
        _cells(numbered, rows, language),
        _asked(documents, language),
    ):
        candidates = sorted(islice(kind, 4 * _TRIES), key=lambda c: c[0] in used)[:_TRIES]
        for document, question in candidates:
            if answered(question):
                used.add(document)
                questions.append(question)
                break
    return tuple(dict.fromkeys(questions))


def _alone(document: CouncilDocument, documents: Sequence[CouncilDocument]) -> bool:
    """Tell whether a document's number is its own."""
    return sum(d.number == document.number for d in documents) == 1


def _rows(figures: Sequence[Figure]) -> dict[str, list[list[Figure]]]:
    """Return each document's table rows: the figures with a year and a value, by year."""
    rows: dict[tuple[str, int, int], list[Figure]] = {}
    for figure in figures:
        telling = figure.concept not in (None, "current_budget")
        if figure.table and telling and figure.year is not None and figure.value:
            context = figure.context
            rows.setdefault((figure.document, context.page, context.start), []).append(figure)
    found: dict[str, list[list[Figure]]] = {}
    for (document, *_), row in rows.items():
        found.setdefault(document, []).append(sorted(row, key=lambda f: f.year or 0))
    return found


_Rows = dict[str, list[list[Figure]]]


def _staff(
    documents: Sequence[CouncilDocument], rows: _Rows, language: Language
) -> Iterator[_Candidate]:
    for document in documents:
        for row in rows.get(document.id, []):
            if row[-1].unit in STAFF:
                text = _STAFF[row[-1].effect].in_(language)
                yield document.id, text.format(number=document.number, year=row[-1].year)


def _years(
    documents: Sequence[CouncilDocument], rows: _Rows, language: Language
) -> Iterator[_Candidate]:
    for document in documents:
        for row in rows.get(document.id, []):
            if len(row) > 2 and row[0].unit == "kr." and row[0].year != row[-1].year:
                yield document.id, _filled(_YEARS.in_(language), document, row)


def _cells(
    documents: Sequence[CouncilDocument], rows: _Rows, language: Language
) -> Iterator[_Candidate]:
    for document in documents:
        for row in rows.get(document.id, []):
            if row[-1].unit == "kr.":
                yield document.id, _filled(_CELL.in_(language), document, row)


def _filled(text: str, document: CouncilDocument, row: Sequence[Figure]) -> str:
    return text.format(
        measure=row[0].measure, number=document.number, first=row[0].year, year=row[-1].year
    )


def _asked(documents: Sequence[CouncilDocument], language: Language) -> Iterator[_Candidate]:
    for document in documents:
        if document.asker:
            yield document.id, _ASKED.in_(language).format(asker=document.asker)
