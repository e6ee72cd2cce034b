"""Asks real questions: Greve's over Greve's meetings, the others over all other documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from eval.real.judge import Judge, Verdict
from eval.real.known import QUESTIONS, Pile, Place, RealQuestion, load_pile
from eval.sets import check_complete
from rag.answer import Answer
from rag.errors import InputError
from rag.home import Home
from rag.query import Turn
from rag.types import Text

if TYPE_CHECKING:
    from rag.chain import Assistant

DOCUMENTS: dict[Place, tuple[str, ...]] = {
    "greve": ("real/firstagenda",),
    "others": (
        "real/excerpts",
        "originals",
        "pdfs/aarhus_byraad_2025-08-27.pdf",
        "pdfs/dagsbil.pdf",
    ),
}
Progress = Callable[[str, int, int], None]
"""Told what goes on: its name, how much is done, of how much."""

_CHUNK = 100  # questions that a process asks before it tells


@dataclass(frozen=True)
class RealOutcome:
    """What came of a question. `confidence` is the answer's own, from 0 to 1, if it tells one."""

    question: RealQuestion
    answer: Answer | None
    verdict: Verdict
    confidence: float | None = None
    error: str | None = None


def run_piles(
    shared: Path,
    home: Home,
    piles: Sequence[Pile],
    on_progress: Progress = lambda what, done, total: None,
    folder: Path = QUESTIONS,
) -> list[tuple[Pile, list[RealOutcome]]]:
    """Read both collections into folders of their own in `home`, ask, and judge.

    What was read stays for the next run. `folder` holds the piles. Raises InputError where
    `shared` or its documents are not there, or a file of a pile cannot be read.
    """
    for path in (shared / name for names in DOCUMENTS.values() for name in names):
        if not path.exists():
            raise InputError(
                Text(
                    f"{path} findes ikke: de virkelige dokumenter er ikke her, "
                    "så der er intet at måle på.",
                    f"{path} does not exist: the real documents are not here, "
                    "so that there is nothing to measure on.",
                )
            )
    asked: list[tuple[Pile, tuple[RealQuestion, ...]]] = [(p, load_pile(p, folder)) for p in piles]
    questions = [q for _, found in asked for q in found]
    outcomes = {o.question.id: o for o in _side_by_side(shared, home, questions, on_progress)}
    return [(pile, [outcomes[q.id] for q in found]) for pile, found in asked]


def _side_by_side(
    shared: Path, home: Home, questions: Sequence[RealQuestion], on_progress: Progress
) -> Iterator[RealOutcome]:
    places = get_args(Place)
    parts = [[q for q in questions if q.place == place] for place in places]
    for place in places:
        read_in(shared, home, place, on_progress)
        check_complete(collection(home, place))
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        chunks = [
            (place, part[n : n + _CHUNK])
            for place, part in zip(places, parts, strict=True)
            for n in range(0, len(part), _CHUNK)
        ]
        done = 0
        for found in pool.map(_asked, repeat(shared), repeat(home), *zip(*chunks, strict=True)):
            done += len(found)
            on_progress("spørgsmål / questions", done, len(questions))
            yield from found


def collection(home: Home, place: Place) -> Home:
    """Return the data folder that holds a collection's documents as read."""
    return Home(home.folder / "real" / place)


def read_in(
    shared: Path, home: Home, place: Place, on_progress: Progress = lambda what, done, total: None
) -> None:
    """Read a collection into its folder; what was read before stays."""
    from ingest.pipeline import ingest
    from rag.chain import refresh
    from rag.search.embed import load_embedder

    paths = [shared / name for name in DOCUMENTS[place]]
    made = collection(home, place)
    embedding = partial(on_progress, f"{place}: meningssøgning / search by meaning")
    told = lambda _, done, total: on_progress(place, done, total)  # noqa: E731
    ingest(paths, made, load_embedder(), told, on_embed=embedding)
    refresh(made)


def _asked(
    shared: Path, home: Home, place: Place, questions: Sequence[RealQuestion]
) -> list[RealOutcome]:
    ask, judge = _assistant(collection(home, place).folder).ask, Judge(shared)
    return [_outcome(ask, judge, q) for q in questions]


@cache
def _assistant(folder: Path) -> Assistant:
    """Return the assistant of a data folder: one a process, opened once."""
    from rag.chain import Assistant

    return Assistant(Home(folder))


def _outcome(ask: Callable[..., Answer], judge: Judge, question: RealQuestion) -> RealOutcome:
    try:
        answer = ask(question.question, [Turn(earlier) for earlier in question.history])
    except Exception as failure:  # a question that fails is an outcome, and the rest go on
        return RealOutcome(question, None, "error", error=f"{type(failure).__name__}: {failure}")
    confidence = getattr(answer, "confidence", None)
    return RealOutcome(question, answer, judge.verdict(question, answer), confidence)
