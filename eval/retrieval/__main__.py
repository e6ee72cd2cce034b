"""The retrieval benchmark: python -m eval.retrieval [--distractors N] [--json FILE]."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.cache import cache_folder
from eval.retrieval import distractors
from eval.retrieval.benchmark import ALL, Result, benchmark
from eval.retrieval.measures import MEASURES


def main() -> None:
    """Run the benchmark and print its tables."""
    default = 20_000 if distractors.available() else 0
    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("--distractors", type=int, default=default, help="(default: %(default)s)")
    parser.add_argument("--json", type=Path, help="write means and each question's rank here")
    given = parser.parse_args()
    if given.distractors and not distractors.available():
        parser.error(f"no distractors: {distractors.TRAINING} is not there")
    with TemporaryDirectory() as folder:
        result = benchmark(Path(folder), given.distractors, cache_folder())
    print("\n".join(_lines(result)))
    if given.json:
        text = json.dumps(result.as_json(), ensure_ascii=False, indent=1)
        given.json.write_text(text + "\n", "utf8")


def _lines(result: Result) -> Iterator[str]:
    groups = {**result.kinds, **result.authors}
    yield f"{len(groups[ALL])} questions, {result.passages} passages, {result.embedder}\n"
    yield from _table("MRR", {f"{g} ({len(q)})": g for g, q in groups.items()}, result)
    for group, questions in result.kinds.items():
        yield f"\n{group}, {len(questions)} questions\n"
        yield _row("system", *MEASURES, "ms")
        yield _row(*["---"] * (len(MEASURES) + 2))
        for system in result.scores:
            figures = (f"{result.mean(system, m, group):.3f}" for m in MEASURES)
            yield _row(system, *figures, f"{result.ms[system]:.0f}")
    yield "\nMRR of fused minus BM25, 95 % interval of 10,000 paired resamples\n"
    yield _row("kind", "without query reading", "with query reading")
    yield _row("---", "---", "---")
    for group in groups:
        gains = (result.gain(group, read) for read in (False, True))
        yield _row(group, *(f"{g.mean:+.3f} ({g.low:+.3f} to {g.high:+.3f})" for g in gains))


def _table(measure: str, heads: dict[str, str], result: Result) -> Iterator[str]:
    yield _row(measure, *heads)
    yield _row(*["---"] * (len(heads) + 1))
    for system in result.scores:
        yield _row(system, *(f"{result.mean(system, measure, g):.3f}" for g in heads.values()))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
