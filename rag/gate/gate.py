"""The gate: binds every figure, year, date, case number, proposal and quotation to a place.

Zero tolerance on value; value, unit, year, measure and proposal must meet in one
figure of the catalogue. What only an earlier answer (politikersvar) says has no source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.answer import Citation
from rag.gate.amounts import Range
from rag.gate.claims import Claim, Kind, read_claims
from rag.gate.context import in_context
from rag.gate.figures import Amounts
from rag.gate.matters import Matters
from rag.gate.parts import PARTS, Part
from rag.gate.sources import Sources
from rag.gate.subjects import Name, Subject, Subjects
from rag.gate.sums import Sum, find_sums
from rag.gate.tables import read_rows
from rag.gate.texts import is_own_fact, places_of
from rag.store.lookup import Lookup
from rag.text.units import UNITS
from rag.types import Figure, Language, Place, Text
from rag.wording import amount, name, printed, when

Outcome = Literal[
    "bound", "computed", "partly", "found_elsewhere", "only_earlier_answer", "not_found"
]
_MARKDOWN_ROW = re.compile(r"^\s*\|.*\|\s*$", re.MULTILINE)
PASSED: frozenset[Outcome] = frozenset({"bound", "computed"})


@dataclass(frozen=True)
class Verdict:
    """What the gate found of `text[start:end]`, which is `words`.

    `place` is what holds it (for `computed`, the first operand) and `figure`
    the figure there, for an amount that is bound; `elsewhere` tells what was
    found instead, where `found_elsewhere`. Where `partly`, the place holds the number (or the
    matter of a decision) and not `part` of what is stated; `elsewhere` tells what it says.
    """

    start: int
    end: int
    words: str
    kind: Kind | Literal["name", "decision"]
    outcome: Outcome
    place: Citation | None = None
    elsewhere: Text | None = None
    figure: Figure | None = None
    part: Part | None = None

    @property
    def bearing(self) -> Citation | None:
        """Its place, where that bears the claim out whole."""
        return None if self.outcome == "partly" else self.place

    @property
    def passed(self) -> bool:
        """Whether the claim has its place."""
        return self.outcome in PASSED


def check(text: str, catalogue: Lookup, within: Sequence[Citation] | None = None) -> list[Verdict]:
    """Return a verdict for each figure, year, date, proposal and quotation of a text, in order.

    With `within`, only what those citations hold counts as found.
    """
    return Gate(Sources(catalogue, within)).check(text)


class Gate:
    """Holds texts against one set of sources."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._subjects = Subjects(sources.documents.values())
        self._matters = Matters(sources)

    def check(self, text: str) -> list[Verdict]:
        """Return the verdicts on a text, in order."""
        read = self.read(text)
        claims = [c for c, _ in read]
        amounts = Amounts(claims, self._sources)
        verdicts = [
            self._amount(c, s, amounts) if c.kind == "amount" else self._in_text(c, s)
            for c, s in read
        ]
        verdicts = _computed(claims, verdicts, find_sums(_with_tabs(text)))
        names = self._subjects.names(text)
        verdicts += [*self._named(names), *self._decided(text, names)]
        return sorted(
            (replace(v, words=text[v.start : v.end]) for v in verdicts),
            key=lambda v: (v.start, v.end),
        )

    def read(self, text: str) -> list[tuple[Claim, Subject]]:
        """Return what a text claims, in order, each with what it is about."""
        text = _with_tabs(text)
        names, sums = self._subjects.names(text), find_sums(text)
        rows, lines = read_rows(text)
        claimed = read_claims(text, [*lines, *((n.start, n.end) for n in names)])
        claims = [
            # An operator is no sign, and each operand has a year of its own.
            replace(c, years=(), sign=0)
            if c.kind == "amount" and any(m.holds(_at(c)) for m in sums)
            else c
            for c in sorted([*rows, *claimed], key=lambda c: c.start)
        ]
        subjects = self._subjects.of(text, names, [(c.start, c.end) for c in claims])
        return list(zip(in_context(text, claims, subjects), subjects, strict=True))

    def _amount(self, claim: Claim, subject: Subject, amounts: Amounts) -> Verdict:
        held = amounts.held(claim, subject)
        if held.figure is not None and held.missing is not None:
            cited = self._sources.cite(held.figure.context, held.figure.place)
            return _in_part(_of(claim, "partly", cited), *held.missing)
        if held.figure is not None:
            cited = self._sources.cite(held.figure.context, held.figure.place)
            outcome: Outcome = "bound" if held.primary else "only_earlier_answer"
            return replace(_of(claim, outcome, cited), figure=held.figure)
        if held.other is None:
            named = self._in_label(claim, subject)
            return _of(claim, "bound", self._cited(named)) if named else _of(claim, "not_found")
        return _of(claim, "found_elsewhere", None, told(held.other, self._sources))

    def _in_label(self, claim: Claim, subject: Subject) -> Place | None:
        """Return where a count stands word for word: "tre pladser" is part of a row's name."""
        counts = any(unit for unit, _ in claim.units if unit not in UNITS)
        if claim.years or not counts or not re.search(r"\d \w{3,}|^\w+ \w{3,}", claim.text):
            return None
        places = (p for p in self._sources.occurrences(claim.text) if not self._in_two_rows(p))
        return next((p for p in places if self._is_own(p, subject)), None)

    def _in_two_rows(self, place: Place) -> bool:
        # The figure that ends a row counts nothing of what the next row is called.
        words = self._sources.citations.words(place)
        return "\n" in words and "\t" in self._sources.around(place)

    def _is_own(self, place: Place, subject: Subject) -> bool:
        fits = subject.fits(place.document, self._sources.around(place))
        return fits and self._sources.is_primary(place.document)

    def _in_text(self, claim: Claim, subject: Subject) -> Verdict:
        places = places_of(claim, self._sources)
        own = [p for p in places if subject.fits(p.document, self._sources.around(p))]
        # A name of an earlier sentence does not hold a year or quotation to its document.
        fitting = own if subject.here else own + [p for p in places if p not in own]
        sure = [p for p in fitting if self._sources.is_primary(p.document)]
        if sure or is_own_fact(claim, (p.document for p in fitting), self._sources):
            return _of(claim, "bound", self._cited((sure or fitting)[0]))
        if fitting:
            return _of(claim, "only_earlier_answer", self._cited(fitting[0]))
        if places:
            document = self._sources.document(places[0].document)
            there = Text(f"{name(document, 'da')} har det", f"{name(document, 'en')} has it")
            return _of(claim, "found_elsewhere", None, there)
        return _of(claim, "not_found")

    def _decided(self, text: str, names: list[Name]) -> list[Verdict]:
        """Return a verdict on each decision and position that a text tells."""
        found = []
        for told, held in self._matters.check(text, names):
            outcome: Outcome = "partly" if held.part else "not_found"
            if held.place is not None:
                primary = self._sources.is_primary(held.place.document)
                outcome = "bound" if primary else "only_earlier_answer"
            if told.denied and not held.part:
                continue  # no decision, and none is claimed
            at = held.place or held.near
            cited = self._sources.cite(at) if at else None
            verdict = Verdict(*told.at, "", "decision", outcome, cited)
            found.append(_in_part(verdict, held.part, held.says))
        return found

    def _cited(self, place: Place) -> Citation:
        return self._sources.cite(self._sources.line(place), place)

    def _named(self, names: list[Name]) -> list[Verdict]:
        """Return a verdict for each proposal number, where it first stands."""
        found: dict[str, Verdict] = {}
        for n in names:
            if n.number is None or n.number in found:
                continue
            places = list(self._sources.occurrences(n.number))
            sure = [p for p in places if self._sources.is_primary(p.document)]
            titled = [d for d in self._sources.documents.values() if d.id in n.documents]
            outcome: Outcome = "bound" if sure or titled else "not_found"
            if places and outcome == "not_found":
                outcome = "only_earlier_answer"
            own = [p for p in sure if p.document in n.documents]
            own += [Place(d.id, d.first_page, 0, 0) for d in titled]
            place = next(iter([*own, *sure, *places]), None)
            cited = self._cited(place) if place else None
            found[n.number] = Verdict(n.start, n.end, "", "name", outcome, cited)
        return list(found.values())


def told(figure: Figure, sources: Sources) -> Text:
    """Return what a document has, as a text that says otherwise is told."""
    document = sources.document(figure.document)
    measure = f" (»{figure.measure}«)" if figure.measure else ""

    def size(language: Language) -> str:
        if figure.scale == 1 or figure.amount is None:
            return printed(figure)
        return amount(figure.amount, figure.unit, language)

    return Text(
        f"{name(document, 'da')} har {size('da')}{when(figure, 'da')}{measure}",
        f"{name(document, 'en')} has {size('en')}{when(figure, 'en')}{measure}",
    )


def _computed(claims: list[Claim], verdicts: list[Verdict], sums: list[Sum]) -> list[Verdict]:
    """Return the verdicts with the results of sums whose operands are bound as computed."""
    done = list(verdicts)
    for shown in sums:
        operands = [
            v
            for c, v in zip(claims, verdicts, strict=True)
            if c.kind == "amount" and any(_meet(_at(c), at) for at in shown.operands)
        ]
        if len(operands) < 2 or not all(v.outcome == "bound" for v in operands):
            continue
        results = [c for c in claims if _meet(_at(c), shown.result)]
        size = {(c.value or 0) * scale for c in results for _, scale in c.units}
        for n, (claim, verdict) in enumerate(zip(claims, verdicts, strict=True)):
            same = claim in results or (
                claim.value is not None
                and any(unit and claim.value * scale in size for unit, scale in claim.units)
            )
            if same and claim.kind == "amount" and not verdict.passed:
                done[n] = replace(
                    verdict, outcome="computed", place=operands[0].place, elsewhere=None
                )
    return done


def _with_tabs(text: str) -> str:
    """Return a text with the cells of Markdown rows separated as in `Page.text`."""
    return _MARKDOWN_ROW.sub(lambda m: m[0].replace("|", "\t"), text)


def _of(
    claim: Claim, outcome: Outcome, place: Citation | None = None, elsewhere: Text | None = None
) -> Verdict:
    return Verdict(claim.start, claim.end, "", claim.kind, outcome, place, elsewhere)


def _in_part(verdict: Verdict, part: Part | None, says: Text | None) -> Verdict:
    """Return a verdict with the part that its place does not hold, and what the place says."""
    if part is None or says is None:
        return verdict
    called = PARTS[part]
    told = Text(
        f"{called.da} står der ikke sådan: {says.da}", f"{called.en} is not so there: {says.en}"
    )
    return replace(verdict, part=part, elsewhere=told)


def _at(claim: Claim) -> Range:
    return claim.start, claim.end


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
