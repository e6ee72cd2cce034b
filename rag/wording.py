"""The sentences an answer is made of, in Danish and English."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from rag.answer import Calculation
from rag.text.dates import FAR, period_years
from rag.text.numbers import format_number
from rag.text.units import STAFF, unit_name
from rag.types import CouncilDocument, Figure, Language, Text

_KINDS = {
    "prioriteringsforslag": Text("Forslaget", "The proposal"),
    "prioriteringskatalog": Text("Kataloget", "The catalogue"),
    "budgetnotat": Text("Budgetnotatet", "The budget note"),
    "politikersvar": Text("Politikersvaret", "The written answer (politikersvar)"),
    "dagsordenspunkt": Text("Punktet", "The agenda item"),
}
_STAFF_EN = {"årsværk": "FTE (årsværk)", "stillinger": "positions"}


def told_apart(documents: Iterable[CouncilDocument]) -> list[CouncilDocument]:
    """Return `documents` with what tells those apart that share a number.

    That is their place, their budget and their version.
    """
    listed = list(documents)
    places, budgets, versions = (defaultdict[str, set[str | None]](set) for _ in range(3))
    for document in listed:
        places[document.number or ""].add(document.municipality)
        budgets[document.number or ""].add(document.period)
        versions[document.number or ""].add(document.version)

    def called(document: CouncilDocument) -> CouncilDocument:
        number = document.number or ""
        place = document.municipality if len(places[number]) > 1 else None
        period = document.period if len(budgets[number]) > 1 else None
        version = document.version if len(versions[number]) > 1 else None
        marks = ", ".join(filter(None, (place, period and f"Budget {period}", version)))
        return replace(document, number=f"{number} ({marks})") if number and marks else document

    return [called(document) for document in listed]


def name(document: CouncilDocument, language: Language) -> str:
    """Return what to call a document: "Forslaget ØU10", "Politikersvaret til …"."""
    kind = _KINDS.get(document.kind, Text("Dokumentet", "The document")).in_(language)
    if document.number:
        return f"{kind} {document.number}"
    if document.kind == "politikersvar" and document.asker:
        return f"{kind} {'to' if language == 'en' else 'til'} {document.asker}"
    marks = ", ".join(filter(None, (document.period, document.version)))
    return f"{kind} »{document.title}«" + (f" ({marks})" if marks else "")


def when(figure: Figure, language: Language) -> str:
    """Return the figure's year or period as a phrase, "" where it has none."""
    if figure.year is not None:
        return f" {'in' if language == 'en' else 'i'} {figure.year}"
    if not figure.period:
        return ""
    years = period_years(figure.period)
    if years.stop == FAR + 1:
        return f" {'from' if language == 'en' else 'fra'} {years[0]}" + (
            " onwards" if language == "en" else " og frem"
        )
    return f" {'in' if language == 'en' else 'i'} {figure.period}"


def amount(value: Decimal, unit: str | None, language: Language) -> str:
    """Write an amount in whole units: "2.200.000 kr.", "4 årsværk"."""
    if language == "en" and unit in _STAFF_EN:
        return f"{format_number(value)} {_STAFF_EN[unit]}"
    return f"{format_number(value)} {unit or ''}".strip()


def printed(figure: Figure) -> str:
    """Write a figure as it is printed, with its unit."""
    if figure.table is None and (figure.unit, figure.scale) == ("kr.", 1_000):
        return f"{figure.text} t.kr."  # "95 1.000 kr." is read as another amount
    return f"{figure.text} {unit_name(figure.unit, figure.scale)}".strip()


def cell_sentence(document: CouncilDocument, figure: Figure, language: Language) -> str:
    """Return the sentence that tells one table cell."""
    who = name(document, language)
    row = f"»{figure.measure}«"
    at = when(figure, language)
    if figure.state == "dash":
        return Text(
            f"{who} har en streg ({figure.text}) i rækken {row}{at}.",
            f"{who} prints a dash ({figure.text}) in the row {row}{at}.",
        ).in_(language)
    change = _change(document, figure, language)
    if change and figure.value is not None:
        size = amount(abs(figure.value * figure.scale), figure.unit, language)
        return f"{who} {change} {size}{at} ({row}: {_cell(figure, language)})."
    equal = ""
    if figure.unit == "kr." and figure.scale != 1 and figure.amount is not None:
        equal = f" = {amount(figure.amount, 'kr.', language)}"
    verb = Text("angiver", "states").in_(language)
    return f"{who} {verb} {row}{at}: {_cell(figure, language)}{equal}".rstrip(".") + "."


def row_sentence(document: CouncilDocument, figures: list[Figure], language: Language) -> str:
    """Return the sentence that tells several cells of one row."""
    who = name(document, language)
    cells = ", ".join(f"{f.text} ({f.year or f.period})" for f in figures)
    unit = unit_name(figures[0].unit, figures[0].scale)
    price = f", {figures[0].price_level}" if figures[0].price_level else ""
    kinds = {f.effect for f in figures if f.value}
    meaning = ""
    if len(kinds) == 1 and (effect := kinds.pop()) != "unknown":
        meaning = f"; {effect_word(figures[0], effect, language)}"
    verb = _says(document, language)
    return f"{who} {verb} »{figures[0].measure}«: {cells} ({unit}{price}{meaning})."


_RESULTS = {
    "sum": Text("tilsammen", "together"),
    "average": Text("i gennemsnit", "on average"),
    "difference": Text("forskel", "difference"),
    "percent": Text("ændring", "change"),
}


def computed_sentence(
    document: CouncilDocument, shown: Calculation, operation: str, language: Language
) -> str:
    """Return the sentence that tells what was computed over the years of a row, and how."""
    first, last = (shown.operands[at][0] for at in (0, -1))
    who = f"{name(document, language)}, »{first.measure}« {first.year}-{last.year}"
    result = f"{amount(shown.result, shown.unit, language)} ({shown.expression})"
    effects = {f.effect for f, _ in shown.operands if f.value}
    if operation not in ("difference", "percent") or effects not in ({"cut"}, {"raise"}):
        return f"{who}, {_RESULTS[operation].in_(language)}: {result}."
    word = effect_word(first, effects.pop(), language)
    rises = Text("stiger med", "rises by") if shown.result >= 0 else Text("falder med", "falls by")
    return f"{who}: {word} {rises.in_(language)} {result.lstrip('−')}."


def label(figure: Figure, documents: Mapping[str, CouncilDocument], among: Sequence[Figure]) -> str:
    """Return what tells a figure from those it is compared with: its document, or its row."""
    if len({f.document for f in among}) == 1:
        return f"»{figure.measure}«"
    document = documents[figure.document]
    return document.number or f"»{document.title}«"


def difference_sentence(
    names: Sequence[str], figure: Figure, shown: Calculation, language: Language, sum: bool = False
) -> str:
    """Return the sentence that tells the difference of two figures, or the sum of several."""
    listed = Text(" og ", " and ").in_(language).join(names)
    what = Text("Tilsammen for", "Together, for") if sum else Text("Forskel på", "Difference of")
    result = amount(shown.result, shown.unit, language)
    return f"{what.in_(language)} {listed}{when(figure, language)}: {result} ({shown.expression})."


def most_sentence(names: Sequence[str], figure: Figure, operation: str, language: Language) -> str:
    """Return the sentence that tells which row or document has most, or least."""
    listed = Text(" og ", " and ").in_(language).join(names)
    most = Text("Størst", "Largest") if operation == "most" else Text("Mindst", "Smallest")
    verb = Text("er", "is").in_(language)
    size = f"{printed(figure)}" if figure.unit != "kr." else _cell(figure, language)
    told = f"{most.in_(language)}{when(figure, language)} {verb} {listed}: {size}"
    return told.rstrip(".") + "."


def share_sentence(part: str, whole: str, shown: Calculation, language: Language) -> str:
    """Return the sentence that tells what share one figure is of another."""
    verb, of = Text("udgør", "is").in_(language), Text("af", "of").in_(language)
    result = amount(shown.result, shown.unit, language)
    return f"{part} {verb} {result} {of} {whole} ({shown.expression})."


def prose_sentence(
    document: CouncilDocument, figures: list[Figure], quote: str, language: Language
) -> str:
    """Return the sentence that tells figures of one sentence of prose, which is quoted."""
    who = name(document, language)
    verb = Text("skriver", "says").in_(language)
    told = ", ".join(_told(f, language) for f in figures)
    return f"{who} {verb} {told}: »{quote}«"


def _told(figure: Figure, language: Language) -> str:
    about = Text("ca. ", "about ").in_(language) if figure.approximate else ""
    return f"{about}{printed(figure)}{when(figure, language)}"


def _cell(figure: Figure, language: Language) -> str:
    if figure.unit != "kr.":
        return printed(figure)
    price = f", {figure.price_level}" if figure.price_level else ""
    unit = unit_name("kr.", figure.scale)
    if figure.scale == 1:
        return f"{figure.text} {unit}{price}"
    return f"{figure.text} {'in' if language == 'en' else 'i'} {unit}{price}"


def _says(document: CouncilDocument, language: Language) -> str:
    if document.decision == "proposed":
        return Text("foreslår", "proposes").in_(language)
    return Text("angiver", "states").in_(language)


def _change(document: CouncilDocument, figure: Figure, language: Language) -> str | None:
    """Return "foreslår en reduktion på" where a figure's effect is known."""
    if figure.effect == "unknown" or figure.value is None:
        return None
    word = effect_word(figure, figure.effect, language)
    article = "an" if word[0] in "aeio" else "a"
    return f"{_says(document, language)} " + Text(f"en {word} på", f"{article} {word} of").in_(
        language
    )


def effect_word(figure: Figure, effect: str, language: Language) -> str:
    """Return what an effect is of a figure: "reduktion", "merudgift netto"."""
    if figure.unit in STAFF:
        words = Text("reduktion", "reduction"), Text("forøgelse", "rise")
    elif figure.concept == "net":
        words = Text("mindreudgift netto", "net saving"), Text("merudgift netto", "net expense")
    else:
        words = Text("mindreudgift", "saving"), Text("merudgift", "expense")
    return words[effect == "raise"].in_(language)
