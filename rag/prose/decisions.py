"""What a document tells of the decision on its matter."""

from __future__ import annotations

import re

from rag.cite import Pages
from rag.text.language import fold
from rag.types import CouncilDocument, Language, Place, Text

_TOLD = {
    "proposed": Text(
        "er et forslag; dokumentet siger ikke, at det er vedtaget",
        "is a proposal; the document does not say that it has been adopted",
    ),
    "adopted": Text("er vedtaget", "has been adopted"),
    "rejected": Text("er forkastet", "has been rejected"),
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


def decision_place(document: CouncilDocument, pages: Pages) -> Place | None:
    """Return the line below a document's heading "Beslutning".

    Where several bodies decided, each below its own heading, it is the last one's:
    an item ends with the body that it is an item of.
    """
    headed = [s for s in document.sections if re.match(r"beslutning(?:er)?\b", s.title, re.I)]
    for section in headed[-1:]:
        text = pages(document.source, section.page).text
        start = text.find("\n", section.start) + 1
        end = text.find("\n", start)
        if start:
            return Place(document.id, section.page, start, end if end >= 0 else len(text))
    return None
