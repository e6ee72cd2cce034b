"""What the documents have today where a text says otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from rag.gate.claims import Claim
from rag.gate.gate import Gate, Verdict, told
from rag.gate.match import likeness, same_years, unit_fits
from rag.gate.parts import Holder
from rag.gate.sources import Sources
from rag.gate.subjects import Subject
from rag.types import Figure, Text


def current(
    text: str, verdicts: Iterable[Verdict], gate: Gate, sources: Sources
) -> list[tuple[Verdict, Text]]:
    """Return each amount of `text` that did not pass, with what the documents have today.

    Today's figure is that of the same document, year, unit and measure; an
    amount on which the documents are silent is left out.
    """
    holder = Holder(sources)
    by_start = {c.start: (c, s) for c, s in gate.read(text)}
    found = []
    for verdict in verdicts:
        if verdict.kind != "amount" or verdict.passed or verdict.outcome == "partly":
            continue
        if verdict.start in by_start:
            figure = _today(*by_start[verdict.start], holder, sources)
            if figure is not None:
                found.append((verdict, told(figure, sources)))
    return found


def _today(claim: Claim, subject: Subject, holder: Holder, sources: Sources) -> Figure | None:
    if subject.documents is None or not claim.years:
        return None
    same = [
        f
        for f in sources.figures(subject.documents)
        if subject.fits(f.document, sources.sentence(f)) and _same_cell(claim, f, holder, sources)
    ]
    return max(same, key=lambda f: likeness(claim, f), default=None)


def _same_cell(claim: Claim, figure: Figure, holder: Holder, sources: Sources) -> bool:
    fits = any(unit is not None and unit_fits(claim, unit, figure) for unit, _ in claim.units)
    alike = likeness(claim, figure) > 0 or figure.unit != "kr."
    dated = same_years(claim, figure, sources.sentence(figure))
    return fits and alike and dated and holder.names(claim, figure)
