"""Walks WordprocessingML: elements in order, text boxes, switches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

P, R, TBL, TR, TC = qn("w:p"), qn("w:r"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
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
