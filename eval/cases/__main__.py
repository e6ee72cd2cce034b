"""`python -m eval.cases FOLDER`: asks the small cases over the files of a folder."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rag.errors import InputError
from rag.quiet import quiet

_USAGE = "python -m eval.cases FOLDER"


def main(arguments: Sequence[str]) -> int:
    """Print each case with its verdict, and last how many are right; return the exit code."""
    quiet()
    from eval.cases.expectations import load_cases
    from eval.cases.run import run

    if len(arguments) != 1:
        print(_USAGE, file=sys.stderr)
        return 2
    cases, right = load_cases(), 0
    try:
        for number, (case, verdict, said) in enumerate(run(Path(arguments[0]), cases), start=1):
            right += verdict == "right"
            print(f"{number:2} {verdict:12} {' + '.join(case.files)}: {case.question}")
            if verdict != "right":
                print(f"{'':16}{' '.join(said.split())[:200]}", flush=True)
    except InputError as error:
        print(f"{error.message.da} / {error.message.en}", file=sys.stderr)
        return 2
    print(f"{right} of {len(cases)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
