"""What is said around a figure: its row and section, or its sentence, and of what that tells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.figures.asked import FigureAsked
from rag.figures.traits import rates_told
from rag.text.language import analyse, fold
from rag.text.names import name_key, proper_names
from rag.text.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Figure
from rag.vocabulary import asked_concepts, concepts, direction

# Of a word: what a place must say of it to be told of it, and a document to speak of it.
_LISTED = re.compile(r"([A-Z]|\d{1,2})[.):]\s+\w")
_TOLD, _SPOKEN = 0.35, 0.9


class Around:
    """How well what is said around the figures of documents fits a question."""

    def __init__(
        self, asked: FigureAsked, topic: Topic, documents: Mapping[str, CouncilDocument]
    ) -> None:
        """Take the question, what of its topic is to be told, and the documents by id."""
        self._asked, self._told, self._documents = asked, asked.told, documents
        self._topic, question = topic, asked.query.text
        self._rates = rates_told(question)
        names = proper_names(question)
        self._names = [name_key(name) for name in names]
        self._thing = topic.beyond(" ".join(names))
        self._beyond = {
            i: topic.beyond(f"{d.title} {d.number or ''}") for i, d in documents.items()
        }
        self._measures = frozenset(asked_concepts(asked.query.noun or ""))

    def near(self, figure: Figure) -> str:
        """Return the words between a prose figure and its neighbours."""
        return self._told[figure.id].near

    def where(self, figure: Figure) -> str:
        """Return a figure's row, or the sentence it is told in."""
        told = self._told.get(figure.id)
        return told.sentence if told else f"{figure.group or ''} . {figure.measure}"

    def is_spent(self, figure: Figure) -> bool:
        """Tell whether the words by a prose amount say that it is spent or invested."""
        return direction(self.near(figure)) == "raise"

    def prices(self, figure: Figure) -> bool:
        """Tell whether the words by a prose amount say that the whole topic costs it."""
        near = self.near(figure)
        return "net" in asked_concepts(near) and self._topic.plain <= set(analyse(near))

    def is_rate(self, figure: Figure) -> bool:
        """Tell whether a figure is told for each of what the question asks it for each of."""
        if not self._rates:
            return True
        return any(self._rates <= rates_told(text) for text, _ in self._said(figure))

    def names(self, figure: Figure) -> bool:
        """Tell whether a figure is told of the names spoken of ("BlueKolding").

        What a document's title names it is about as a whole.
        """
        if not self._names:
            return True
        told = [*self._said(figure), (self._documents[figure.document].title, 1.0)]
        if self._thing and not self._thing.cover(weighted_terms(*told)):
            return False  # "Kunstgræsbanen i Lunderskov" is no cycle path to Lunderskov
        said = fold(" ".join(text for text, _ in told))
        return all(name in said for name in self._names)

    def is_of_part(self, figure: Figure) -> bool:
        """Tell whether a figure is told of the very thing asked for, which no title names.

        "0,9 mio. kr. fra vuggestuerne" in a proposal on "dagtilbud", as vuggestuer are.
        """
        own = self._topic.plain - set(analyse(self._documents[figure.document].title))
        near = figure.measure if figure.table else self.near(figure)
        return bool(own) and own <= set(analyse(f"{near} {figure.group or ''}"))

    def is_of_another(self, figure: Figure) -> bool:
        """Tell whether a figure leaves out a thing asked about that its document tells of.

        "Hvad koster de to rådgivere?" in a note that tells of rådgivere elsewhere: no
        amount is theirs whose place says nothing of any.
        """
        said = [text for text, _ in self._said(figure)]
        missing = self._topic.things.unsaid(self._terms(figure, said), _TOLD)
        if not missing:
            return False
        spoken = dict.fromkeys(self._asked.spoken(figure.document), 1.0)
        return bool(missing.said(spoken, _SPOKEN))

    def is_measured(self, figure: Figure) -> bool:
        """Tell whether a figure is told of the noun that names it in the question.

        What is said of the figures after it is not said of it.
        """
        noun = self._asked.topics.noun
        if not noun:
            return True
        told = self._told.get(figure.id)
        said = [told.before, told.led] if told else [figure.measure, figure.group or ""]
        terms = self._terms(figure, [*said, figure.context.section])
        if noun.cover(terms) >= _TOLD:
            return True
        named = {*asked_concepts(" . ".join(said)), figure.concept} - {None}
        return any(self._measures & concepts()[key].wider for key in named if key)

    def names_row(self, figure: Figure) -> bool:
        """Tell whether the noun that names the figure asked for is in its row's label."""
        noun = self._asked.topics.noun
        return bool(noun) and noun.cover(weighted_terms((figure.measure, 1.0))) >= _TOLD

    def enumerates(self, figure: Figure) -> bool:
        """Tell whether the question names a table's row by its letter or number: "model B"."""
        table, listed = self._asked.table(figure), _LISTED.match(figure.measure)
        if table is None or listed is None:
            return False
        named = rf"\b{re.escape(fold(table.columns[0].head))}\w*\s+{listed[1]}\b"
        return bool(re.search(named, fold(self._asked.query.text), re.IGNORECASE))

    def lead(self, figure: Figure) -> float:
        """Return how far what the question asks for first is said: "sygefraværet i Senior …"."""
        return self._topic.lead.cover(weighted_terms(*self._said(figure)))

    def cover(self, figure: Figure, with_title: bool) -> float:
        """Return the share of the topic that is said, 0 where there is none."""
        if not self._topic:
            return 0.0
        said = self._said(figure)
        if with_title:
            document = self._documents[figure.document]
            said.append((f"{document.title} {document.number or ''}", 0.75))
        return self._topic.cover(weighted_terms(*said))

    def is_beyond(self, figure: Figure) -> bool:
        """Tell whether the topic has words that the title of the figure's document does not."""
        return bool(self._beyond[figure.document])

    def beyond_title(self, figure: Figure) -> float:
        """Return how much of those words is said.

        They tell an amount in the prose ("kompetenceudvikling") from the row of the
        whole proposal.
        """
        topic = self._beyond[figure.document]
        return topic.cover(weighted_terms(*self._said(figure))) if topic else 0.0

    def _said(self, figure: Figure) -> list[tuple[str, float]]:
        words = [(figure.measure, 1.0), (figure.group or "", 0.7), (figure.context.section, 0.7)]
        if table := self._asked.table(figure):
            words.append((f"{table.caption or ''} . {table.columns[0].head}", 0.7))
        if told := self._told.get(figure.id):
            # What was said before an amount ("Privat 5G-netværk …") still holds for it.
            words += [(told.near, 1.0), (told.sentence, 0.85), (told.before, 0.75)]
            words += [(told.after, 0.45)]
        return words

    def _terms(self, figure: Figure, said: list[str]) -> dict[str, float]:
        """Return the terms that are `said`, and those that hold for all of a table or document."""
        document, table = self._documents[figure.document], self._asked.table(figure)
        held = [document.title, document.number or "", document.municipality or ""]
        if table:
            held += [table.caption or "", *(column.head for column in table.columns)]
        return weighted_terms(*((text, 1.0) for text in (*said, *held)))
