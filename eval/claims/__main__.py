"""`python -m eval.claims [--quiet] [FILE…]`: holds the yardstick's sentences by the gate.

Without files it is the open pile. `--quiet` names no sentence, as befits a shut pile.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rag.errors import InputError
from rag.quiet import quiet


def main(arguments: Sequence[str]) -> int:
    """Print each sentence judged wrongly and a table by kind; 1 where a false one is bound."""
    quiet()
    from eval.claims.known import OPEN, load_sentences
    from eval.claims.run import run, table

    files = [Path(a) for a in arguments if a != "--quiet"] or [OPEN]
    try:
        sentences = [s for file in files for s in load_sentences(file)]
        results = list(run(sentences))
    except InputError as error:
        print(f"{error.message.da} / {error.message.en}", file=sys.stderr)
        return 2
    for result in results if "--quiet" not in arguments else ():
        if not result.right:
            s = result.sentence
            print(f"{s.id} {'true' if s.true else 'false'} {s.kind} {result.found}: {s.text}")
    print("\n".join(table(results)))
    if left := len(sentences) - len(results):
        print(f"{left} sentences were left out: their documents are not here.")
    return int(any(r.found == "bound" and not r.sentence.true for r in results))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
