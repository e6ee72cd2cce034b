"""The sentences of a politikersvar: short, factual, a proposal told as a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from typing import Literal

from rag.answer import Calculation, Citation
from rag.gate.sources import EARLIER
from rag.text.dates import spoken_date
from rag.text.numbers import format_number
from rag.text.units import STAFF
from rag.types import CouncilDocument, Figure
from rag.wording import effect_word, name

Before = Literal["never", "just", "earlier"]
"""Whether a document was named before in a draft: in the sentence before, or further up."""

_MILLION = Decimal(1_000_000)


def called(document: CouncilDocument, first: bool) -> str:
    """Return what to call a document: by its title and budget too where it is named first."""
    short, budget = name(document, "da"), f" (Budget {document.period})" if document.period else ""
    if not document.number:
        return short.replace(f" ({document.period})", budget)
    if not first:
        return short
    title = document.title.removeprefix(document.number).strip()
    return f"{short} »{title}«{budget}"


def figure_sentence(document: CouncilDocument, figures: Sequence[Figure], first: bool) -> str:
    """Return "Forslaget ØU02 foreslår en reduktion på 6 årsværk i 2026 og 8 årsværk i 2027."

    The empty string where the figures are of no one kind (a dash, a range, an
    unknown effect, no year), which is told as the answer tells it.
    """
    kinds = {(f.measure, f.unit, f.effect, f.price_level) for f in figures}
    plain = all(f.value is not None and f.year and f.effect != "unknown" for f in figures)
    if len(kinds) != 1 or not plain or figures[0].unit not in ("kr.", *STAFF):
        return ""
    figure = figures[0]
    verb = "foreslår" if document.decision == "proposed" else "angiver"
    change = effect_word(figure, figure.effect, "da")
    amounts = _listed([f"{size(f)} i {f.year}" for f in _by_year(figures)])
    row = "" if figure.unit in STAFF else f" (»{figure.measure}«{_price(figure)})"
    return f"{called(document, first)} {verb} en {change} på {amounts}{row}."


def calculation_text(told: str, shown: Calculation) -> str:
    """Return an answer's sentence on what was computed, its arithmetic in a sentence after it."""
    head, _, rest = told.partition(f" ({shown.expression})")
    return f"{head.rstrip('.')}. Det er {shown.expression}{rest}" if rest else told


def quote_sentence(citation: Citation, before: Before) -> str:
    """Return the sentence that gives a document's own words."""
    document, quote = citation.document, " ".join(citation.quote.split())
    if before == "just":
        return f"Det fremgår også: »{quote}«"
    if document.kind == EARLIER:
        when = f" af {spoken_date(document.date, 'da')}" if document.date else ""
        return f"I {_lower(name(document, 'da'))}{when} er det oplyst: »{quote}«"
    return f"Det fremgår af {_lower(called(document, before == 'never'))}: »{quote}«"


def size(figure: Figure) -> str:
    """Return a figure without its sign: "1,5 mio. kr.", "450.000 kr.", "2 årsværk"."""
    amount = abs(figure.amount or Decimal(0))
    if figure.unit == "kr." and amount >= _MILLION and amount % 10_000 == 0:
        return f"{format_number(amount / _MILLION)} mio. kr."
    return f"{format_number(amount)} {figure.unit}"


def _by_year(figures: Sequence[Figure]) -> list[Figure]:
    """Return one figure a year, in order; equal years are told once."""
    ordered = sorted(figures, key=lambda f: f.year or 0)
    return [next(same) for _, same in groupby(ordered, key=lambda f: (f.year, f.amount))]


def _price(figure: Figure) -> str:
    return f", {figure.price_level}" if figure.price_level else ""


def _listed(parts: list[str]) -> str:
    return " og ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
