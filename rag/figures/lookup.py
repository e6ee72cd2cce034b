"""Finds the figures that answer a question among those of the documents in scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rag.figures.asked import FigureAsked
from rag.figures.columns import NAMED, YEAR
from rag.figures.found import NEAR_BEST, Candidate, Found, beside
from rag.figures.rows import WHOLE_LABEL, row_key, rows_named
from rag.figures.scoring import ROW, Scoring
from rag.figures.traits import is_of, measures_asked
from rag.figures.years import of_years
from rag.query import COMPARING
from rag.types import CouncilDocument, Figure, Place
from rag.vocabulary import asked_concepts

_LED = 0.8  # of what is asked for first, for prose to tell it and rows not
_SEVERAL = 2
_SAVING = frozenset({"efficiency"})


class FigureLookup:
    """Looks up what answers a question among the figures of documents."""

    def __init__(
        self,
        asked: FigureAsked,
        documents: Sequence[CouncilDocument],
        figures: Sequence[Figure],
        named: bool,
        least_label: float = 0.0,
    ) -> None:
        """Take the question and the `figures` of `documents`; the rest is as `Scoring` takes it."""
        self._query, self._figures, self._named = asked.query, figures, named
        self._documents = {d.id: d for d in documents}
        self._scoring = Scoring(asked, documents, figures, named, least_label)
        self._around = self._scoring.around

    def find(self) -> list[Found]:
        """Return what answers: one outcome for each measure asked for.

        So has each row that the question names in full beside them.
        """
        measures = measures_asked(self._query.concepts) or [frozenset()]
        outcomes = {a: self._of_whole(self._find(a), a) for a in measures}
        whole = [o for o in outcomes.values() if any(c.label >= WHOLE_LABEL for c in o.best)]
        # A row named in full is the one meant, whatever else its words may hint at.
        said = {key for o in whole for c in o.best for key in asked_concepts(c.figure.measure)}
        kept = [o for asked, o in outcomes.items() if o in whole or not (asked and asked <= said)]
        return self._with_rows(kept if whole else list(outcomes.values()))

    def _of_whole(self, found: Found, asked: frozenset[str]) -> Found:
        """Return the net row for the saving of a whole proposal that has no row of savings."""
        alone = self._named and len(self._documents) == 1 and not self._scoring.topic
        if found.best or not (alone and asked == _SAVING and self._scoring.hinted):
            return found
        net = self._find(frozenset({"net"}))
        saved = all(c.measure and c.figure.effect == "cut" for c in net.best)
        return net if net.best and saved else found

    def _with_rows(self, found: list[Found]) -> list[Found]:
        """Return `found` with the rows that are named in full and not among it.

        Only a question that gives a year names several rows ("Asfalt og vinter i 2026?").
        """
        scoring = self._scoring
        if not self._query.years or self._query.amount == "percent" or scoring.columns.one:
            return found
        told = {row_key(c.figure) for o in found for c in o.best}
        titles = [d.title for d in self._documents.values()]
        said = " ".join([*titles, *{c.figure.measure for o in found for c in o.best}])
        rows = rows_named(self._figures, scoring.label, scoring.topic, said)
        if not any(self._around.names_row(row[0]) for row in rows):
            rows = [row for row in rows if self._around.is_measured(row[0])]
        about = {c.figure.document for o in found for c in o.best}
        if about and about != {row[0].document for row in rows}:
            return found
        rows = [row for row in rows if row_key(row[0]) not in told]
        if (
            scoring.columns.heads and len(self._query.years) == 1
        ):  # another column of a row that is told is no other row
            places = {c.figure.context for o in found for c in o.best}
            rows = [row for row in rows if row[0].context not in places]
        more = [self._of_row(row) for row in rows]
        if len(more) + sum(bool(o.best) for o in found) < _SEVERAL:
            return found
        return [*(o for o in found if o.best), *(o for o in more if o.best)] or found

    def _of_row(self, row: list[Figure]) -> Found:
        """Return the cells of a row that are of the years asked for."""
        cells = [f for f in row if any(is_of(f, year) for year in self._query.years)]
        return Found(tuple(Candidate(f, 1.0, 0.0, 1.0) for f in cells if self._scoring.may_tell(f)))

    def _find(self, asked: frozenset[str]) -> Found:
        scored = (self._scoring.candidate(f, asked) for f in self._figures)
        fitting = [c for c in scored if c is not None and self._around.names(c.figure)]
        fitting = self._of_columns(fitting)
        if not fitting:
            return self._nothing(asked)
        has_topic = bool(self._scoring.topic)
        dated = of_years(fitting, self._query.years, has_topic, self._documents)
        if not dated and asked and not any(c.measure or c.label for c in fitting):
            return self._nothing(asked)
        if not dated:
            best = max(c.score for c in fitting)
            near = tuple(c.figure for c in fitting if c.score >= best - NEAR_BEST)
            return Found((), "year_outside", near)
        dated = self._of_parts(dated)
        best = max(c.score for c in dated)
        top = [c for c in dated if c.score >= best - NEAR_BEST]
        compared = self._query.operation in COMPARING
        if compared or not self._named:
            top += beside(top, dated, compared)
        if not self._named:
            top += self._priced(top, dated, asked)
        if not self._named and not (top := _of_told_rows(top)):
            return Found((), "nothing_found")
        if self._is_open(top):
            return Found((), "column_open", tuple(c.figure for c in top))
        printed = [c for c in top if c.figure.state != "blank"]
        if not printed:
            return Found((), "cell_blank", tuple(c.figure for c in top))
        return Found(tuple(sorted(printed, key=lambda c: -c.score)))

    def _is_open(self, top: Sequence[Candidate]) -> bool:
        """Tell whether a row has an amount in several columns and the question names none."""
        columns = self._scoring.columns
        if columns.heads or self._query.columns:
            return False
        heads = defaultdict[Place, set[str]](set)
        for figure in (c.figure for c in top if c.figure.table):
            heads[figure.context].add(YEAR.sub("", columns.head(figure)).strip())
        return any(len(own - {""}) > 1 for own in heads.values())

    def _of_columns(self, fitting: list[Candidate]) -> list[Candidate]:
        """Keep the rows' cells in the column that is named, where there are any."""
        worth = {c.figure.id: self._scoring.column(c.figure) for c in fitting if c.label >= ROW}
        best = max(worth.values(), default=0.0)
        if best < NAMED:
            return fitting
        return [c for c in fitting if worth.get(c.figure.id, 0.0) >= best - NEAR_BEST]

    def _priced(
        self, top: Sequence[Candidate], others: Sequence[Candidate], asked: frozenset[str]
    ) -> list[Candidate]:
        """Return the prices that other documents tell of the very thing: "Følerne koster …"."""
        if not self._scoring.hinted or "net" not in asked or not self._scoring.topic:
            return []
        known = {c.figure.document for c in top}
        return [
            c
            for c in others
            if not c.figure.table
            and c.figure.document not in known
            and self._around.prices(c.figure)
        ]

    def _of_parts(self, fitting: list[Candidate]) -> list[Candidate]:
        """Drop the rows of a whole matter where the prose tells of the part asked for.

        "Hvad spares i vuggestuerne?": their own amount, not the whole proposal's.
        """
        lead, is_of_part = self._around.lead, self._around.is_of_part
        rows = [c for c in fitting if c.figure.table]
        leading = [c for c in fitting if not c.figure.table and lead(c.figure) >= _LED]
        if leading and not any(c.measure or lead(c.figure) for c in rows):
            fitting = leading  # "sygefraværet i Senior og Omsorg" is no row of their budget
        parts = [c for c in fitting if is_of_part(c.figure)]
        told = {c.figure.document for c in parts if not c.figure.table}
        return [c for c in fitting if c.figure.document not in told or c in parts]

    def _nothing(self, asked: frozenset[str]) -> Found:
        rows = [f for f in self._figures if f.table is not None]
        if (self._named or len(self._documents) == 1) and rows and asked:
            return Found((), "measure_missing", tuple(rows))
        return Found((), "nothing_found")


def _of_told_rows(top: list[Candidate]) -> list[Candidate]:
    """Drop the rows of which a question says nothing, where it could as well mean any of them."""
    unsaid = [c for c in top if c.figure.table and not (c.measure or c.label)]
    several = len({row_key(c.figure) for c in unsaid}) >= _SEVERAL
    return [c for c in top if c not in unsaid] if several else top
