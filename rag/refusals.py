"""Why a question for a figure has no answer, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.figure_lookup import Found
from rag.types import CouncilDocument, Figure, Query, Text, WhyNot
from rag.wording import name

NOTHING = Text(
    "Dokumenterne i samlingen har intet tal, der svarer på det.",
    "The documents in the collection hold no figure that answers this.",
)
# The reason that says most about what was asked comes first.
_ORDER = ("cell_blank", "year_outside", "measure_missing", "nothing_found")


def why_no_figure(
    found: Sequence[Found], query: Query, documents: Mapping[str, CouncilDocument]
) -> WhyNot:
    """Return why no figure answers, from the outcomes of the look-ups."""
    nothing = Found((), "nothing_found")
    outcome = min(found, key=lambda f: _ORDER.index(f.reason), default=nothing)
    if not outcome.near:
        return WhyNot("nothing_found", NOTHING.in_(query.language))
    document = documents[outcome.near[0].document]
    text = {
        "year_outside": _year_outside,
        "cell_blank": _cell_blank,
        "measure_missing": _measure_missing,
    }[outcome.reason](document, outcome.near, query)
    return WhyNot(outcome.reason, text.in_(query.language))


def _year_outside(document: CouncilDocument, near: Sequence[Figure], query: Query) -> Text:
    asked = ", ".join(map(str, query.years))
    there = ", ".join(map(str, sorted({f.year for f in near if f.year is not None})))
    row = f" for »{near[0].measure}«" if near[0].measure else ""
    known_da = f"; tallene dér er for {there}" if there else ""
    known_en = f"; its figures are for {there}" if there else ""
    return Text(
        f"{name(document, 'da')} har intet tal{row} i {asked}{known_da}.",
        f"{name(document, 'en')} has no figure{row} in {asked}{known_en}.",
    )


def _cell_blank(document: CouncilDocument, near: Sequence[Figure], query: Query) -> Text:
    first = near[0]
    years = ", ".join(str(f.year or f.period) for f in near if f.context == first.context)
    return Text(
        f"{name(document, 'da')} har rækken »{first.measure}«, men feltet er tomt for {years}.",
        f"{name(document, 'en')} has the row »{first.measure}«, but the cell is blank for {years}.",
    )


def _measure_missing(document: CouncilDocument, near: Sequence[Figure], query: Query) -> Text:
    rows = ", ".join(f"»{m}«" for m in dict.fromkeys(f.measure for f in near))
    return Text(
        f"{name(document, 'da')} har ikke det tal. Dets tabeller har rækkerne {rows}.",
        f"{name(document, 'en')} does not hold that figure. Its tables have the rows {rows}.",
    )
