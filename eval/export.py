"""A run as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from eval.expected import expected_text

_HEADS = ("collection", "id", "type", "language", "author", "verdict", "question", "expected",
          "status", "reason", "answer", "citations", "seconds")  # fmt: skip


def run_csv(run: Mapping[str, Any]) -> str:
    """Return a run in its JSON form as CSV, semicolons between, a question a line.

    A cell that a spreadsheet would take for a formula is led by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADS)
    for outcome in run["outcomes"]:
        writer.writerow(map(_harmless, _row(outcome)))
    return out.getvalue()


def _row(outcome: Mapping[str, Any]) -> list[str]:
    answer = outcome["answer"] or {}
    why = answer.get("why_not") or {}
    cited = map(_place, answer.get("citations", []))
    return [
        *(
            str(outcome[key])
            for key in ("collection", "id", "type", "language", "author", "verdict")
        ),
        " / ".join([*(turn["question"] for turn in outcome["history"]), outcome["question"]]),
        expected_text(outcome["expected"]),
        answer.get("status", "error"),
        why.get("code", ""),
        answer.get("text", outcome["error"] or ""),
        ", ".join(cited),
        f"{outcome['seconds']:.3f}".replace(".", ","),
    ]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "@") else cell


def _place(citation: Mapping[str, Any]) -> str:
    page = citation["page"]
    return f"{citation['document']}{f' s. {page}' if page else ''}"
