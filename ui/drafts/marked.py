"""A draft's text as HTML, each figure, date and quotation with its verdict."""

from __future__ import annotations

from collections.abc import Callable

from draft.text import paragraphs
from draft.texts import OUTCOMES
from draft.verdicts import Checked, Judged
from rag.types import Language
from ui.drafts import texts
from ui.safe import html

Target = Callable[[Judged], str]
"""The key of what a click on a verdict opens."""


def marked_html(checked: Checked, target: Target, language: Language) -> str:
    """Return a draft's text, each verdict a link to its evidence, each mark highlighted."""
    parts = []
    for p in paragraphs(checked.text):
        tag = "h4" if p.kind == "heading" else "p"
        sign = "– " if p.kind == "item" else ""
        parts.append(f"<{tag}>{sign}{_inner(checked, p.start, p.end, target, language)}</{tag}>")
    return f'<div class="draft-text" lang="da">{"".join(parts)}</div>'


def _inner(checked: Checked, start: int, end: int, target: Target, language: Language) -> str:
    pieces, done = [], start
    spans: list[tuple[int, int, Judged | None]] = [(a, b, None) for a, b in checked.marks]
    spans += [(j.verdict.start, j.verdict.end, j) for j in checked.judged]
    for a, b, judged in sorted(spans, key=lambda s: (s[0], -s[1])):
        if a < done or b > end:
            continue
        pieces.append(html(checked.text[done:a]))
        words = html(checked.text[a:b])
        pieces.append(
            _verdict(judged, words, target(judged), language)
            if judged
            else f'<mark class="write">{words}</mark>'
        )
        done = b
    return "".join(pieces) + html(checked.text[done:end])


def _verdict(judged: Judged, words: str, key: str, language: Language) -> str:
    told = html(outcome(judged, language))
    return (
        f'<a class="reference verdict {standing(judged)}" href="#{key}" title="{told}" '
        f'aria-label="{words}: {told}">{words}</a>'
    )


def standing(judged: Judged) -> str:
    """Return how a verdict stands: "held", "accepted", "earlier" or "bound"."""
    if judged.held:
        return "held"
    if judged.accepted:
        return "accepted"
    return "bound" if judged.verdict.passed else "earlier"


def outcome(judged: Judged, language: Language) -> str:
    """Return a verdict in words: what was found, or who accepted it and why."""
    verdict = judged.verdict
    told = verdict.elsewhere or OUTCOMES[verdict.outcome]
    found = told.in_(language)
    if judged.accepted:
        known = judged.accepted
        found = f"{found}; {texts.ACCEPTED.in_(language)} {known.by}: {known.reason}"
    return found
