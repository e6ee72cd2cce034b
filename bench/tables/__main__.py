"""`python -m bench.tables`: how many cells of real tables are read right, beside other libraries.

A table of counts is printed, and kept in `bench/results/tables.json`. `--show` tells what was
read wrong; what it prints are the documents' own words, so it stays on the screen.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.measure import ROOT
from bench.tables import ours, rivals
from bench.tables.draw import COUNT, MEETINGS, Sample, drawn
from bench.tables.printed import STYLES, page, printed
from bench.tables.score import Miss, Read, Score, score

_RESULTS = ROOT / "bench" / "results" / "tables.json"
_PARTS = ("row", "head", "value", "sign", "unit", "placed", "whole")
_SHOWN = 12  # misses of a table


def main() -> None:
    """Draw, print, read, score."""
    parser = argparse.ArgumentParser(prog="python -m bench.tables", description=__doc__)
    parser.add_argument("--folder", type=Path, default=MEETINGS, help="FirstAgenda's JSON files")
    parser.add_argument("--count", type=int, default=COUNT, help="how many tables to draw")
    parser.add_argument("--styles", nargs="*", choices=STYLES, default=STYLES)
    parser.add_argument(
        "--rivals", type=Path, help="an environment for the others; made if missing"
    )
    parser.add_argument("--keep", type=Path, help="keep the PDFs here, and use them again")
    parser.add_argument("--show", action="store_true", help="tell what was read wrong")
    chosen = parser.parse_args()
    samples, pile = drawn(chosen.folder, chosen.count)
    result: dict[str, Any] = {"tables": len(samples), "of": pile}
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        pages = [page(sample).encode() for sample in samples]
        result["html"] = {"raadsvar": _ours(samples, pages, "html", chosen.show)}
        for style in chosen.styles:
            pdfs = [folder / style / f"{sample.name}.pdf" for sample in samples]
            if not all(map(Path.exists, pdfs)):
                printed(samples, style, folder / style)
            contents = [path.read_bytes() for path in pdfs]
            result[style] = {"raadsvar": _ours(samples, contents, "pdf", chosen.show)}
            for name in rivals.NAMES if chosen.rivals else ():
                told = rivals.read(name, rivals.environment(chosen.rivals), pdfs)
                result[style][name] = _summed(samples, told, None)
    if chosen.count == COUNT and chosen.rivals and len(chosen.styles) == len(STYLES):
        _RESULTS.write_text(json.dumps({"result": result}, indent=1) + "\n")
    print(_told(result))


def _ours(samples: list[Sample], files: list[bytes], suffix: str, show: bool) -> dict[str, Any]:
    ours.read(f"warm.{suffix}", files[0])
    told = []
    for sample, data in zip(samples, files, strict=True):
        start = time.perf_counter()
        figures, pages = ours.read(f"{sample.name}.{suffix}", data)
        told.append((figures, time.perf_counter() - start, pages))
    return _summed(samples, told, suffix if show else None)


def _summed(
    samples: list[Sample], told: list[tuple[list[Read], float, int]], show: str | None
) -> dict[str, Any]:
    total = Score()
    for sample, (figures, _, _) in zip(samples, told, strict=True):
        one, misses = score(sample.cells, figures)
        total.add(one)
        for miss in misses[:_SHOWN] if show else ():
            print(f"{show} {sample.name}: {_said(miss)}", file=sys.stderr)
    seconds, pages = (sum(one[at] for one in told) for at in (1, 2))
    return {**asdict(total), "seconds_a_page": seconds / pages, "pages": pages}


def _said(miss: Miss) -> str:
    """Return what a reader got wrong, the cell first."""
    sides = []
    for side in (miss.cell, miss.figure):
        if side:
            row, head = (" ".join(sorted(names))[:60] for names in (side.row, side.head))
            sides.append(f"[{row} | {head} | {side.value} {side.unit} x{side.scale}]")
        else:
            sides.append("none")
    return f"{','.join(miss.wrong[:-1])} {' <> '.join(sides)}"


def _told(result: dict[str, Any]) -> str:
    lines = [f"{result['tables']} tables of {result['of']}", ""]
    lines.append("| style | reader | cells | " + " | ".join(_PARTS) + " | precision | s a page |")
    lines.append("| --- | --- |" + " ---: |" * (len(_PARTS) + 3))
    for style, readers in result.items():
        for name, told in readers.items() if isinstance(readers, dict) else ():
            own = name == "raadsvar"
            shares = [
                f"{100 * told[part] / told['truth']:.1f}"
                if own or part not in ("unit", "whole")
                else ""
                for part in _PARTS
            ]
            right = told["whole" if own else "placed"]
            precise = f"{100 * right / max(told['read'], 1):.1f}"
            cells = [style, name, str(told["truth"]), *shares, precise]
            lines.append("| " + " | ".join([*cells, f"{told['seconds_a_page']:.3f}"]) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
