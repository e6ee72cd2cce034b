"""Whose words a question asks for: the staff's, in a document's section of remarks.

"Hvad siger medarbejderne til det?" is answered by what the document gives as
their words, never by what it tells of them.
"""

from __future__ import annotations

import re

from rag.text.language import fold

_STAFF = re.compile(
    r"\b(?:medarbejder(?:ne|e|side\w*|udvalg\w*)?|ansatte|personalet?|kolleg\w+|hu|hovedudvalg\w*|"
    r"med[- ]?udvalg\w*|fagforening\w*|tillidsreprasentant\w*|staff|employees?|workers|unions?|"
    r"joint committee|works council)\b"
)
_SAYING = re.compile(
    r"\b(?:sig(?:e|er)|sagde|sagt|mene(?:r)?|mente|syne?s|syntes|tanker|frygt\w*|bange|bekymr\w*|"
    r"nervos\w*|utryg\w*|bemark\w*|udtal\w*|holdning\w*|kritik\w*|kritiser\w*|indvend\w*|anbefal\w*|"
    r"opfordr\w*|worr(?:y|ies|ied)|afraid|fears?|concern(?:s|ed)?|thinks?|thought|says?|said|"
    r"remark\w*|comment\w*|recommend\w*|oppose[sd]?)\b"
)
_THEY = re.compile(r"\b(?:de|they)\b")
_REMARKS = re.compile(
    r"\bbemarkning\w*\W+(?:fra|af)\W+(?:hu|hovedudvalg|med|medarbejder)|\b(?:udtalelser?|horingssvar)\b|"
    r"^\W*(?:\d+\.?\s*)?medarbejder(?:ne|siden)\W*$"
)
_VOICE = re.compile(
    r"\b(?:hu|hovedudvalget|medarbejdersiden|medarbejderudvalget|med[- ]?udvalget\w*|"
    r"fagforening\w+|tillidsreprasentant\w+)\b"
)


def speaker_asked(question: str) -> str | None:
    """Return "staff" where a question asks what the staff say or feel, else None."""
    flat = fold(question)
    return "staff" if _STAFF.search(flat) and _SAYING.search(flat) else None


def asks_what_they_say(question: str) -> bool:
    """Tell whether a follow-up asks what those spoken of say ("hvad sagde de til ØU02?")."""
    flat = fold(question)
    return bool(_THEY.search(flat) and _SAYING.search(flat))


def without_speaker(text: str) -> str:
    """Return a question without the words that name its speaker, and their saying."""
    spoken = (w for w in re.finditer(r"\w+(?:-\w+)*", text))
    kept = [w[0] for w in spoken if not (_STAFF.search(fold(w[0])) or _SAYING.search(fold(w[0])))]
    return " ".join(kept)


def is_voice(section: str, sentence: str) -> bool:
    """Tell whether a sentence gives the staff's words: by its section, or by who says it."""
    flat = fold(sentence)
    return bool(_REMARKS.search(fold(section)) or (_VOICE.search(flat) and _SAYING.search(flat)))
