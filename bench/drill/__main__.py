"""`python -m bench.drill [--only PART] [--without MEND]`: hold the drill, print its table."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.drill import faults, folder, hostile, kills, leaks, process
from bench.drill.kind import Kind
from bench.drill.mends import MENDS
from bench.drill.table import Row, told

PARTS = {"kills": kills, "faults": faults, "hostile": hostile, "leaks": leaks}
_WORKERS = 2


def main() -> int:
    """Hold the drill. Return 1 where anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.drill", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be repeated")
    parser.add_argument("--kind", default="", help="only kinds whose name holds this")
    parser.add_argument("--without", choices=MENDS, help="take a mend out, to see the drill fail")
    given = parser.parse_args()
    start = time.monotonic()
    process.warm()
    with tempfile.TemporaryDirectory(prefix="drill-") as made:
        if given.without:
            MENDS[given.without]()
        base = folder.make(Path(made) / "base")
        kinds = [k for part in given.only or PARTS for k in PARTS[part].kinds(base, given.kind)]
        rows = hold([k for k in kinds if given.kind in k.name])
    print(told(rows))
    print(f"\n{time.monotonic() - start:.0f} seconds")
    return int(any(row.wrong for row in rows))


def hold(kinds: list[Kind]) -> list[Row]:
    """Make every attempt of each kind, two at a time; return a row of each kind."""
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(_WORKERS, mp_context=forked) as pool:
        asked = [[pool.submit(_attempt, k, n) for n in range(k.times)] for k in kinds]
        rows = []
        for kind, attempts in zip(kinds, asked, strict=True):
            row = Row(kind.part, kind.name)
            for each in attempts:
                row.tried(each.result())
            rows.append(row)
            print(f"{row.part}, {row.kind}: {row.attempts}, {len(row.wrong)}", file=sys.stderr)
        return rows


def _attempt(kind: Kind, seed: int) -> list[str]:
    try:
        return kind.attempt(seed)
    except Exception as error:
        return [f"{type(error).__name__}: {str(error)[-250:]}"]


if __name__ == "__main__":
    sys.exit(main())
