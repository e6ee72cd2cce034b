"""The rows of a DOCX file's tables: cells that span others, rows that are not shown."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml.ns import qn

from ingest.read.build import clean
from ingest.read.grid import Spanning
from ingest.read.word_numbers import Numbering
from ingest.read.word_text import Texts
from ingest.read.word_xml import TBL, P, boxes, elements, is_on


class Rows:
    """Reads table rows."""

    def __init__(self, texts: Texts, numbering: Numbering) -> None:
        self._texts, self._numbering = texts, numbering

    def of(self, trs: list[Any], cells: list[list[Any]]) -> tuple[list[list[Spanning]], int | None]:
        """Return rows and how many at the top Word says are heads, None where it does not."""
        rows: list[list[Spanning]] = []
        heads = 0
        for tr, tcs in zip(trs, cells, strict=True):
            rows.append(self._row(tr, tcs, rows[-1] if rows else []))
            if is_on(tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) and heads == len(rows) - 1:
                heads += 1
        return rows, heads if 0 < heads < len(rows) else None

    def _row(self, tr: Any, tcs: list[Any], above: list[Spanning]) -> list[Spanning]:
        """Return a row's cells; one merged with the cell above repeats its words."""
        before = tr.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
        row = [Spanning("", int(before.get(qn("w:val"), "1")))] if before is not None else []
        for tc in tcs:
            span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            columns = int(span.get(qn("w:val"), "1")) if span is not None else 1
            own = [p for p in elements(tc, P, TBL) if p.tag == P]
            boxed = [p for box in boxes(tc) for p in elements(box, P)]
            text = " ".join(self._line(p) for p in [*own, *boxed])
            if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
                text = _at(above, sum(cell.columns for cell in row))
            row.append(Spanning(clean(text), columns))
        return row

    def _line(self, paragraph: Any) -> str:
        text, (_, mark) = self._texts.of(paragraph), self._numbering.of(paragraph)
        return f"{mark} {text}" if mark else text


def is_gone(tr: Any) -> bool:
    """Tell whether a table row is deleted or hidden."""
    properties = tr.find(qn("w:trPr"))
    return properties is not None and (
        properties.find(qn("w:del")) is not None or is_on(properties.find(qn("w:hidden")))
    )


def _at(row: list[Spanning], column: int) -> str:
    """Return the words at a column of the row above, '' for a value: it would count twice."""
    for cell in row:
        if column < cell.columns:
            return cell.text if re.search(r"[^\W\d_]{2}", cell.text) else ""
        column -= cell.columns
    return ""
