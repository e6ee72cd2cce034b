"""Reading what stands in the catalogue's documents: figures, findings, passages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from rag.store import rows
from rag.store.codec import decode
from rag.store.database import where
from rag.store.embeddings import Embeddings
from rag.types import Figure, Finding, Passage


class Contents(Embeddings):
    """What can be asked of them. A filter that is None lets everything through."""

    def figures(
        self,
        document_ids: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        concepts: Sequence[str] | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Figure]:
        """Return the figures that fit every filter given, in order of ingest."""
        clause, values = where(document=document_ids, year=years, concept=concepts, id=ids)
        found = self._database.rows(f"SELECT body FROM figure {clause} ORDER BY rowid", *values)
        return [_figure(body) for (body,) in found]

    def figures_of_size(
        self, sizes: Sequence[tuple[Decimal, Decimal]], document_ids: Sequence[str] | None = None
    ) -> list[Figure]:
        """Return the figures of which a number is in one of `sizes`: from, to, without sign.

        Numbers are those printed, and those in whole units.
        """
        spans = json.dumps([[float(low), float(high)] for low, high in sizes])
        size = "SELECT value ->> 0 AS low, value ->> 1 AS high FROM json_each(?)"
        columns = ("number", "amount", "high_number", "high_amount")
        within, values = where(document=document_ids)
        found = self._database.rows(
            " UNION ".join(
                f"SELECT figure.rowid, body FROM ({size}) s JOIN figure "
                f"ON figure.{column} BETWEEN s.low AND s.high {within}"
                for column in columns
            )
            + " ORDER BY 1",
            *[v for _ in columns for v in (spans, *values)],
        )
        return [decode(Figure, body) for _, body in found]

    def documents_of_size(self, sizes: Iterable[Decimal], document_ids: Sequence[str]) -> set[str]:
        """Return which of a few documents have a figure of one of `sizes`, without sign.

        Looked for under the documents: an amount may be a whole catalogue's.
        """
        within, values = where(document=document_ids)
        columns = ("number", "amount", "high_number", "high_amount")
        # The sign keeps SQLite from the columns' own indexes.
        held = " OR ".join(f"+{c} IN (SELECT value FROM json_each(?))" for c in columns)
        wanted = json.dumps([float(size) for size in sizes])
        found = self._database.rows(
            f"SELECT DISTINCT document FROM figure {within} AND ({held})",
            *(*values, *[wanted] * len(columns)),
        )
        return {document for (document,) in found}

    def pages_holding(self, word: str) -> list[tuple[str, int]]:
        """Return the pages, file and number, in whose text a word stands, without case."""
        return [
            (source, number)
            for source, number in self._database.rows(
                "SELECT source, number FROM page WHERE instr(lower(text), lower(?))", word
            )
        ]

    def documents_naming(self, names: Iterable[str], municipality: str | None) -> list[str]:
        """Return the ids of a municipality's documents that name a proposal or budget of `names`.

        Names are as in `CouncilDocument.names`.
        """
        found = self._database.rows(
            "SELECT DISTINCT document.id FROM json_each(?) n JOIN naming ON naming.name = n.value "
            "JOIN document ON document.id = naming.document WHERE municipality IS ?",
            json.dumps(list(names)),
            municipality,
        )
        return [id for (id,) in found]

    def findings(self, document_ids: Sequence[str] | None = None) -> list[Finding]:
        """Return the findings with a place in one of the documents, in order of ingest."""
        clause, values = where(document=document_ids)
        found = self._database.rows(
            "SELECT body FROM finding WHERE number IN "
            f"(SELECT finding FROM finding_document {clause}) ORDER BY number",
            *values,
        )
        return [decode(Finding, body) for (body,) in found]

    def passages(
        self,
        ids: Sequence[str] | None = None,
        document_ids: Sequence[str] | None = None,
    ) -> list[Passage]:
        """Return passages: those of `ids` in that order, unknown ones left out.

        Without `ids`, those of `document_ids` or all, in order of ingest.
        """
        clause, values = where(id=ids, document=document_ids)
        found = self._database.rows(
            f"SELECT {rows.PASSAGE} FROM passage {clause} ORDER BY rowid", *values
        )
        passages = [Passage(*row) for row in found]
        if ids is not None:
            rank = {id: n for n, id in enumerate(ids)}
            passages.sort(key=lambda p: rank[p.id])
        return passages

    def passage_count(self, document_ids: Sequence[str] | None = None) -> int:
        """Return the number of passages."""
        clause, values = where(document=document_ids)
        return int(self._database.rows(f"SELECT count(*) FROM passage {clause}", *values)[0][0])


@lru_cache(maxsize=10_000)
def _figure(body: str) -> Figure:
    """Return a figure. Cached: questions come back to the same budgets."""
    return decode(Figure, body)
