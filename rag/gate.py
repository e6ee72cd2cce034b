"""The gate: binds every figure, year, date, proposal and quotation of a text to a place.

Zero tolerance on value; value, unit, year and proposal must meet in one figure
of the catalogue. What only an earlier answer (politikersvar) says has no source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from rag.dates import FAR
from rag.gate_claims import Claim, Kind, Range, read_claims
from rag.gate_match import (
    covers_period,
    likeness,
    same_measure,
    same_number,
    same_sign,
    same_value,
    same_years,
)
from rag.gate_sources import Sources
from rag.gate_subjects import Name, Subject, Subjects
from rag.gate_sums import Sum, find_sums
from rag.gate_tables import read_rows
from rag.lookup import Lookup
from rag.types import Citation, Figure, Language, Place, Text
from rag.wording import amount, name, printed, when

Outcome = Literal["bound", "computed", "found_elsewhere", "only_earlier_answer", "not_found"]
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.\.|[\[(](?:…|\.\.\.)[\])])\s*")
_MARKDOWN_ROW = re.compile(r"^\s*\|.*\|\s*$", re.MULTILINE)
PASSED: frozenset[Outcome] = frozenset({"bound", "computed"})


@dataclass(frozen=True)
class Verdict:
    """What the gate found of `text[start:end]`, which is `words`.

    `place` is what holds it (for `computed`, the first operand) and `figure`
    the figure there, for an amount that is bound; `elsewhere` tells what was
    found instead, where `found_elsewhere`.
    """

    start: int
    end: int
    words: str
    kind: Kind | Literal["name", "decision"]
    outcome: Outcome
    place: Citation | None = None
    elsewhere: Text | None = None
    figure: Figure | None = None

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

    def check(self, text: str) -> list[Verdict]:
        """Return the verdicts on a text, in order."""
        given, text = text, _MARKDOWN_ROW.sub(lambda m: m[0].replace("|", "\t"), text)
        names = self._subjects.names(text)
        rows, lines = read_rows(text)
        told = read_claims(text, [*lines, *((n.start, n.end) for n in names)])
        claims = sorted([*rows, *told], key=lambda c: c.start)
        sums = find_sums(text)
        subjects = self._subjects.of(text, names, [(c.start, c.end) for c in claims])
        pairs = list(zip(claims, subjects, strict=True))
        verdicts = [self._verdict(c, s, any(m.holds(_at(c)) for m in sums)) for c, s in pairs]
        verdicts = self._computed(claims, verdicts, sums)
        verdicts += self._named(names)
        return sorted(
            (replace(v, words=given[v.start : v.end]) for v in verdicts),
            key=lambda v: (v.start, v.end),
        )

    def _verdict(self, claim: Claim, subject: Subject, in_sum: bool) -> Verdict:
        if claim.kind == "amount":
            # An operator is no sign, and each operand has a year of its own.
            told = replace(claim, years=(), sign=0) if in_sum else claim
            return self._amount(told, subject)
        search: dict[str, Callable[[Claim], list[Place]]] = {
            "quotation": self._quotations,
            "year": self._years,
            "date": self._dates,
        }
        return self._in_text(claim, subject, search[claim.kind](claim))

    # ------------------------------------------------------------- amounts

    def _amount(self, claim: Claim, subject: Subject) -> Verdict:
        held = [f for f in self._near(claim) if same_value(claim, f)]
        fitting = [f for f in held if same_sign(claim, f) and same_measure(claim, f)]
        own = [f for f in fitting if self._fits(subject, f)]
        dated = self._of_years(claim, own)
        sure = [f for f in dated if self._sources.is_primary(f.document)]
        best = max(sure or dated, key=lambda f: likeness(claim, f), default=None)
        if best is not None:
            outcome: Outcome = "bound" if sure else "only_earlier_answer"
            cited = self._sources.cite(best.context, best.place)
            return replace(_of(claim, outcome, cited), figure=best)
        other = self._other(claim, subject, fitting, held, own)
        if other is None:
            return _of(claim, "not_found")
        return _of(claim, "found_elsewhere", None, self._told(other))

    def _of_years(self, claim: Claim, figures: list[Figure]) -> list[Figure]:
        """Return the figures of a claim's years, none where one of its years has none."""
        if not claim.years:
            return figures
        found: list[Figure] = []
        for year in claim.years:
            told = replace(claim, years=(year,))
            of = [f for f in figures if same_years(told, f, self._sources.sentence(f))]
            if not of and covers_period(told, figures):
                of = figures
            if not of:
                return []
            found += of
        return found

    def _near(self, claim: Claim) -> list[Figure]:
        """Return the figures that could have a claim's value."""
        if claim.about:
            return self._sources.figures
        value = claim.value if claim.value is not None else claim.low
        if value is None:
            return []
        keys = {value, *(value * scale for _, scale in claim.units)}
        found = {f.id: f for key in keys for f in self._sources.by_value.get(key, ())}
        return list(found.values())

    def _fits(self, subject: Subject, figure: Figure) -> bool:
        return subject.fits(figure.document, self._sources.sentence(figure))

    def _other(
        self,
        claim: Claim,
        subject: Subject,
        fitting: list[Figure],
        held: list[Figure],
        own: list[Figure],
    ) -> Figure | None:
        """Return the figure nearest to a claim: of another year, proposal, measure or unit."""
        dated = [f for f in fitting if same_years(claim, f, self._sources.sentence(f))]
        number = [f for f in self._near(claim) if same_number(claim, f)]
        number = [f for f in number if self._fits(subject, f)]
        ranked = [*own, *dated, *fitting, *held, *number]
        return next((f for f in ranked if self._sources.is_primary(f.document)), None)

    def _told(self, figure: Figure) -> Text:
        document = self._sources.document(figure.document)
        measure = f" (»{figure.measure}«)" if figure.measure else ""

        def size(language: Language) -> str:
            if figure.scale == 1 or figure.amount is None:
                return printed(figure)
            return amount(figure.amount, figure.unit, language)

        return Text(
            f"{name(document, 'da')} har {size('da')}{when(figure, 'da')}{measure}",
            f"{name(document, 'en')} has {size('en')}{when(figure, 'en')}{measure}",
        )

    def _computed(
        self, claims: list[Claim], verdicts: list[Verdict], sums: list[Sum]
    ) -> list[Verdict]:
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

    # -------------------------------------------- years, dates, quotations

    def _in_text(self, claim: Claim, subject: Subject, places: list[Place]) -> Verdict:
        own = [p for p in places if subject.fits(p.document, self._sources.around(p))]
        # A name of an earlier sentence does not hold a year or quotation to its document.
        fitting = own if subject.here else own + [p for p in places if p not in own]
        sure = [p for p in fitting if self._sources.is_primary(p.document)]
        own_fact = claim.kind == "date" and self._own_date(claim, fitting)
        if sure or own_fact:
            place = (sure or fitting)[0]
            return _of(claim, "bound", self._sources.cite(self._sources.line(place), place))
        if fitting:
            place = fitting[0]
            cited = self._sources.cite(self._sources.line(place), place)
            return _of(claim, "only_earlier_answer", cited)
        if places:
            document = self._sources.document(places[0].document)
            there = Text(f"{name(document, 'da')} har det", f"{name(document, 'en')} has it")
            return _of(claim, "found_elsewhere", None, there)
        return _of(claim, "not_found")

    def _own_date(self, claim: Claim, places: list[Place]) -> bool:
        """Tell whether a date is one that an earlier answer tells of itself."""
        documents = [self._sources.document(p.document) for p in places]
        return any(claim.date in (d.date, d.asked) for d in documents)

    def _quotations(self, claim: Claim) -> list[Place]:
        parts = [p for p in _ELLIPSIS.split(claim.text.strip('»«“”„" .,;')) if p.strip()]
        found = [list(self._sources.occurrences(part.strip(" .,;"))) for part in parts]
        if not found or not all(found):
            return []
        shared = set.intersection(*({p.document for p in places} for places in found))
        return [p for p in found[0] if p.document in shared]

    def _years(self, claim: Claim) -> list[Place]:
        year = claim.years[0]
        return [
            place
            for place, told in self._sources.years
            if (told.first, told.last) == (year.first, year.last)
            or (year.period is None and told.last != FAR and told.first <= year.first <= told.last)
        ]

    def _dates(self, claim: Claim) -> list[Place]:
        return [place for place, date in self._sources.dates if date == claim.date]

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
            cited = self._sources.cite(self._sources.line(place), place) if place else None
            found[n.number] = Verdict(n.start, n.end, "", "name", outcome, cited)
        return list(found.values())


def _of(
    claim: Claim, outcome: Outcome, place: Citation | None = None, elsewhere: Text | None = None
) -> Verdict:
    return Verdict(claim.start, claim.end, "", claim.kind, outcome, place, elsewhere)


def _at(claim: Claim) -> Range:
    return claim.start, claim.end


def _meet(one: Range, other: Range) -> bool:
    return one[0] < other[1] and other[0] < one[1]
