"""What other libraries make of the same PDFs: their grids, and the cells by the same rules."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from bench.tables.score import Read
from bench.tables.truth import cells_of

NAMES = ("pdfplumber", "camelot")
_HERE = Path(__file__).resolve().parent


def environment(folder: Path) -> Path:
    """Return the Python of an environment that has the others, made where it is not there."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "-r", str(_HERE / "rivals.txt")]
        subprocess.run(pip, check=True)
    return python


def read(name: str, python: Path, pdfs: Sequence[Path]) -> list[tuple[list[Read], float, int]]:
    """Return what one library reads of each file, its seconds and how many pages there are."""
    call = [str(python), str(_HERE / "rival.py"), name, *map(str, pdfs)]
    done = subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if len(told) != len(pdfs):
        sys.exit(f"{name}: {len(told)} of {len(pdfs)} files read")
    return [(_cells(one["grids"]), one["seconds"], one["pages"]) for one in told]


def _cells(pages: list[list[list[list[str | None]]]]) -> list[Read]:
    """Return the amounts of all grids; one that goes on at the next page's top is one grid."""
    grids: list[list[list[str]]] = []
    for number, page in enumerate(pages):
        for place, rows in enumerate(page):
            grid = [[cell or "" for cell in row] for row in rows]
            if number and not place and grids and len(grids[-1][0]) == len(grid[0]):
                grids[-1] += grid
            else:
                grids.append(grid)
    return [
        Read(cell.row | cell.may_row, cell.head, cell.value)
        for grid in grids
        for cell in cells_of(grid)
    ]
