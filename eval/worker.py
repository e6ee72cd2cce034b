"""Runs collections in a process of its own and keeps the run: `python -m eval.worker`.

The arguments are the data folder, the access levels of the documents in it that
may be seen, and the names of the collections. Standard output is one JSON object a
line: {"done", "total"} as it goes, at last {"number"} of the run kept, or
{"error": [Danish, English]}.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.types import Access


def main() -> None:
    """Run what the arguments name."""
    # What others ask in the app comes first.
    os.nice(10)
    from rag.errors import RaadsvarError
    from rag.quiet import quiet
    from rag.store.levels import LEVELS

    quiet()
    folder, levels, *names = sys.argv[1:]
    seen = frozenset(level for level in LEVELS if level in levels.split(","))
    try:
        _tell(number=_run(Path(folder), seen, names))
    except RaadsvarError as error:
        _tell(error=list(error.message))


def _run(folder: Path, levels: frozenset[Access], names: list[str]) -> int:
    from eval.form import run_json
    from eval.run import run_collections
    from eval.runs import Runs
    from eval.sets import offered
    from rag.home import Home
    from rag.store.records import Records

    home = Home(folder)
    chosen = [c for c in offered(home) if c.name in names]
    run = run_collections(chosen, home, lambda *told: _tell(done=told[0], total=told[1]), levels)
    records = Records(home)
    try:
        return Runs(records).add(run_json(run))
    finally:
        records.close()


def _tell(**what: Any) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
