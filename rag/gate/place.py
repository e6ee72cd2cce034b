"""What the place of a figure says of it: its row, its column, its direction, the words around."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from rag.asking.column_kinds import head_kinds
from rag.gate.claims import Claim, sentence_amounts
from rag.gate.direction import Change, Meaning, meaning
from rag.gate.labels import Label, column_label, names_thing, row_label, terms
from rag.gate.lexicon import spelt, words
from rag.gate.sources import Sources
from rag.text.language import words as term_words
from rag.text.units import same_unit
from rag.types import Figure, Table

_LATER = re.compile(r"[,;]|\b(?:og|men|mens|samt|and|but|while)\b")
# "Minus er et mindreforbrug", "(+) = merudgift": what a deviation's sign means.
_NOTE = re.compile(
    r"(?P<sign>\(\s*[-−–+]\s*\)|\b(?:minus|plus|negativ\w*|positiv\w*)\b)\W+(?:\w+\W+){0,3}?"
    r"(?P<word>mer|mindre)\s?(?:udgift|forbrug)",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\b(?:end|than|i forhold til|sammenlignet med|compared (?:to|with))\b(?! \d)", re.IGNORECASE
)
_DERIVED = frozenset({"deviation", "remaining"})


class Places:
    """Reads what documents say around their figures, each once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._figures: dict[str, list[Figure]] = {}
        self._pages: dict[tuple[str, int], frozenset[str]] = {}

    def words(self, figure: Figure) -> str:
        """Return the row or sentence of a figure, and what heads it."""
        return f"{self._sources.sentence(figure)} {self.heads(figure)}"

    def heads(self, figure: Figure) -> str:
        """Return a figure's row, the headings over it, its column and its table's caption."""
        table = self._table(figure)
        caption = f"{table.label or ''} {table.caption or ''}" if table else ""
        return f"{figure.group or ''} {figure.measure} {self._column(figure)} {caption}"

    def known(self, figure: Figure) -> frozenset[str]:
        """Return the terms of a figure's page, of its headings and of its document."""
        at = figure.document, figure.place.page
        if at not in self._pages:
            d = self._sources.document(figure.document)
            own = (
                f"{d.title} {d.number} {d.committee} {d.municipality} {d.proposer} {d.expense_type}"
            )
            labels = " ".join({f.measure for f in self._all(figure.document)})
            text = self._sources.page_text(figure.place)
            self._pages[at] = terms(f"{own} {labels}").union(*map(terms, text.split("\n")))
        return self._pages[at] | terms(self.heads(figure))

    # ---------------------------------------------------------------- labels

    def row(self, figure: Figure) -> Label:
        """Return the label of a figure's row; of prose, the words that tell its amount."""
        label = row_label(figure)
        if figure.table is not None:
            return label
        told, heading = self._told(figure), self._sources.section(figure.context)
        said = f"{told.led} {told.after}" if told else self._sources.sentence(figure)
        return replace(label, terms=label.terms | terms(f"{heading} {said}"))

    def rows(self, figure: Figure) -> list[Label]:
        """Return the labels of the rows of a figure's document that have its unit."""
        found = {
            f.measure: row_label(f)
            for f in self._all(figure.document)
            if f.table is not None and same_unit(f.unit, figure.unit)
        }
        return list(found.values())

    def segments(self, figure: Figure) -> tuple[Label, list[Label]]:
        """Return what follows a prose figure in its sentence, and what follows the others there."""
        own = self._told(figure)
        if own is None:
            return self.row(figure), []
        mine = _segment(own)
        amounts = sentence_amounts(self._sources.sentence(figure))
        others = [_segment(c) for c in amounts if c != own]
        return mine, [label for label in others if label.terms and mine.terms]

    def columns(self, figure: Figure) -> tuple[Label, list[Label]] | None:
        """Return the label of a figure's column and those beside it; None for prose."""
        table, at = self._table(figure), figure.column
        if table is None or at is None:
            return None
        own = table.columns[at].head
        counted = {f.column for f in self._all(figure.document) if f.table == figure.table}
        listed = [column_label(c.head, table.caption or "") for c in table.columns]
        others = (label for n, label in enumerate(listed) if n in counted)
        return listed[at], [label for label in others if label.text != own]

    # ------------------------------------------------------------- direction

    def meaning(self, figure: Figure) -> Meaning:
        """Return what a figure's own words tell of its direction."""
        told = self._told(figure)
        if told is not None:
            return claimed_meaning(told.led, told.earlier, told.after, told.english)
        if figure.table is None:
            return meaning(self._sources.sentence(figure), "", False)
        own = meaning(f"{figure.measure} {self._column(figure)}", "", False)
        return replace(own, mode="", unknown="", undone=False)

    def noted(self, figure: Figure) -> Figure:
        """Return a figure, a deviation with the effect that a note on its page gives its sign."""
        columns = self.columns(figure)
        kinds = columns[0].wider if columns else frozenset()
        deviates = (kinds | head_kinds(figure.measure)) & _DERIVED
        if figure.effect != "unknown" or not deviates or not figure.value:
            return figure
        note = _NOTE.search(self._sources.page_text(figure.place))
        if note is None:
            return figure
        positive = any(mark in note["sign"].lower() for mark in ("+", "plus", "positiv"))
        raises = (note["word"].lower() == "mer") == positive
        return replace(figure, effect="raise" if raises == (figure.value > 0) else "cut")

    def trend(self, figure: Figure) -> Change | None:
        """Return whether a figure's row rises or falls to it, whatever its sign."""
        if figure.table is None or figure.year is None or figure.value is None:
            return None
        earlier = [
            f
            for f in self._all(figure.document)
            if (f.table, f.measure) == (figure.table, figure.measure)
            and f.year is not None
            and f.year < figure.year
            and f.value is not None
            and abs(f.value) != abs(figure.value)
        ]
        if not earlier:
            return None
        last = max(earlier, key=lambda f: f.year or 0).value or Decimal(0)
        return "up" if abs(figure.value) > abs(last) else "down"

    # --------------------------------------------------------------- helpers

    def _told(self, figure: Figure) -> Claim | None:
        """Return the amount of a document's sentence that a prose figure is."""
        if figure.table is not None:
            return None
        at = figure.place.start - figure.context.start
        found = sentence_amounts(self._sources.sentence(figure))
        return next((c for c in found if c.start <= at < c.end), None)

    def _all(self, document: str) -> list[Figure]:
        if document not in self._figures:
            self._figures[document] = self._sources.all_figures(document)
        return self._figures[document]

    def _column(self, figure: Figure) -> str:
        table, at = self._table(figure), figure.column
        return table.columns[at].head if table and at is not None else ""

    def _table(self, figure: Figure) -> Table | None:
        return self._sources.table(figure) if figure.table else None


def _segment(claim: Claim) -> Label:
    """Return the words after one of a sentence's amounts: "2 mio. kr. på bygninger"."""
    after = _LATER.split(claim.after)[0]
    said = after if names_thing(after, claim.english) else ""
    return Label(said, terms(said), words=tuple(term_words(said)))


def said_of(claim: Claim) -> str:
    """Return the words that tell a claim's row: its own, with those before where these name none.

    What it is compared with ("end det korrigerede budget") names no row of its own.
    """
    after = _THAN.split(_LATER.split(claim.after)[0])[0]
    led = _THAN.split(claim.led)[0]
    own = f"{led} {claim.text} {after}"
    if claim.earlier and not names_thing(f"{led} {after}", claim.english):
        return f"{claim.earlier} {own}"
    return own


@lru_cache(maxsize=4096)
def claimed_meaning(led: str, earlier: str, after: str, english: bool) -> Meaning:
    """Return what a claim's words tell of its direction, else those before it in its sentence."""
    own = meaning(led, after, english)
    governed = any(w.kind != "undone" for w in words(spelt(led, english), english))
    if governed or own.named or own.change or own.unknown or not earlier:
        return own
    before = meaning(earlier, "", english)
    return replace(before, mode=own.mode, undone=before.undone or own.undone)
