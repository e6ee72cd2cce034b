"""Runs collections in a process of its own and keeps the run: `python -m eval.worker`.

The arguments are the data folder and the names of the collections. Standard
output is one JSON object a line: {"done", "total"} as it goes, at last {"number"} of the
run kept, or {"error": [Danish, English]}.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    """Run what the arguments name."""
    # What others ask in the app comes first.
    os.nice(10)
    from rag.errors import RaadsvarError
    from rag.quiet import quiet

    quiet()
    folder, *names = sys.argv[1:]
    try:
        _tell(number=_run(Path(folder), names))
    except RaadsvarError as error:
        _tell(error=list(error.message))


def _run(folder: Path, names: list[str]) -> int:
    from eval.form import run_json
    from eval.run import run_collections
    from eval.runs import Runs
    from eval.sets import offered
    from rag.home import Home
    from rag.records import Records

    home = Home(folder)
    chosen = [c for c in offered(home) if c.name in names]
    run = run_collections(chosen, home, lambda done, total: _tell(done=done, total=total))
    records = Records(home)
    try:
        return Runs(records).add(run_json(run))
    finally:
        records.close()


def _tell(**what: Any) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
