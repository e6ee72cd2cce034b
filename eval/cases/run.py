"""Asks the small cases, each over a data folder that holds its own files alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from eval.cases.expectations import CHECK, Case
from eval.cases.judge import Got, Verdict, judge, judge_check
from eval.sets import holding
from rag.chain import Assistant
from rag.errors import InputError
from rag.gate.gate import check
from rag.query import Turn
from rag.types import Text

PROCESSES = 2
Result = tuple[Case, Verdict, str]
"""A case, its verdict, and what was said, in words."""


def run(folder: Path, cases: Sequence[Case]) -> Iterator[Result]:
    """Yield the result of each case, in order; cases of the same files share a data folder.

    Raises InputError where a file of `folder` is not there or cannot be read.
    """
    sets: dict[tuple[str, ...], list[Case]] = {}
    for case in cases:
        sets.setdefault(case.files, []).append(case)
    sizes = {files: _size(folder, files) for files in sets}
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        # The longest document first: it takes as long as many others.
        jobs = {
            files: pool.submit(ask, folder, sets[files])
            for files in sorted(sets, key=sizes.__getitem__, reverse=True)
        }
        done: dict[tuple[str, ...], Iterator[tuple[Verdict, str]]] = {}
        for case in cases:
            if case.files not in done:
                done[case.files] = iter(jobs[case.files].result())
            yield case, *next(done[case.files])


def ask(folder: Path, cases: Sequence[Case]) -> list[tuple[Verdict, str]]:
    """Return the verdict on each of some cases of the same files, and what was said."""
    with holding([folder / name for name in cases[0].files]) as (home, reports):
        assistant = Assistant(home)
        try:
            warnings = tuple(w.da for report in reports for w in report.warnings)
            return [_checked(c, assistant) or _asked(c, assistant, warnings) for c in cases]
        finally:
            assistant.catalogue.close()


def _checked(case: Case, assistant: Assistant) -> tuple[Verdict, str] | None:
    if not case.question.startswith(CHECK):
        return None
    verdicts = check(case.question.removeprefix(CHECK), assistant.catalogue)
    told = "; ".join(f"{v.outcome}: {v.words}" for v in verdicts)
    return judge_check(case.expected[0], verdicts), told


def _asked(case: Case, assistant: Assistant, warnings: tuple[str, ...]) -> tuple[Verdict, str]:
    turns: list[Turn] = []
    for question in case.history:
        turns.append(Turn(question, assistant.ask(question, turns).text))
    answer = assistant.ask(case.question, turns)
    counted = any(e.findings is not None for e in case.expected)
    findings = len(assistant.catalogue.findings()) if counted else 0
    return judge(case.expected, Got(answer, warnings, findings)), answer.text


def _size(folder: Path, files: Sequence[str]) -> int:
    missing = next((name for name in files if not (folder / name).is_file()), None)
    if missing is not None:
        path = folder / missing
        raise InputError(Text(f"{path} findes ikke.", f"{path} does not exist."))
    return sum((folder / name).stat().st_size for name in files)
