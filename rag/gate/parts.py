"""What a sentence states of an amount beside its number, held to the place that has the number.

Unit of share, numbered subject, actor, column, row and direction: the first that the place does
not hold is told, with what the place says instead.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, NamedTuple

from rag.asking.column_kinds import fits, head_kinds
from rag.gate.actors import actors_named, has_actor
from rag.gate.claims import Claim
from rag.gate.direction import effect_of, is_held
from rag.gate.labels import columns_told, names_column, names_row, row_label, strange_words
from rag.gate.place import Places, claimed_meaning, said_of
from rag.gate.sources import Sources
from rag.text.dates import find_dates
from rag.text.named_numbers import is_of_another, named_numbers
from rag.types import Figure, Language, Text
from rag.wording import amount, effect_word, name, printed, when

Part = Literal["unit", "subject", "actor", "column", "row", "direction", "status", "matter"]
PARTS: dict[Part, Text] = {
    "unit": Text("enheden", "the unit"),
    "subject": Text("emnet", "the subject"),
    "actor": Text("aktøren", "the actor"),
    "column": Text("kolonnen", "the column"),
    "row": Text("rækken", "the row"),
    "direction": Text("retningen", "the direction"),
    "status": Text("beslutningen", "the decision"),
    "matter": Text("sagen", "the matter"),
}
"""What a place may hold of a statement or not, as it is called."""

_SHARE = re.compile(
    r"(?P<point>(?:pct\.?|procent|%)[-\s]?(?:point|enhed)\w*|\bpoint\b|percentage points?|\bpp\b)"
    r"|(?P<mille>promille|‰|per mille|pro mille)|(?P<cent>pct\b|procent|%|per\s?cent)",
    re.IGNORECASE,
)
_WRITER = "administration"  # "forvaltningen oplyser": it tells what others do
_NEAR = 24  # characters after a number that may hold its unit


class Missing(NamedTuple):
    """A part of a statement that its place does not hold, and what the place says."""

    part: Part
    says: Text


class Holder:
    """Holds the parts of claims to the figures that have their numbers."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._places = Places(sources)

    def missing(self, claim: Claim, figure: Figure) -> Missing | None:
        """Return the first part of a claim that a figure does not hold; None for none."""
        part = self._missing(claim, figure)
        return Missing(part, self.says(figure)) if part else None

    def _missing(self, claim: Claim, figure: Figure) -> Part | None:
        said = said_of(claim)
        if not self._share_held(claim, figure):
            return "unit"
        if not self._subject_held(claim, figure):
            return "subject"
        if not self._actors_held(claim, figure):
            return "actor"
        if not self._direction_held(claim, figure):
            return "direction"
        if not self._column_held(said, claim, figure):
            return "column"
        return None if self._row_held(said, claim, figure) else "row"

    def names(self, claim: Claim, figure: Figure) -> bool:
        """Tell whether a claim may name a figure's row and column, whatever its value."""
        said = said_of(claim)
        return self._column_held(said, claim, figure) and self._row_held(said, claim, figure)

    def says(self, figure: Figure) -> Text:
        """Return what a document has: its amount, year, row and direction."""
        document = self._sources.document(figure.document)
        effect = effect_of(self._places.noted(figure), self._places.meaning(figure))

        def told(language: Language) -> str:
            size = printed(figure)
            if figure.scale != 1 and figure.amount is not None:
                size = amount(figure.amount, figure.unit, language)
            words = [f"»{figure.measure}«"] if figure.measure else []
            words += [effect_word(figure, effect, language)] if effect else []
            verb = "has" if language == "en" else "har"
            row = f" ({', '.join(words)})" if words else ""
            return f"{name(document, language)} {verb} {size}{when(figure, language)}{row}"

        return Text(told("da"), told("en"))

    def _share_held(self, claim: Claim, figure: Figure) -> bool:
        if figure.unit != "pct.":
            return True
        told = (self._sources.words_at(figure.place, _NEAR), self._places.heads(figure))
        return _share(claim.text, claim.after[:_NEAR]) == _share(*told)

    def _subject_held(self, claim: Claim, figure: Figure) -> bool:
        named = named_numbers(_without_dates(f"{claim.before} {claim.after}"))
        document = self._sources.document(figure.document)
        place = f"{self._places.words(figure)} {document.title}"
        told = named_numbers(f"{place}. {self._sources.section(figure.context)}")
        # A table numbers its rows in a column of their own.
        cells = set(self._sources.sentence(figure).split("\t")) if figure.table else set()
        untold = {(word, number) for word, number in named - told if number not in cells}
        return not untold and not is_of_another(named & told, place)

    def _actors_held(self, claim: Claim, figure: Figure) -> bool:
        actors = actors_named(f"{claim.before} {claim.after}", claim.english)
        d = self._sources.document(figure.document)
        fields = f"{d.committee} {d.proposer} {d.title} {d.expense_type}"
        place = f"{fields} {self._sources.page_text(figure.place)}"
        return all(has_actor(actor, place) for actor in actors - {_WRITER})

    def _direction_held(self, claim: Claim, figure: Figure) -> bool:
        meant = claimed_meaning(claim.led, claim.earlier, claim.after, claim.english)
        if claim.cell:  # no verb governs it
            meant = replace(meant, unknown="", undone=False)
        place, trend = self._places.meaning(figure), self._places.trend(figure)
        return is_held(meant, self._places.noted(figure), place, trend)

    def _column_held(self, said: str, claim: Claim, figure: Figure) -> bool:
        columns = self._places.columns(figure)
        if columns is None:
            return True
        own, others = columns
        dates = [d for _, _, d in find_dates(f"{claim.before} {claim.after}")]
        heads = [d for _, _, d in find_dates(self._places.heads(figure))]
        if dates and heads and not set(dates) & set(heads):
            return False
        if names_column(said, claim.english, own, others, row_label(figure)):
            return False
        return fits(tuple(columns_told(said)), own.wider or head_kinds(figure.measure)) is not False

    def _row_held(self, said: str, claim: Claim, figure: Figure) -> bool:
        own = self._places.row(figure)
        others = [o for o in self._places.rows(figure) if o.text != own.text]
        if names_row(said, claim.english, own, others):
            return False
        segment, beside = self._places.segments(figure)
        if names_row(said, claim.english, segment, beside):
            return False
        return not strange_words(said, claim.english, self._places.known(figure))


def _without_dates(text: str) -> str:
    for start, end, _ in find_dates(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _share(*texts: str) -> str:
    """Return what a share is of, by the first text that tells: "point", "mille" or "cent"."""
    found = (_SHARE.search(text) for text in texts)
    return next((m.lastgroup or "cent" for m in found if m), "cent")
