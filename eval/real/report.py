"""The report on real questions: tables on a terminal, JSON, and the log of openings."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from eval.real.known import Pile
from eval.real.measures import Curve, Tally, by, curve, tally
from eval.real.run import RealOutcome
from rag.home import CHECKOUT

OPENINGS = Path(__file__).parent / "openings.jsonl"
"""Each time the shut pile was asked: day, commit and totals."""
_HEADS = (
    "spørgsmål\nquestions",
    "rigtige\nright",
    "forkerte\nwrong",
    "forkerte tal\nwrong figures",
    "nær\nnear",
    "afvist\nrefused",
    "fejl\nerrors",
    "besvaret af mulige\nanswered of answerable",
)
_PLACES = {"others": "andre end Greve / not Greve", "greve": "Greve"}


def print_pile(pile: Pile, outcomes: Sequence[RealOutcome], console: Console) -> None:
    """Print a pile: both places, then by kind, voice, language and format, and the curve.

    Of the shut pile only totals by kind and place are printed.
    """
    places = by(outcomes, lambda o: o.question.place)
    table = Table(box=None, header_style="bold", pad_edge=False, title=pile, title_justify="left")
    table.add_column("")
    for head in _HEADS:
        table.add_column(head, justify="right")
    for place, name in _PLACES.items():
        if place in places:
            table.add_row(name, *_cells(tally(places[place])))
    table.add_row("i alt / total", *_cells(tally(outcomes)))
    for label, groups in _groups(pile, outcomes).items():
        table.add_section()
        for key, members in groups.items():
            table.add_row(f"{label}: {key}", *_cells(tally(members)))
    console.print(table)
    for place, name in _PLACES.items():
        if place in places:
            console.print(f"{name}: {_curve(curve(places[place]))}")
    console.print()


def pile_json(pile: Pile, outcomes: Sequence[RealOutcome]) -> dict[str, Any]:
    """Return a pile's totals for JSON, and outside the shut pile each question's outcome."""
    told = totals(outcomes)
    if pile != "shut":
        told["outcomes"] = [
            {
                "id": o.question.id,
                "verdict": o.verdict,
                "status": o.answer.status if o.answer else None,
                "answer": o.answer.text if o.answer else o.error,
                "confidence": o.confidence,
            }
            for o in outcomes
        ]
    return told


def totals(outcomes: Sequence[RealOutcome]) -> dict[str, Any]:
    """Return the counts by place and, for each place, by kind, with the area under its curve."""
    return {
        place: {
            **asdict(tally(members)),
            "area": round(curve(members).area, 4),
            "kinds": {
                kind: asdict(tally(found))
                for kind, found in by(members, lambda o: o.question.kind).items()
            },
        }
        for place, members in by(outcomes, lambda o: o.question.place).items()
    }


def log_opening(outcomes: Sequence[RealOutcome], path: Path = OPENINGS) -> None:
    """Note in the committed log that the shut pile was asked, by which commit, and the totals."""
    git = ["git", "-C", str(CHECKOUT)]
    commit = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True).stdout
    dirty = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True).stdout
    entry = {
        "date": dt.date.today().isoformat(),
        "commit": commit.strip() + ("+" if dirty.strip() else ""),
        "totals": totals(outcomes),
    }
    with path.open("a", encoding="utf8") as log:
        log.write(json.dumps(entry, ensure_ascii=False) + "\n")


def _groups(pile: Pile, outcomes: Sequence[RealOutcome]) -> dict[str, dict[str, list[RealOutcome]]]:
    kinds = {"slags / kind": by(outcomes, lambda o: o.question.kind)}
    if pile == "shut":
        return kinds
    return {
        **kinds,
        "stemme / voice": by(outcomes, lambda o: o.question.voice),
        "sprog / language": by(outcomes, lambda o: o.question.language),
        "format": by(outcomes, lambda o: o.question.format),
        "kan besvares / answerable": by(outcomes, lambda o: o.question.trap or "ja / yes"),
    }


def _cells(of: Tally) -> list[str]:
    counts = (of.right, of.wrong, of.wrong_figures, of.near, of.refused)
    answered = f"{of.answered} / {of.answerable}"
    return [str(of.questions), *map(of.share, counts), str(of.errors), answered]


def _curve(of: Curve) -> str:
    points = ", ".join(f"{risk:.0%} ved {coverage:.0%}" for coverage, risk in _few(of.points))
    return f"risiko ved dækning / risk at coverage: {points}; areal / area {of.area:.3f}"


def _few(points: Sequence[tuple[float, float]], most: int = 10) -> list[tuple[float, float]]:
    """Return at most `most` points of a curve, spread over it, the last one too."""
    step = max(1, len(points) // most)
    return [*points[:-1:step], points[-1]] if points else []
