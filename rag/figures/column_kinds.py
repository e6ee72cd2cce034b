"""Whether the column that a figure stands in is of a kind that the question asks for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from rag.asking.column_kinds import fits, head_kinds
from rag.types import CouncilDocument, Figure, Table


def tables_of(
    document: Callable[[str], CouncilDocument | None],
) -> Callable[[Figure], Table | None]:
    """Return what finds the table of a figure; `document` returns a document whole, by its id."""

    @cache
    def tables(key: str) -> dict[str, Table]:
        whole = document(key)
        return {table.id: table for table in whole.tables} if whole else {}

    return lambda figure: tables(figure.document).get(figure.table) if figure.table else None


class KindsAsked:
    """The kinds of column that one question asks for, and whether figures are of them."""

    def __init__(self, asked: tuple[str, ...], table: Callable[[Figure], Table | None]) -> None:
        """Take the kinds; `table` returns the table of a figure, and is called where needed."""
        self._asked, self._table = asked, table

    def fit(self, figure: Figure) -> bool | None:
        """Tell whether a figure's column is of a kind asked for, None where that says nothing."""
        if not self._asked or not figure.table:
            return None
        return fits(self._asked, self._of_column(figure) or head_kinds(figure.measure))

    def is_named(self, figure: Figure) -> bool:
        """Tell whether a figure's column itself, not its row, is of a kind asked for."""
        return bool(self._asked and figure.table and fits(self._asked, self._of_column(figure)))

    def _of_column(self, figure: Figure) -> frozenset[str]:
        table = self._table(figure)
        if table is None or figure.column is None:
            return frozenset()
        return head_kinds(table.columns[figure.column].head, table.caption or "")
