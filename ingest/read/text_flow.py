"""From the lines between a plain text's tables to its headings, paragraphs and items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.read.hyphens import is_cut, join_lines
from ingest.read.text_lines import Line, text_width
from ingest.read.text_marks import BULLET, CAPTION, FIELD, NUMBERED, SECTION, is_bullet, is_numbered
from rag.store.source import BlockKind

_MARKDOWN = re.compile(r"(#{1,6})\s+(?=\S)")
_ENDED = re.compile(r"[.!?:;][\"”’)\]]*$")
_JOINING = re.compile(
    r"(?:,|\b(?:i|på|fra|til|med|af|for|om|og|eller|ca\.|den|det|der|er|en|et|at|som|samt|f\.eks\."
    r"|bl\.a\.|fx|vedr\.|inkl\.|ekskl\.|pct|mio\.|mia\.))$"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d")
_LONGEST_HEADING = 120
_PROSE = 60  # letters: what follows a heading is at least this long, or ends as a sentence
_FULL = 0.98  # of the page's width: measured, wrapped lines of the originals reach 0.99 and more
_UNWRAPPED = 200.0  # average letters: wider lines are whole paragraphs


@dataclass
class Draft:
    """A block in the making: its text, the last line in it, and the gap before it."""

    text: str
    last: Line
    gap: int
    kind: BlockKind = "paragraph"
    level: int = 0
    lead: bool = False


def page_width(lines: Sequence[Line]) -> float:
    """Return how wide a full line is, in average letters; infinite where lines are not wrapped."""
    widths = sorted(width for line in lines if (width := line.width) > 40)
    if len(widths) < 4:
        return float("inf")
    full = widths[int(len(widths) * 0.9)]
    return full if full < _UNWRAPPED else float("inf")


def read_flow(lines: Sequence[Line], width: float, *, table_follows: bool = False) -> list[Draft]:
    """Return the blocks of a run of lines that has no table in it.

    `width` is the file's (see `page_width`); `table_follows` tells that a table
    comes next, so that a heading may stand last.
    """
    drafts: list[Draft] = []
    for line in lines:
        text = line.text
        if drafts and _goes_on(drafts[-1], line, text, width):
            drafts[-1].text = join_lines(drafts[-1].text, text)
            drafts[-1].last = line
        else:
            drafts.append(_begin(line, text, first=not drafts))
    for index, draft in enumerate(drafts):
        if draft.kind == "item" and _is_section(drafts, index):
            draft.kind, draft.level = "heading", 1 + _depth(draft.text)
    # A text table's column heads, which may recur on its next page, are no headings.
    columns = {b.text for a, b in pairwise(drafts) if CAPTION.match(a.text)}
    below = table_follows
    follower: BlockKind = "paragraph"
    for draft in reversed(drafts):
        known = bool(SECTION.fullmatch(draft.text))
        if (
            draft.kind == "paragraph"
            and (below or known)
            and _may_head(draft)
            and draft.text not in columns
        ):
            draft.kind, draft.level = "heading", 2
        # A short line over a list leads it in.
        below = _is_substance(draft) or follower == "item"
        follower = draft.kind
    return [draft for draft in drafts if draft.text]


def _begin(line: Line, text: str, *, first: bool) -> Draft:
    lead = first or line.gap > 0 or line.top or line.raw[:1] == " "
    if match := _MARKDOWN.match(text):
        title = text[match.end() :].rstrip("# ")
        number = is_numbered(title)
        level = 1 + _depth(title) if number else len(match[1])
        return Draft(title, line, line.gap, "heading", level, lead)
    if match := BULLET.match(text):
        return Draft(text[match.end() :], line, line.gap, "item", 1 if match["sub"] else 0, lead)
    kind: BlockKind = "item" if is_numbered(text) else "paragraph"
    return Draft(text, line, line.gap, kind, 0, lead)


def _depth(text: str) -> int:
    match = NUMBERED.match(text)
    return match["number"].count(".") + 1 if match else 1


def _goes_on(draft: Draft, line: Line, text: str, width: float) -> bool:
    """Tell whether `line` continues the block begun."""
    before = draft.last.text
    if not draft.text:  # a bullet alone on its line
        return not is_bullet(text)
    if _MARKDOWN.match(before) or _MARKDOWN.match(text) or CAPTION.match(text) or is_bullet(text):
        return False
    if before.lower() == "budget" and _YEARS.fullmatch(text):
        return True
    full = text_width(before) + 1 + text_width(text.split()[0]) > _FULL * width
    if is_numbered(text) and not is_cut(before) and not (full and _JOINING.search(before)):
        return False
    if FIELD.match(text) and (FIELD.match(before) or not full):
        return False
    if (line.top or line.raw[:1] == " ") and text[0].isupper() and _ENDED.search(before):
        return False  # extractors begin a page with a space
    if line.gap:
        long = full or len(draft.text) > _PROSE
        on = text[0].islower() or is_cut(before)
        return on and long and not _ENDED.search(before)
    if is_cut(before) or text[0].islower() or _JOINING.search(before):
        return True
    return full or (text[0] in "(/&" and not _ENDED.search(before) and not FIELD.match(before))


def _is_section(drafts: Sequence[Draft], index: int) -> bool:
    """Tell a numbered heading from a numbered item of a list."""
    draft = drafts[index]
    number = NUMBERED.match(draft.text)
    if not number or len(draft.text) > _LONGEST_HEADING or draft.text[number.end()].islower():
        return False
    if _ENDED.search(draft.text) or draft.text.endswith(","):
        return False
    before, after = drafts[max(0, index - 1) : index], drafts[index + 1 : index + 2]
    listed = any(d.kind == "item" and _follows(d.text, draft.text) for d in before)
    listed |= any(d.kind == "item" and _follows(draft.text, d.text) for d in after)
    return draft.lead and not listed


def _follows(first: str, second: str) -> bool:
    """Tell whether two numbered lines are numbered one after the other."""
    a, b = NUMBERED.match(first), NUMBERED.match(second)
    if not a or not b:
        return False
    before, after = (match["number"].split(".") for match in (a, b))
    return before[:-1] == after[:-1] and int(after[-1]) == int(before[-1]) + 1


def _may_head(draft: Draft) -> bool:
    text = draft.text
    return (
        draft.lead
        and 2 < len(text) <= _LONGEST_HEADING
        and text[0].isupper()
        and any(ch.islower() for ch in text)
        and not _ENDED.search(text)
        and text[-1] not in ",-–☐☒"
        and "\t" not in draft.last.raw.strip()
        and not FIELD.match(text)
        and not CAPTION.match(text)
        and not re.search(r"\b(?:kr\.?|priser|p/l)$", text)
    )


def _is_substance(draft: Draft) -> bool:
    """Tell whether a block can be what a heading heads."""
    if draft.kind != "paragraph" or CAPTION.match(draft.text):
        return True
    sentence = draft.text[-1:] in (".", ":") and draft.text.count(" ") > 2
    long = len(draft.text) >= _PROSE or sentence
    return long and not FIELD.match(draft.text)
