"""Why a question has no answer, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.answer import Answer, WhyNot
from rag.figures.found import Found
from rag.query import Query
from rag.types import CouncilDocument, Figure, Text
from rag.wording import name

NOT_FOUND = Text(
    "Dokumenterne i samlingen svarer ikke på det spørgsmål.",
    "The documents in the collection do not answer that question.",
)
NOTHING = Text(
    "Dokumenterne i samlingen har intet tal, der svarer på det.",
    "The documents in the collection hold no figure that answers this.",
)
NONE_SUCH = Text(
    "Ingen af de dokumenter, der har et sådant tal, opfylder det.",
    "None of the documents that have such a figure meets that.",
)
# The reason that says most about what was asked comes first.
_MOST_ROWS = 12
_ORDER = ("cell_blank", "column_open", "year_outside", "measure_missing", "nothing_found")


def nothing(query: Query) -> Answer:
    """Return that nothing answers a question."""
    text = NOTHING if query.intent == "figure" else NOT_FOUND
    return Answer(
        "not_found",
        query.language,
        why_not=WhyNot("nothing_found", text.in_(query.language)),
        query=query,
    )


def too_many(query: Query, most: int) -> Answer:
    """Return that more than `most` documents would have to be compared."""
    text = Text(
        f"Spørgsmålet gælder flere end {most} dokumenter, og svaret er kun sikkert, når alle er "
        "sammenlignet. Nævn en kommune, et budget eller et emne.",
        f"The question is on more than {most} documents, and the answer is certain only where all "
        "are compared. Name a municipality, a budget or a matter.",
    )
    why = WhyNot("too_many", text.in_(query.language))
    return Answer("not_found", query.language, why_not=why, query=query)


def near_miss(found: Sequence[Found]) -> Found:
    """Return the outcome that says most of why no figure answers."""
    none = Found((), "nothing_found")
    return min(found, key=lambda f: _ORDER.index(f.reason), default=none)


def why_no_figure(outcome: Found, query: Query, documents: Mapping[str, CouncilDocument]) -> WhyNot:
    """Return why no figure answers, from the outcome of a look-up."""
    if not outcome.near:
        return WhyNot("nothing_found", NOTHING.in_(query.language))
    document = documents[outcome.near[0].document]
    text = {
        "year_outside": _year_outside,
        "cell_blank": _cell_blank,
        "column_open": _column_open,
        "measure_missing": _measure_missing,
    }[outcome.reason](document, outcome.near, query)
    code = "measure_missing" if outcome.reason == "column_open" else outcome.reason
    return WhyNot(code, text.in_(query.language))


def _year_outside(document: CouncilDocument, near: Sequence[Figure], query: Query) -> Text:
    asked = ", ".join(map(str, query.years))
    own = (f for f in near if f.document == document.id)
    years = sorted({f.year for f in own if f.year is not None})
    there = ", ".join(map(str, years))
    row = f" for »{near[0].measure}«" if near[0].measure else ""
    known_da = f"; tallene dér er for {there}" if there else ""
    known_en = f"; its figures are for {there}" if there else ""
    near_da = near_en = ""
    if years and query.years:
        closest = min(years, key=lambda year: min(abs(year - a) for a in query.years))
        near_da = f" Det nærmeste, der kan spørges om, er {closest}."
        near_en = f" The nearest that can be asked for is {closest}."
    return Text(
        f"{name(document, 'da')} har intet tal{row} i {asked}{known_da}.{near_da}",
        f"{name(document, 'en')} has no figure{row} in {asked}{known_en}.{near_en}",
    )


def _cell_blank(document: CouncilDocument, near: Sequence[Figure], query: Query) -> Text:
    first = near[0]
    dated = [f for f in near if f.context == first.context and (f.year or f.period)]
    years = ", ".join(str(f.year or f.period) for f in dated)
    da, en = (f" for {years}", f" for {years}") if years else ("", "")
    return Text(
        f"{name(document, 'da')} har rækken »{first.measure}«, men feltet er tomt{da}.",
        f"{name(document, 'en')} has the row »{first.measure}«, but the cell is blank{en}.",
    )


def _column_open(document: CouncilDocument, near: Sequence[Figure], query: Query) -> Text:
    cells = ", ".join(f"»{m}«" for m in dict.fromkeys(f.measure for f in near[:_MOST_ROWS]))
    return Text(
        f"{name(document, 'da')} har flere tal, og spørgsmålet vælger ikke imellem dem: {cells}.",
        f"{name(document, 'en')} has several figures, and the question does not choose "
        f"between them: {cells}.",
    )


def _measure_missing(document: CouncilDocument, near: Sequence[Figure], query: Query) -> Text:
    measures = list(dict.fromkeys(f.measure for f in near))
    rows = ", ".join(f"»{m}«" for m in measures[:_MOST_ROWS])
    rows += " …" if len(measures) > _MOST_ROWS else ""
    return Text(
        f"{name(document, 'da')} har ikke det tal. Dets tabeller har rækkerne {rows}.",
        f"{name(document, 'en')} does not hold that figure. Its tables have the rows {rows}.",
    )
