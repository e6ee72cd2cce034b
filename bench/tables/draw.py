"""Which tables are measured: drawn once by a seed among all with numbers, none exchanged."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from bench.measure import ROOT
from bench.tables.grids import html_grid
from bench.tables.truth import Cell, cells_of, is_amount

MEETINGS = ROOT.parent / "shared" / "real" / "firstagenda"
SEED, COUNT = 16, 120


@dataclass(frozen=True)
class Sample:
    """A real table with the text around it, and the cells that it holds."""

    name: str
    before: tuple[str, ...]
    html: str
    after: str
    cells: tuple[Cell, ...]


def drawn(folder: Path, count: int = COUNT) -> tuple[list[Sample], int]:
    """Return the tables drawn, and of how many that have an amount beside their first column.

    One that stands in many agendas counts once.
    """
    found = {sample.html: sample for sample in _all(folder)}
    pile = list(found.values())
    return random.Random(SEED).sample(pile, min(count, len(pile))), len(pile)


def _all(folder: Path) -> Iterator[Sample]:
    for path in sorted(folder.glob("*.json")):
        for number, item in enumerate(json.loads(path.read_text())["Dagsordenpunkter"]):
            for field in item.get("Felter") or ():
                html = field.get("Html") or ""
                for place, table in enumerate(BeautifulSoup(html, "lxml").find_all("table")):
                    if table.find("table") or table.find_parent("table"):
                        continue
                    grid = html_grid(table)
                    if not any(is_amount(cell) for row in grid for cell in row[1:]):
                        continue
                    before, after = _around(table)
                    name = f"{path.stem}-{number}-{place}"
                    cells = tuple(cells_of(grid, "\n".join(before)))
                    yield Sample(name, before, str(table), after, cells)


def _around(table: Tag) -> tuple[tuple[str, ...], str]:
    """Return the last two paragraphs before a table and the first after it, up to another one."""

    def near(tags: Iterator[Tag], most: int) -> list[str]:
        said: list[str] = []
        for tag in tags:
            if tag.name == "table" or len(said) == most:
                break
            leaf = tag.name in ("p", "div", "li", "h2", "h3", "h4", "h5")
            text = " ".join(tag.get_text(" ").split())
            if leaf and text and not tag.find(["p", "div", "table", "ul"]):
                said.append(text)
        return said

    before = near(iter(t for t in table.find_all_previous() if not t.find_parent("table")), 2)
    after = near(iter(t for t in table.find_all_next() if not t.find_parent("table")), 1)
    return tuple(reversed(before)), next(iter(after), "")
