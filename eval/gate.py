"""The gate: no wrong figure, no error, and floors set at what is reached."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from eval.outcome import Run, Summary
from rag.errors import InputError
from rag.types import Text

FLOORS = Path(__file__).with_name("floors.json")

Floors = Mapping[str, Mapping[str, float]]
"""By collection, or collection and type: the least `correct` and the like, from 0 to 1.

`wrong_figures` is the most there may be, 0 unless a collection tells another number.
"""

_MEASURES = {
    "correct": Text("rigtige svar", "correct answers"),
    "page_right": Text("rigtig side", "right page"),
    "recall_at_5": Text("recall@5", "recall@5"),
    "mrr": Text("MRR", "MRR"),
}


def load_floors(path: Path = FLOORS) -> Floors:
    """Return the floors. Raises InputError where the file is not what it must be."""
    try:
        floors = json.loads(path.read_text("utf8"))
        for floor in floors.values():
            for measure, least in floor.items():
                if measure != "wrong_figures" and (measure not in _MEASURES or not 0 <= least <= 1):
                    raise ValueError(f"{measure}: {least}")
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise InputError(
            Text(
                f"{path}: tærsklerne kan ikke læses ({error}).",
                f"{path}: the floors cannot be read ({error}).",
            )
        ) from error
    return dict(floors)


def breaches(run: Run, floors: Floors) -> list[Text]:
    """Return what a run fails the gate for, nothing where it passes."""
    summaries = run.summaries()
    groups = {**summaries["collection"], **summaries["part"]}
    told = [_failed(o.known.id) for o in run.outcomes if o.error is not None]
    for collection, summary in summaries["collection"].items():
        if summary.wrong_figures > floors.get(collection, {}).get("wrong_figures", 0):
            told.extend(
                _wrong(o.known.id)
                for o in run.outcomes
                if o.collection == collection and o.judgement.verdict == "wrong_figure"
            )
    for group, floor in floors.items():
        if group not in groups:
            told.append(
                Text(
                    f"Ingen spørgsmål i »{group}«, som har tærskler.",
                    f"No questions in {group!r}, which has floors.",
                )
            )
            continue
        for measure in floor.keys() & _MEASURES.keys():
            reached = _reached(groups[group], measure)
            if reached is None or reached < floor[measure]:
                told.append(_below(group, measure, reached, floor[measure]))
    return told


def _failed(id: str) -> Text:
    return Text(f"{id}: fejlede.", f"{id}: failed.")


def _wrong(id: str) -> Text:
    return Text(f"{id}: et forkert tal.", f"{id}: a wrong figure.")


def _reached(summary: Summary, measure: str) -> float | None:
    reached: dict[str, float | None] = {
        "correct": summary.correct_share,
        "page_right": summary.page_right.value,
        "recall_at_5": summary.recall_at_5,
        "mrr": summary.mrr,
    }
    return reached[measure]


def _below(group: str, measure: str, reached: float | None, least: float) -> Text:
    name = _MEASURES[measure]
    is_now = "-" if reached is None else f"{reached:.3f}"
    return Text(
        f"{group}: {name.da} {is_now} er under tærsklen {least:.3f}.",
        f"{group}: {name.en} {is_now} is below the floor of {least:.3f}.",
    )
