"""What a document tells of the decision on its matter."""

from __future__ import annotations

import re

from rag.text.language import fold
from rag.types import CouncilDocument, Language, Text

_TOLD = {
    "proposed": Text(
        "er et forslag; dokumentet siger ikke, at det er vedtaget",
        "is a proposal; the document does not say that it has been adopted",
    ),
    "adopted": Text("er vedtaget", "has been adopted"),
    "partly": Text("er delvist vedtaget", "has been adopted in part"),
    "rejected": Text("er forkastet", "has been rejected"),
    "postponed": Text("er udsat", "has been postponed"),
    "returned": Text("er sendt tilbage", "has been sent back"),
    "unknown": Text("har denne beslutning", "has this decision"),
}
_VOTES = re.compile(
    r"\b(?:stemm?(?:e|er|t|te|es|erne|etal\w*)|afstemning\w*|flertal\w*|mindretal\w*|vot(?:e|es|ed|ing)|"
    r"majority|minority)\b"
)


def decision_told(document: CouncilDocument, words: str, language: Language) -> str:
    """Return what a document says of its decision; `words` are the line that says it."""
    said = f": »{words}«" if document.kind == "dagsordenspunkt" else "."
    return f"{_TOLD[document.decision].in_(language)}{said}"


def asks_for_votes(question: str) -> bool:
    """Tell whether a question about a decision asks how the votes fell."""
    return _VOTES.search(fold(question)) is not None
