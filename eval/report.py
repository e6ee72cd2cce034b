"""The report of a run, as tables on a terminal; Danish first, English second."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from eval.expected import expected_json, expected_text
from eval.outcome import Outcome, Run, Share, Summary
from rag.answer import Answer
from rag.types import Text

_HEADS = (
    Text("spørgsmål", "questions"),
    Text("rigtige", "correct"),
    Text("ubesvarede", "not answered"),
    Text("forkerte", "wrong"),
    Text("forkerte tal", "wrong figures"),
    Text("fejl", "errors"),
    Text("rigtig side", "right page"),
    Text("recall@5", ""),
    Text("MRR", ""),
    Text("s, median", ""),
    Text("s, p95", ""),
)
_GROUPS = {
    "total": Text("i alt", "total"),
    "collection": Text("dokumenter", "documents"),
    "author": Text("skrevet af", "written by"),
    "language": Text("sprog", "language"),
    "type": Text("type", "type"),
}
_VERDICTS = {
    "not_answered": Text("ubesvaret", "not answered"),
    "wrong": Text("forkert", "wrong"),
    "wrong_figure": Text("FORKERT TAL", "WRONG FIGURE"),
    "error": Text("FEJL", "ERROR"),
}


def print_report(run: Run, console: Console) -> None:
    """Print the measures in sum and by group, then every question not answered correctly."""
    written = (
        f"sprogmodel / language model: {run.model}"
        if run.model
        else "uden sprogmodel / without a language model"
    )
    console.print(written)
    console.print(_table(run))
    total = run.summaries()["total"]["all"]
    console.print(
        f"rigtigt dokument / right document: {_share(total.document_right)} · "
        f"rigtig grund til intet svar / right reason for no answer: {_share(total.reason_right)} · "
        f"recall og MRR over {total.ranked} spørgsmål / over {total.ranked} questions"
    )
    for outcome in run.outcomes:
        if outcome.judgement.verdict != "correct":
            console.print()
            console.print(Styled(_told(outcome)))


def _table(run: Run) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("")
    for head in _HEADS:
        table.add_column("\n".join(filter(None, head)), justify="right", overflow="fold")
    summaries = run.summaries()
    for name, label in _GROUPS.items():
        for key, summary in summaries[name].items():
            words = f"{label.da} / {label.en}" if name == "total" else f"{label.da}: {key}"
            table.add_row(words, *_cells(summary))
    return table


def _cells(summary: Summary) -> list[str]:
    return [
        str(summary.questions),
        f"{summary.correct} ({summary.correct_share:.0%})",
        str(summary.not_answered),
        str(summary.wrong),
        str(summary.wrong_figures),
        str(summary.errors),
        _share(summary.page_right),
        _number(summary.recall_at_5),
        _number(summary.mrr),
        _number(summary.median_seconds),
        _number(summary.p95_seconds),
    ]


def _told(outcome: Outcome) -> str:
    """Return what was expected of a question, and what came."""
    known = outcome.known
    verdict = _VERDICTS[outcome.judgement.verdict]
    lacking = ", ".join(outcome.judgement.missing)
    return "\n".join(
        [
            f"{known.id} · {verdict.da} / {verdict.en}{f' ({lacking})' if lacking else ''}",
            f"  spurgt / asked:      {known.question}",
            f"  ventet / expected:   {expected_text(expected_json(known.expected))}",
            f"  fik / got:           {outcome.error or _answer(outcome.answer)}",
        ]
    )


def _answer(answer: Answer | None) -> str:
    if answer is None:
        return ""
    code = f" ({answer.why_not.code})" if answer.why_not else ""
    places = ", ".join(
        f"{c.document.file}{f' s. {c.place.page}' if c.document.paged else ''}"
        for c in answer.citations
    )
    return f"{answer.status}{code}; {answer.text} [{places}]"


def _share(share: Share) -> str:
    return f"{share.count}/{share.of}" if share.of else "–"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
