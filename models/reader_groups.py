"""What the reader learns from: a question, windows that answer it, and windows that do not.

`python models/reader_groups.py --shared ../shared --home FOLDER --out groups.jsonl` reads the real
documents as `raadsvar eval --real` does, asks their *learn* questions, and takes as near misses
what the product's own search finds. Reading comprehension and questions made of tables and
decisions are added. One question in five, by its document's file, is held out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from eval.fit import held_out
from eval.real.evidence import words_of
from eval.real.judge import place_of
from eval.real.known import Place, RealQuestion, load_pile
from eval.real.run import collection, read_in
from rag.answering.windows import windows
from rag.chain import Assistant
from rag.home import Home
from rag.store.lookup import Lookup
from rag.types import CouncilDocument, Passage

Search = Callable[[str], list[Passage]]
"""The passages nearest to a question, best first."""

SEED = 20261201
NEAR, MADE = 40, 1500  # near misses kept of a question; questions made of a collection
_MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december".split()
)


@dataclass(frozen=True)
class Reading:
    """A window as text, and where in it the answering words stand; None: it does not answer."""

    above: str
    text: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class Group:
    """A question with the windows that answer it and those that do not.

    `source` is "reading", "learn" or "made"; `held_out` keeps it from training.
    """

    source: str
    question: str
    answering: tuple[Reading, ...]
    others: tuple[Reading, ...]
    held_out: bool = False


def comprehension(path: Path) -> Iterator[Group]:
    """Yield the questions of a file of reading comprehension; every twentieth context is out."""
    for line in gzip.decompress(path.read_bytes()).decode().splitlines():
        read: dict[str, Any] = json.loads(line)
        out = held_out(read["context"], 20)
        if read["impossible"]:
            reading = Reading("", _around(read["context"], 0, 0)[0])
            yield Group("reading", read["question"], (), (reading,), out)
            continue
        answer = min(read["answers"], key=lambda a: len(a["text"]))
        start, end = answer["start"], answer["start"] + len(answer["text"])
        text, span = _around(read["context"], start, end)
        yield Group("reading", read["question"], (Reading("", text, span),), (), out)


def learnt(
    shared: Path, questions: Iterable[RealQuestion], catalogue: Lookup, search: Search
) -> Iterator[Group]:
    """Yield real questions with the windows of their evidence, and what search finds besides."""
    at: dict[tuple[str, int], list[CouncilDocument]] = {}
    for document in catalogue.documents():
        at.setdefault((Path(document.file).name, document.first_page), []).append(document)
    for question in questions:
        asked = " ".join((*question.history[-1:], question.question))
        answering: list[Reading] = []
        for evidence in question.evidence:
            words = words_of(shared, evidence)
            ids = [d.id for d in at.get(place_of(shared, evidence.document), [])]
            for passage in catalogue.passages(document_ids=ids) if ids else []:
                document = catalogue.shelf.by_id[passage.document]
                answering += _bearing(passage, document, words, question)
        if question.trap is None and not answering:
            continue
        held = {_flat(r.text) for r in answering}
        others = [
            Reading(w.above, w.text)
            for p in search(asked)[:NEAR]
            for w in windows(p, catalogue.shelf.by_id[p.document])
            if _flat(w.text) not in held and not _says(w.text, held)
        ]
        out = held_out(question.document.partition("#")[0])
        yield Group("learn", asked, tuple(answering[:4]), tuple(others[:NEAR]), out)


def made(catalogue: Lookup, search: Search, draw: random.Random, most: int) -> Iterator[Group]:
    """Yield questions made of table cells and decisions of the documents, in three voices."""
    documents = list(catalogue.shelf.documents)
    draw.shuffle(documents)
    for document in documents:
        if most <= 0:
            return
        passages = catalogue.passages(document_ids=[document.id])
        for question, reading in [
            *_of_tables(document, passages, draw),
            *_of_decision(document, passages, draw),
        ]:
            others = [
                Reading(w.above, w.text)
                for p in search(question)[:12]
                for w in windows(p, catalogue.shelf.by_id[p.document])
                if w.text != reading.text
            ]
            yield Group("made", question, (reading,), tuple(others[:12]))
            most -= 1


_CELL = (
    "Hvad er {row} {head} i {title}?",
    "Hvor meget udgør {row} {head} ifølge sagen om {title}?",
    "{title}: {row} {head}?",
    "hvor meget er der til {row} {head} i sagen om {title}",
    "hvad staar {row} til {head} {title}",
    "Hvilket tal er der for {row} {head}, når det gælder {title}?",
    "What is {row} {head} in {title}?",
    "How much is {row} {head} according to the item on {title}?",
)
_DECIDED = (
    "Hvad blev besluttet om {title}?",
    "Hvad besluttede {committee} om {title}?",
    "hvad endte det med i sagen om {title}",
    "Blev {title} godkendt i {committee}?",
    "blev {title} vedtaget",
    "What did {committee} decide about {title}?",
    "Hvad blev udfaldet, da {committee} behandlede {title} {date}?",
)
_AGAINST = (
    "Hvem stemte imod {title}?",
    "hvem var imod i sagen om {title}",
    "Who voted against {title}?",
)


def _of_tables(
    document: CouncilDocument, passages: Iterable[Passage], draw: random.Random
) -> Iterator[tuple[str, Reading]]:
    for passage in passages:
        rows = [line.split("\t") for line in passage.text.split("\n") if "\t" in line]
        if len(rows) < 2:
            continue
        heads = rows[0]
        cells = [
            (row, n)
            for row in rows[1:]
            for n in range(1, min(len(row), len(heads)))
            if re.search(r"\d", row[n]) and row[0].strip() and heads[n].strip()
        ]
        for row, n in draw.sample(cells, min(2, len(cells))):
            line = "\t".join(row)
            for window in windows(passage, document):
                at = window.text.find(line)
                if at < 0:
                    continue
                start = at + len("\t".join(row[:n])) + 1
                head = heads[n].strip()
                year = re.fullmatch(r"(?:B|R|BO)?\s*(20\d\d)", head)
                head = f"i {year[1]}" if year else f"({head})"
                question = draw.choice(_CELL).format(
                    row=row[0].strip(), head=head, title=_short(document.title, draw)
                )
                span = (start, start + len(row[n]))
                yield question, Reading(window.above, window.text, span)
                break


def _of_decision(
    document: CouncilDocument, passages: Iterable[Passage], draw: random.Random
) -> Iterator[tuple[str, Reading]]:
    for passage in passages:
        if not re.match(r"beslutning", passage.section, re.I) or "\t" in passage.text:
            continue
        for window in windows(passage, document)[:1]:
            text = window.text
            against = re.search(r"[^.\n]*\b(?:stemte imod|stemmer imod|imod stemte)\b[^.\n]*", text)
            body = text.find("\n") + 1
            end = text.find("\n", body)
            span = (body, end if end > 0 else len(text))
            told = _DECIDED
            if against and draw.random() < 0.6:
                told, span = _AGAINST, against.span()
            if span[1] - span[0] < 5:
                continue
            date = document.date
            day = f"den {date.day}. {_MONTHS[date.month - 1]} {date.year}" if date else ""
            question = draw.choice(told).format(
                title=_short(document.title, draw),
                committee=document.committee or "udvalget",
                date=day,
            )
            yield " ".join(question.split()), Reading(window.above, text, span)


def _short(title: str, draw: random.Random) -> str:
    """Return a title as a person would say it: without its first words, or only some of them."""
    title = re.sub(r"^(?:Punkt )?\d+[.:]?\s*|^(?:Orientering|Beslutning)\s*[-–:]\s*", "", title)
    title = re.sub(r"^(?:Orientering om|Godkendelse af|Drøftelse af)\s+", "", title, flags=re.I)
    words = title.split()
    if len(words) > 5 and draw.random() < 0.3:
        at = draw.randrange(len(words) - 4)
        words = words[at : at + 5]
    said = " ".join(words)
    return said.lower() if draw.random() < 0.3 else said


def _bearing(
    passage: Passage, document: CouncilDocument, words: str, question: RealQuestion
) -> Iterator[Reading]:
    """Yield the windows of a passage that hold words of evidence, with what of them answers."""
    parts = [re.escape(part) for part in re.split(r"[\s|]+", words) if part]
    found = re.search(r"[\s|]+".join(parts), passage.text)
    if found is None:
        return
    for window in windows(passage, document):
        start, end = max(found.start(), window.start), min(found.end(), window.end)
        if end - start > (found.end() - found.start()) // 2:
            first, last = _answer(passage.text[start:end], question)
            span = (start - window.start + first, start - window.start + last)
            yield Reading(window.above, window.text, span)


def _answer(evidence: str, question: RealQuestion) -> tuple[int, int]:
    """Return the range of what is expected within evidence: from its first word to its last."""
    ranges = []
    for group in question.words:
        at = [
            (m.start(), m.end()) for w in group for m in re.finditer(re.escape(w), evidence, re.I)
        ]
        ranges += at[:1]
    for figure in question.figures:
        if figure.amount is not None:
            ranges += list(_printed(evidence, abs(figure.amount)))[:1]
    for date in question.dates:
        ranges += list(_dated(evidence, date))[:1]
    if not ranges:
        return 0, len(evidence)
    return min(a for a, _ in ranges), max(b for _, b in ranges)


def _printed(text: str, amount: Any) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"\d[\d., \u00a0]*", text):
        digits = match[0].rstrip(" .,")
        try:
            value = float(
                digits.replace(" ", "").replace(" ", "").replace(".", "").replace(",", ".")
            )
        except ValueError:
            continue
        if any(
            abs(value * scale - float(amount)) < 1e-6 * max(1.0, float(amount))
            for scale in (1, 1000, 10**6, 10**9)
        ):
            yield match.start(), match.start() + len(digits)


def _dated(text: str, date: str) -> Iterator[tuple[int, int]]:
    year, *rest = date.split("-")
    month = _MONTHS[int(rest[0]) - 1] if rest else ""
    day = rf"{int(rest[1])}\.\s*" if len(rest) > 1 else ""
    for match in re.finditer(
        rf"{day}{month}\w*\s*{year}|{day}{month}" if rest else year, text, re.I
    ):
        yield match.span()


def _says(text: str, held: set[str]) -> bool:
    """Tell whether a window says what a window that answers says: a copy of the same matter."""
    flat = _flat(text)
    return any(flat in other or other in flat for other in held if len(other) > 20)


def _around(context: str, start: int, end: int, longest: int = 420) -> tuple[str, tuple[int, int]]:
    """Return a stretch of a context that holds a range, and the range in it."""
    if len(context) <= longest:
        return context, (start, end)
    first = max(0, min(start - longest // 2, len(context) - longest))
    first = context.rfind(" ", 0, first + 1) + 1 if first else 0
    text = context[first : max(first + longest, end)]
    return text, (start - first, end - first)


def _flat(text: str) -> str:
    return " ".join(text.casefold().split())


def main() -> None:
    """Read the documents, make the groups, write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder of the real documents")
    parser.add_argument("--home", type=Path, required=True, help="where they are read into")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with options.out.open("w", encoding="utf8") as file:
        for group in _all(options.shared, Home(options.home)):
            file.write(json.dumps(asdict(group), ensure_ascii=False) + "\n")


def _all(shared: Path, home: Home) -> Iterator[Group]:
    yield from comprehension(shared / "training" / "reading.jsonl.gz")
    for place in get_args(Place):
        read_in(shared, home, place)
        assistant = Assistant(collection(home, place))

        def search(question: str, assistant: Assistant = assistant) -> list[Passage]:
            return [hit.passage for hit in assistant.retriever.hits(question, NEAR)]

        questions = [q for q in load_pile("learn") if q.place == place]
        yield from learnt(shared, questions, assistant.catalogue, search)
        yield from made(assistant.catalogue, search, random.Random(SEED), MADE)


if __name__ == "__main__":
    main()
