"""Tables beside the report: kinds by collection, status, refusals, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

_STATUSES = ("answered", "ambiguous", "not_found", "error")
_CHANGES = {
    "broke": "gået i stykker / broke",
    "better": "blevet bedre / got better",
    "changed": "svarer anderledes / answered otherwise",
}


def print_status(run: Mapping[str, Any], console: Console) -> None:
    """Print, of a run in its JSON form, each kind by collection, statuses and refusals."""
    console.print(_kinds(run["summaries"]))
    console.print(_confusion(run["confusion"]))
    console.print(_refusals(run["refusals"]))


def print_comparison(found: Mapping[str, Any], console: Console) -> None:
    """Print what `eval.compare.compare` found."""
    earlier = found["earlier"]["number"] or found["earlier"]["started"]
    console.print(f"\nMod kørsel / against run {earlier}:")
    for kind, name in _CHANGES.items():
        console.print(f"{name}: {len(found[kind])}")
        for entry in found[kind]:
            note = " (nyt facit / expectation changed)" if entry["expectation_changed"] else ""
            was, now = entry["before"], entry["after"]
            verdicts = f"{was['verdict']} → {now['verdict']}"
            console.print(Styled(f"  {entry['id']} {verdicts}{note}: {entry['question']}"))
            console.print(Styled(f"    før / before: {was['text']}"))
            console.print(Styled(f"    nu / now:     {now['text']}"))
    console.print(f"nye / new: {len(found['new'])} · væk / gone: {len(found['gone'])}")


def _kinds(summaries: Mapping[str, Any]) -> Table:
    collections = list(summaries["collection"])
    table = _table("rigtige pr. type / correct by type", *collections)
    for type in summaries["type"]:
        cells = [summaries["part"].get(f"{c}/{type}") for c in collections]
        table.add_row(type, *(_share(cell) for cell in cells))
    return table


def _share(summary: Mapping[str, Any] | None) -> str:
    if summary is None:
        return "–"
    wrong = summary["wrong_figures"]
    told = f"{summary['correct']}/{summary['questions']}"
    return f"{told} ({wrong} forkerte tal)" if wrong else told


def _confusion(confusion: Mapping[str, Mapping[str, int]]) -> Table:
    table = _table("ventet \\ givet / expected \\ given", *_STATUSES)
    for status in _STATUSES[:-1]:
        row = confusion.get(status, {})
        table.add_row(status, *(str(row.get(given, 0)) for given in _STATUSES))
    return table


def _refusals(told: Mapping[str, Any]) -> Table:
    table = _table(
        "afslag / refusals", "givet", "med rette / rightly", "rette grund / right reason"
    )
    due = f" (af / of {told['due']} ventede)"
    fitting = sum(r["fitting"] for r in told["by_reason"].values())
    table.add_row("i alt / total", str(told["refused"]), f"{told['rightly']}{due}", str(fitting))
    for code, reason in told["by_reason"].items():
        table.add_row(code, *(str(reason[key]) for key in ("given", "rightly", "fitting")))
    return table


def _table(*heads: str) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left")
    return table
