"""A politikersvar as it leaves the house: the fields of its form, its paragraphs, its sources."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from draft.records import Draft
from draft.text import paragraphs
from draft.verdicts import Checked, Judged
from draft.wording import called
from rag.answer import Citation
from rag.text.dates import spoken_date
from rag.text.sentences import sentences
from rag.types import Text

ADMINISTRATION = "RAADSVAR_ADMINISTRATION"
"""Names the administration that answers; without it, Økonomiforvaltningen."""

FIELDS = {
    "til": Text("hvem svaret er til, med partibogstav", "whom the answer is to, with party"),
    "emne": Text("spørgsmålets emne", "the question's subject"),
    "indledning": Text("linjen, der citerer spørgsmålet", "the line that quotes the question"),
    "spoergsmaal": Text("spørgsmålets ord alene", "the question's words alone"),
    "spurgt": Text("datoen for spørgsmålet", "the date of the question"),
    "forvaltning": Text("den forvaltning, der svarer", "the administration that answers"),
    "svar": Text("»Økonomiforvaltningens svar«", "“Økonomiforvaltningens svar”"),
    "dato": Text("svarets dato, dd-mm-åååå", "the answer's date, dd-mm-yyyy"),
    "sagsnummer_f2": Text("Sagsnummer i F2", "case number in F2"),
    "dokumentnummer_f2": Text("Dokumentnummer i F2", "document number in F2"),
    "sagsnummer_edoc": Text("Sagsnummer eDoc", "case number in eDoc"),
    "sagsbehandler": Text("sagsbehandleren", "the caseworker"),
}
"""The fields of the form, by the name a template calls them."""

OWN_FIELDS = ("dato", "sagsnummer_f2", "dokumentnummer_f2", "sagsnummer_edoc", "sagsbehandler")
"""The fields that a person fills in on a draft; the others come from the question."""

_CITED = frozenset(("amount", "date", "quotation", "decision"))
_URL = re.compile(r"https?://[^\s<>»«\"]+[^\s<>»«\".,;:)]")
_MARK = re.compile(r"\[SKRIV:[^\]]*\]")


class Run(NamedTuple):
    """A piece of a paragraph: words, a mark left to a person, a link, or a source's number."""

    text: str
    kind: Literal["text", "mark", "link", "reference"] = "text"


@dataclass(frozen=True)
class Block:
    """A paragraph of the answer."""

    kind: Literal["heading", "paragraph", "item"]
    runs: tuple[Run, ...]


class SourceLine(NamedTuple):
    """A place the answer rests on, its number in the text, and its address where it has one."""

    number: int
    text: str
    url: str


@dataclass(frozen=True)
class Letter:
    """What a template is filled with; `accepted` are the notes on what was let stand."""

    fields: dict[str, str]
    blocks: tuple[Block, ...]
    sources: tuple[SourceLine, ...]
    accepted: tuple[str, ...] = ()


def letter(draft: Draft, checked: Checked, with_accepted: bool = False) -> Letter:
    """Return a draft as a letter; `with_accepted` adds a note for each acceptance."""
    numbers: dict[tuple[str, str], int] = {}
    lines: list[SourceLine] = []
    at: dict[int, list[int]] = {}
    ends = sentences(checked.text)
    for judged in checked.judged:
        place = judged.verdict.bearing
        if place is None or judged.verdict.kind not in _CITED:
            continue
        key = (place.document.id, _where(place))
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            lines.append(SourceLine(numbers[key], _source(place), place.document.url or ""))
        # A quotation may hold several sentences: its number stands after the last.
        end = next((b for _, b in ends if judged.verdict.end <= b), judged.verdict.end)
        if numbers[key] not in at.setdefault(end, []):
            at[end].append(numbers[key])
    blocks = tuple(
        Block(p.kind, tuple(_runs(checked.text, p.start, p.end, at)))
        for p in paragraphs(checked.text)
    )
    accepted = tuple(_accepted(j) for j in checked.judged if j.accepted) if with_accepted else ()
    return Letter(_fields(draft), blocks, tuple(lines), accepted)


def plain(letter: Letter) -> str:
    """Return a letter as plain text."""
    f = letter.fields
    lines = [f"Til {f['til']}", f"Politikersvar til {f['til']} - {f['emne']}", f["indledning"]]
    lines.append(f["svar"])
    for block in letter.blocks:
        text = "".join(run.text for run in block.runs)
        lines.append(f"- {text}" if block.kind == "item" else text)
    lines += ["Kilder"] * bool(letter.sources)
    lines += [f"[{s.number}] {s.text} {s.url}".rstrip() for s in letter.sources]
    lines += letter.accepted
    lines.append(f["dato"])
    for key, label in _LABELS.items():
        lines.append(f"{label}\n{f[key]}".rstrip())
    return "\n\n".join(lines) + "\n"


_LABELS = {
    "sagsnummer_f2": "Sagsnummer i F2",
    "dokumentnummer_f2": "Dokumentnummer i F2",
    "sagsnummer_edoc": "Sagsnummer eDoc",
    "sagsbehandler": "Sagsbehandler",
}


def administration() -> str:
    """Return the administration that answers."""
    return os.environ.get(ADMINISTRATION, "").strip() or "Økonomiforvaltningen"


def _fields(draft: Draft) -> dict[str, str]:
    inquiry, own = draft.case.inquiry, draft.case.fields
    asked = spoken_date(inquiry.asked, "da") if inquiry.asked else ""
    when = f" den {asked}" if asked else ""
    who = inquiry.who or "[navn]"
    answers = administration()
    return {
        "til": who,
        "emne": inquiry.subject,
        "indledning": f'{who} har{when} stillet følgende spørgsmål: "{inquiry.words}"',
        "spoergsmaal": inquiry.words,
        "spurgt": asked,
        "forvaltning": answers,
        "svar": f"{answers}{_genitive(answers)} svar",
        **{key: own.get(key, "") for key in OWN_FIELDS},
        "dato": own.get("dato") or f"{dt.date.today():%d-%m-%Y}",
    }


def _genitive(word: str) -> str:
    return "'" if word[-1:].lower() in "sxz" else "s"


def _runs(text: str, start: int, end: int, references: dict[int, list[int]]) -> Iterator[Run]:
    """Yield the pieces of a paragraph, the numbers of its sources after their sentences."""
    stops = sorted(e for e in references if start < e <= end)
    for first, last in zip([start, *stops], [*stops, end], strict=True):
        yield from _plain_runs(text[first:last])
        if last in references and last > first:
            yield Run(f" [{', '.join(map(str, references[last]))}]", "reference")


def _plain_runs(text: str) -> Iterator[Run]:
    done = 0
    found = [(m, "mark") for m in _MARK.finditer(text)] + [(m, "link") for m in _URL.finditer(text)]
    for match, kind in sorted(found, key=lambda pair: pair[0].start()):
        if match.start() < done:
            continue
        if match.start() > done:
            yield Run(text[done : match.start()])
        yield Run(match[0], "mark" if kind == "mark" else "link")
        done = match.end()
    if done < len(text):
        yield Run(text[done:])


def _source(place: Citation) -> str:
    """Return a source's line: what it is, whose, of when, where in it."""
    document = place.document
    told = (
        called(document, first=True),
        document.municipality or "",
        spoken_date(document.date, "da") if document.date else "",
        f"sag {document.case_numbers[0]}" if document.case_numbers else "",
        _where(place),
    )
    return ", ".join(filter(None, told))


def _where(place: Citation) -> str:
    if place.document.paged:
        return f"s. {place.place.page}"
    return f"afsnittet »{place.place.section}«" if place.place.section else ""


def _accepted(judged: Judged) -> str:
    known = judged.accepted
    if known is None:
        return ""
    words = " ".join(judged.verdict.words.split())
    found = "står kun delvist" if judged.verdict.outcome == "partly" else "er ikke fundet"
    return f"Note: »{words}« {found} i dokumenterne. Godkendt af {known.by}: {known.reason}"
