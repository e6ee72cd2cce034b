"""`python -m eval.tatqa FILE`: asks TAT-QA's questions, and prints its measure."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import InputError
from rag.quiet import quiet

if TYPE_CHECKING:
    from rich.table import Table

    from eval.tatqa.run import Asked

_USAGE = "python -m eval.tatqa FILE"


def main(arguments: Sequence[str]) -> int:
    """Print exact match and F1 in all and by kind and source; return the exit code."""
    quiet()
    from rich.console import Console
    from rich.progress import track

    from eval.tatqa.run import load, run

    if len(arguments) != 1:
        print(_USAGE, file=sys.stderr)
        return 2
    try:
        contexts = load(Path(arguments[0]))
    except InputError as error:
        print(f"{error.message.da} / {error.message.en}", file=sys.stderr)
        return 2
    shown = track(run(contexts), "TAT-QA", len(contexts), console=Console(stderr=True))
    asked = [a for of_context in shown for a in of_context]
    Console(width=max(Console().width, 100)).print(table(asked))
    if failed := [a.error for a in asked if a.error]:
        print(f"{len(failed)} questions failed, the first with {failed[0]}")
    return 0


def table(asked: Sequence[Asked]) -> Table:
    """Return the measures of questions asked, in all and by answer type and source."""
    from rich.table import Table

    shown = Table("TAT-QA", "questions", "EM", "F1", "right", "wrong", "refused")
    groups = {"in all": list(asked)}
    for kind in ("span", "multi-span", "arithmetic", "count"):
        groups[kind] = [a for a in asked if a.kind == kind]
    for source in ("table", "text", "table-text"):
        groups[f"from {source}"] = [a for a in asked if a.source == source]
    for name, group in groups.items():
        if group:
            shown.add_row(name, str(len(group)), *_measures(group))
    return shown


def _measures(group: Sequence[Asked]) -> list[str]:
    means = [sum(a.score[at] for a in group) / len(group) for at in (0, 1)]
    counts = [sum(a.count == c for a in group) for c in ("right", "wrong", "refused")]
    return [
        *(f"{100 * mean:.1f}" for mean in means),
        *(f"{count} ({100 * count / len(group):.0f} %)" for count in counts),
    ]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
