"""Known answers for drafts: `python -m eval.drafts` asks them and prints how it went.

A draft is judged on its first text, without a language model or a person: are
its figures bound, are they the right ones under the right sub-question, does it
rest on the right documents, is each sub-question answered or left to a person,
is anything invented, and is the draft held when one of its figures is altered?
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from draft.desk import Desk
from draft.inquiry import read_inquiry
from draft.records import Drafts
from draft.text import heading, marks
from draft.verdicts import Checked, Judged
from eval.sets import HOUSE, opened
from rag.chain import Assistant
from rag.errors import InputError
from rag.home import Home
from rag.store.records import Records
from rag.text.numerals import Numeral, find_numerals
from rag.text.units import same_unit
from rag.types import Text

Told = tuple[Decimal, str | None, int | None]
"""An amount in whole units, its unit and its year."""
KNOWN = Path(__file__).with_name("drafts.jsonl")
_SOURCED = frozenset(("amount", "quotation"))
_QUOTE = re.compile(r"»[^»«]*«")
_FIRST_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class ExpectedFigure:
    """An amount in whole units, without its sign; `year` None where none is told."""

    amount: Decimal
    unit: str
    year: int | None


@dataclass(frozen=True)
class Part:
    """What the answer to a sub-question must hold; `refused`: a person must write it."""

    figures: tuple[ExpectedFigure, ...] = ()
    words: tuple[str, ...] = ()
    refused: bool = False


@dataclass(frozen=True)
class KnownDraft:
    """A politician's question, what its draft must hold, and the files it rests on."""

    id: str
    collection: str
    question: str
    parts: tuple[Part, ...]
    sources: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How one draft did; `altered` is the share of its figures that are held when altered."""

    id: str
    bound: bool
    figures_right: bool
    sources_right: bool
    parts_answered: bool
    nothing_invented: bool
    altered: float | None
    seconds: float


MEASURES = ("bound", "figures_right", "sources_right", "parts_answered", "nothing_invented")


def load(path: Path = KNOWN) -> list[KnownDraft]:
    """Return the known drafts of a file; raises InputError for a line that is none."""
    found = []
    for number, line in enumerate(path.read_text("utf8").splitlines(), start=1):
        try:
            entry = json.loads(line)
            parts = tuple(_part(p) for p in entry["parts"])
            named = frozenset(entry["sources"])
            known = KnownDraft(entry["id"], entry["collection"], entry["question"], parts, named)
        except (ValueError, KeyError, TypeError) as error:
            told = f"{path.name}:{number}: {error!r}"
            raise InputError(Text(told, told)) from error
        found.append(known)
    return found


def run(known: Sequence[KnownDraft], home: Home) -> Iterator[Score]:
    """Yield the score of each draft, made over its own collection of documents."""
    collections = {c.name: c for c in HOUSE}
    for name, asked in groupby(known, key=lambda k: k.collection):
        with opened(collections[name], home) as made:
            records = Records(made)
            desk = Desk(Assistant(made), Drafts(records))
            yield from [score(k, desk) for k in asked]
            records.close()


def score(known: KnownDraft, desk: Desk) -> Score:
    """Return how the first draft of an answer to a known question does."""
    inquiry = read_inquiry(known.question)
    start = time.monotonic()
    id = desk.open(inquiry, "eval")
    seconds = time.monotonic() - start
    checked = desk.check(id)
    told = [checked.text[a:b] for a, b in _ranges(checked.text, inquiry.parts)]
    amounts = [j for j in checked.judged if j.verdict.kind == "amount"]
    leaned = [j.verdict for j in checked.judged if j.verdict.kind in _SOURCED]
    cited = {v.place.document.file for v in leaned if v.place}
    same = len(told) == len(known.parts)
    right = same and all(
        _holds(part, _within(amounts, at), text)
        for part, at, text in zip(
            known.parts, _ranges(checked.text, inquiry.parts), told, strict=True
        )
    )
    answered = same and all(
        part.refused == _refused(text) for part, text in zip(known.parts, told, strict=True)
    )
    return Score(
        id=known.id,
        bound=all(j.verdict.passed or j.verdict.outcome == "only_earlier_answer" for j in amounts),
        figures_right=right,
        sources_right=cited == known.sources,
        parts_answered=answered,
        nothing_invented=not checked.held
        and not (same and any(_invents(p, t) for p, t in zip(known.parts, told, strict=True))),
        altered=_altered(id, checked, desk),
        seconds=round(seconds, 3),
    )


def _part(read: dict[str, object]) -> Part:
    figures = read.get("figures", [])
    words = read.get("words", [])
    if not isinstance(figures, list) or not isinstance(words, list):
        raise TypeError("figures, words")
    return Part(
        tuple(ExpectedFigure(Decimal(str(a)), unit, year) for a, unit, year in figures),
        tuple(words),
        bool(read.get("refused", False)),
    )


def _ranges(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each sub-question is answered."""
    if len(parts) == 1:
        return [(0, len(text))]
    starts = [text.index(heading(n, p)) + len(heading(n, p)) for n, p in enumerate(parts, 1)]
    heads = [text.index(heading(n, p)) for n, p in enumerate(parts, 1)]
    return list(zip(starts, [*heads[1:], len(text)], strict=True))


def _within(judged: Sequence[Judged], at: tuple[int, int]) -> list[Judged]:
    return [j for j in judged if at[0] <= j.verdict.start < at[1]]


def _holds(part: Part, amounts: Sequence[Judged], text: str) -> bool:
    told = [told for j in amounts for told in _amounts(j)]
    told += [_plain(n) for quote in _QUOTE.findall(text) for n in find_numerals(quote)]
    return all(any(_same(e, t) for t in told) for e in part.figures) and all(
        words in text for words in part.words
    )


def _amounts(judged: Judged) -> list[Told]:
    """Return what a figure's verdict is on: the figure bound, or the result computed."""
    verdict = judged.verdict
    if verdict.figure is not None and verdict.figure.amount is not None:
        return [(abs(verdict.figure.amount), verdict.figure.unit, verdict.figure.year)]
    return [_plain(n) for n in find_numerals(verdict.words)]


def _plain(numeral: Numeral) -> Told:
    return numeral.ends[0], numeral.unit, None


def _same(expected: ExpectedFigure, told: Told) -> bool:
    amount, unit, year = told
    fits = same_unit(unit, expected.unit)
    return amount == expected.amount and fits and year in (expected.year, None)


def _refused(text: str) -> bool:
    return "Det fremgår ikke" in text and bool(marks(text))


def _invents(part: Part, text: str) -> bool:
    """Tell whether a part that a person must write holds a figure all the same."""
    said = re.sub(r"\[SKRIV:[^\]]*\]", "", text)
    return part.refused and bool(_FIRST_NUMBER.search(said))


def _altered(id: int, checked: Checked, desk: Desk) -> float | None:
    """Return the share of a draft's figures that hold it back when altered by one digit."""
    bound = [j.verdict for j in checked.judged if j.verdict.kind == "amount" and j.verdict.passed]
    held = []
    for verdict in bound:
        numerals = find_numerals(verdict.words)
        first = numerals[0].start if numerals else 0  # a period may stand before the amount
        number = _FIRST_NUMBER.search(verdict.words, first)
        if number is None:
            continue
        at = verdict.start + number.end() - 1
        digit = str((int(checked.text[at]) + 3) % 10)
        desk.edit(id, checked.text[:at] + digit + checked.text[at + 1 :], "eval")
        held.append(bool(desk.check(id).held))
    return sum(held) / len(held) if held else None


def main() -> None:
    """Ask the known drafts, and print the measures and what was missed."""
    scores = list(run(load(), Home()))
    if "--json" in sys.argv[1:]:
        print(json.dumps([asdict(s) for s in scores]))
        return
    for measure in MEASURES:
        missed = [s.id for s in scores if not getattr(s, measure)]
        print(f"{measure:18} {len(scores) - len(missed):3}/{len(scores)}  {' '.join(missed)}")
    shares = [s.altered for s in scores if s.altered is not None]
    print(f"{'altered, held':18} {sum(shares) / len(shares):.3f} of the figures of a draft")
    print(f"{'seconds':18} {max(s.seconds for s in scores):.2f} at most")


if __name__ == "__main__":
    main()
