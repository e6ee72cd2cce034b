"""What changed between two runs, given in their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORTH = ("wrong_figure", "error", "wrong", "not_answered", "correct")
"""Verdicts, the worst first: a wrong figure is worse than no answer."""

_Key = tuple[str, str]


def compare(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> dict[str, Any]:
    """Return what got better, what broke, and what was answered otherwise with the same verdict.

    Each entry has the question, and the verdict and answer of both runs;
    `expectation_changed` tells that the known answer was another one. `new` and
    `gone` are the ids of questions that only the later or the earlier run has.
    """
    before, after = _by_key(earlier), _by_key(later)
    told: dict[str, Any] = {
        "earlier": {"number": earlier.get("number"), "started": earlier.get("started")},
        "better": [],
        "broke": [],
        "changed": [],
        "new": [id for _, id in after.keys() - before.keys()],
        "gone": [id for _, id in before.keys() - after.keys()],
    }
    for key in after:
        if key in before and (kind := _kind(before[key], after[key])):
            told[kind].append(_entry(before[key], after[key]))
    told["new"].sort()
    told["gone"].sort()
    return told


def _by_key(run: Mapping[str, Any]) -> dict[_Key, Mapping[str, Any]]:
    return {(o["collection"], o["id"]): o for o in run["outcomes"]}


def _kind(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    was, now = (_WORTH.index(o["verdict"]) for o in (before, after))
    if was != now:
        return "better" if now > was else "broke"
    return "changed" if _said(before) != _said(after) else None


def _entry(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": after["id"],
        "collection": after["collection"],
        "question": after["question"],
        "before": {"verdict": before["verdict"], "text": _said(before)},
        "after": {"verdict": after["verdict"], "text": _said(after)},
        "expectation_changed": before["expected"] != after["expected"],
    }


def _said(outcome: Mapping[str, Any]) -> str:
    answer = outcome["answer"]
    return answer["text"] if answer else str(outcome["error"])
