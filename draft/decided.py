"""Holds what a text calls decided to the documents: a proposal is no decision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.gate.gate import Outcome, Verdict
from rag.gate.sources import Sources
from rag.gate.subjects import Name, Subjects
from rag.text.language import analyse
from rag.text.sentences import sentences
from rag.types import CouncilDocument, Place, Text
from rag.wording import name

_DECIDED = re.compile(
    r"\b(?:(?:er|har|blev|bliver|blevet|senest)\b[^.;:»«]*?\b)?"
    r"(?P<word>vedtaget|vedtog|vedtoges|besluttet|besluttede|bevilget|bevilgede|tiltrådt|tiltrådte|"
    r"godkendt|godkendte|afsat)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:ikke|endnu|hvis|såfremt|foresl\w+|foreslå\w*|forventes|lægges op til|skal)\b", re.I
)
_QUOTED = re.compile(r"[»«“„”\"][^»«“„”\"\n]*[«»”“\"]")
_STEMS = ("vedt", "beslut", "bevil", "tiltrå", "godkend", "afsat", "afsæt")
_COVERED = 0.5  # of a sentence's words stand in what bears it out


def check_decisions(text: str, sources: Sources) -> list[Verdict]:
    """Return a verdict on each sentence of `text` that tells of a decision.

    It is borne out by a sentence with the same verb on the same proposals and
    half of its words, or by a document that says it was adopted.
    """
    subjects = Subjects(sources.documents.values())
    blanked = _QUOTED.sub(lambda m: " " * len(m[0]), text)
    found = []
    for start, end in sentences(blanked):
        told = _DECIDED.search(blanked, start, end)
        if told is None or _NOT.search(blanked, start, end):
            continue
        names = subjects.names(text[start:end])
        at = told.start("word"), told.end("word")
        found.append(_verdict(text, at, text[start:end], names, sources))
    return found


def _verdict(
    text: str, at: tuple[int, int], sentence: str, names: Sequence[Name], sources: Sources
) -> Verdict:
    word = text[slice(*at)]
    named = [sources.document(id) for n in names for id in sorted(n.documents)]
    adopted = next((d for d in named if d.decision == "adopted"), None)
    place = _first_line(adopted) if adopted else _borne_out(word, sentence, names, sources)
    if place is None:
        proposal = next((d for d in named if d.decision == "proposed"), None)
        elsewhere = _only_proposed(proposal) if proposal else None
        outcome: Outcome = "found_elsewhere" if proposal else "not_found"
        return Verdict(*at, word, "decision", outcome, elsewhere=elsewhere)
    outcome = "bound" if sources.is_primary(place.document) else "only_earlier_answer"
    return Verdict(*at, word, "decision", outcome, sources.cite(place))


def _borne_out(word: str, sentence: str, names: Sequence[Name], sources: Sources) -> Place | None:
    """Return the sentence of a document that tells the same decision, primary ones first."""
    stem = next(s for s in _STEMS if word.lower().startswith(s))
    wanted = {t for t in analyse(sentence) if not t.startswith(_STEMS)}
    numbers = [n.number for n in names if n.number]
    found: list[tuple[bool, float, Place]] = []
    for place, page in sources.texts(stem):
        for start, end in sentences(page):
            words = page[start:end]
            if stem not in words.lower() or _NOT.search(words):
                continue
            if any(number not in words for number in numbers):
                continue
            cover = len(wanted & set(analyse(words))) / max(len(wanted), 1)
            if cover >= _COVERED:
                primary = sources.is_primary(place.document)
                at = Place(place.document, place.page, place.start + start, place.start + end)
                found.append((primary, cover, at))
    return max(found, key=lambda f: f[:2])[2] if found else None


def _first_line(document: CouncilDocument) -> Place:
    return Place(document.id, document.first_page, 0, 0)


def _only_proposed(document: CouncilDocument) -> Text:
    return Text(
        f"{name(document, 'da')} er et forslag; intet dokument siger, at det er besluttet",
        f"{name(document, 'en')} is a proposal; no document says that it was decided",
    )
