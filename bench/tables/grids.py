"""The grid of a table in HTML: its cells' words, spans laid out."""

from __future__ import annotations

import re

from bs4 import NavigableString, Tag

from bench.tables.truth import is_year, number

_NOTE = re.compile(r"\s*(?:\d{1,2}|[a-z])?\)?\s*|\*+")
_MEASURED = re.compile(r"(?:\bk?m|CO)$")
_BLOCKS = ("p", "div", "li", "ul", "ol", "br")
_MOST = 50  # columns or rows that a cell may cover


def html_grid(table: Tag) -> list[list[str]]:
    """Return a table's grid; a number that covers more of it stands in the first place alone."""
    grid: list[list[str]] = []
    held: dict[tuple[int, int], str] = {}
    for y, tr in enumerate(table.find_all("tr")):
        row: list[str] = []
        for cell in tr.find_all(["td", "th"], recursive=False):
            while (y, len(row)) in held:
                row.append(held[y, len(row)])
            text = " ".join(text_of(cell).split())
            more = text if number(text) is None or is_year(text) else ""
            wide, high = (_span(cell, name) for name in ("colspan", "rowspan"))
            for down in range(1, high):
                held.update({(y + down, len(row) + x): more for x in range(wide)})
            row += [text] + [more] * (wide - 1)
        while (y, len(row)) in held:
            row.append(held[y, len(row)])
        grid.append(row)
    return grid


def text_of(tag: Tag) -> str:
    """Return the words of an element: its lines apart, the marks of notes left out."""
    text = ""
    for child in tag.children:
        if isinstance(child, NavigableString):
            text += str(child)
        elif isinstance(child, Tag):
            own = text_of(child)
            if child.name == "sup" and _NOTE.fullmatch(own) and not _MEASURED.search(text):
                continue
            text += f" {own} " if child.name in _BLOCKS else own
    return text


def _span(cell: Tag, name: str) -> int:
    told = str(cell.get(name, 1))
    return min(int(told), _MOST) if told.isdecimal() and int(told) else 1
