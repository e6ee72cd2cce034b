"""Reads WordprocessingML: the text of paragraphs, the cells of rows, text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from ingest.read.build import clean
from ingest.read.grid import Spanning

P, TBL, TR, TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted and moved-away text, field codes, the older copy of a drawing, text boxes (read apart).
_UNREAD = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:delText"), f"{_MC}Fallback"}
_BOX = qn("w:txbxContent")


def elements(parent: Any, *names: str) -> Iterator[Any]:
    """Yield the elements of `names` in document order, not looking inside those found."""
    for child in parent:
        if child.tag in names:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNREAD and child.tag != _BOX:
            yield from elements(child, *names)


def text_of(paragraph: Any) -> str:
    """Return the text under an element; a line break is a line feed, a tab a space."""
    parts: list[str] = []
    for leaf in elements(
        paragraph,
        qn("w:t"),
        qn("w:tab"),
        qn("w:br"),
        qn("w:cr"),
        qn("w:noBreakHyphen"),
        qn("w:pPr"),
    ):
        if leaf.tag == qn("w:t"):
            parts.append(leaf.text or "")
        elif leaf.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif leaf.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif leaf.tag == qn("w:tab"):
            parts.append(" ")
    return "".join(parts)


def row_of(tr: Any, tcs: list[Any], above: list[Spanning]) -> list[Spanning]:
    """Return a table row's cells; one merged with the cell above repeats its words."""
    before = tr.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    row = [Spanning("", int(before.get(qn("w:val"), "1")))] if before is not None else []
    for tc in tcs:
        span = tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        columns = int(span.get(qn("w:val"), "1")) if span is not None else 1
        text = " ".join(text_of(p) for p in elements(tc, P, TBL) if p.tag == P)
        text = " ".join([text, *(text_of(p) for box in boxes(tc) for p in elements(box, P))])
        if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
            text = _at(above, sum(cell.columns for cell in row))
        row.append(Spanning(clean(text), columns))
    return row


def _at(row: list[Spanning], column: int) -> str:
    """Return the words at a column of the row above, '' for a value: it would count twice."""
    for cell in row:
        if column < cell.columns:
            return cell.text if re.search(r"[^\W\d_]{2}", cell.text) else ""
        column -= cell.columns
    return ""


def boxes(element: Any) -> list[Any]:
    """Return the text boxes anchored in `element`, each once."""
    found = []
    for child in element:
        if child.tag == _BOX:
            found.append(child)
        elif isinstance(child.tag, str) and child.tag not in _UNREAD and child.tag != TBL:
            found += boxes(child)
    return found


def is_on(toggle: Any) -> bool:
    """Tell whether a switch such as `w:b` is there and not set to off."""
    return toggle is not None and toggle.get(qn("w:val"), "1") not in ("0", "false", "off")
