"""Earlier politikersvar on a matter, and whether what they said still holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from draft.contradicted import current
from draft.superseded import successor, superseded_text
from rag.asking.question import read_question
from rag.gate.gate import Gate
from rag.gate.sources import EARLIER, Sources
from rag.text.dates import spoken_date
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Passage, Text

if TYPE_CHECKING:
    from rag.chain import Assistant

_MOST = 5
_PASSAGES = 40
_ON_THE_MATTER = 0.4  # of the question's words, weighed as in answers, that an answer must hold


@dataclass(frozen=True)
class Precedent:
    """An earlier answer: `answered` is its best passage; `warnings` why not to lean on it.

    `cover` is the share of the question's words that it holds.
    """

    document: CouncilDocument
    cover: float
    answered: str
    warnings: tuple[Text, ...] = ()


def find_precedents(question: str, assistant: Assistant) -> list[Precedent]:
    """Return the earlier answers on the matter of `question`, best first."""
    answers = {d.id: d for d in assistant.catalogue.documents(kinds=[EARLIER])}
    if not answers:
        return []
    retriever, vocabulary = assistant.retriever, assistant.retriever.vocabulary
    query = read_question(question)
    words = [vocabulary.corrected(word) for word in query.words]
    topic = Topic([*words, *query.numbers], vocabulary.near, vocabulary.rarity)
    if not topic:
        return []
    best: dict[str, Passage] = {}
    for hit in retriever.hits(question, _PASSAGES, list(answers)):
        best.setdefault(hit.passage.document, hit.passage)
    found = [(topic.cover(_terms(answers[d], assistant)), answers[d], p) for d, p in best.items()]
    # Sorting is stable: of those that cover as much, search's own order holds.
    ranked = sorted((f for f in found if f[0] >= _ON_THE_MATTER), key=lambda f: -f[0])[:_MOST]
    sources = Sources(assistant.catalogue, without=[EARLIER])
    return [Precedent(d, c, p.text, _warnings(d, assistant, sources)) for c, d, p in ranked]


def _terms(document: CouncilDocument, assistant: Assistant) -> dict[str, float]:
    return weighted_terms((document.title, 1.0), (_text(document, assistant), 1.0))


def _text(document: CouncilDocument, assistant: Assistant) -> str:
    pages = range(document.first_page, document.last_page + 1)
    return "\n".join(assistant.page(document.source, n).text for n in pages)


def _warnings(answer: CouncilDocument, assistant: Assistant, sources: Sources) -> tuple[Text, ...]:
    text = _text(answer, assistant)
    gate = Gate(sources)
    verdicts = gate.check(text)
    leaned = {v.bearing.document.id: v.bearing.document for v in verdicts if v.bearing}
    warnings = [_contradicted(v.words, now) for v, now in current(text, verdicts, gate, sources)]
    return tuple(dict.fromkeys([*warnings, *_superseded(leaned.values(), sources)]))


def _contradicted(words: str, now: Text) -> Text:
    return Text(
        f"Svaret siger {words}; i dag: {now.da}", f"The answer says {words}; today: {now.en}"
    )


def _superseded(leaned: Iterable[CouncilDocument], sources: Sources) -> list[Text]:
    found = []
    for document in leaned:
        newer = successor(document, sources.documents.values())
        if newer is not None:
            found.append(superseded_text(document, newer))
    return found


def dated(precedent: Precedent) -> str:
    """Return when a precedent was answered, in Danish, "" where it does not say."""
    date = precedent.document.date
    return spoken_date(date, "da") if date else ""
