"""What a quotation must have to answer a question at all: its kind, its voice, its direction."""

from __future__ import annotations

from rag.answering.candidates import Quotation
from rag.asking.asked_kind import AskedKind, price_asked, tells_price
from rag.asking.operations import sides_asked
from rag.asking.speakers import is_voice
from rag.query import COMPARING, Query
from rag.text.document_numbers import tells_of
from rag.vocabulary import asked_concepts, direction


class Fitting:
    """What a quotation must have to answer a question, whatever else speaks for it.

    A thing of the kind asked for, the voice asked for, the proposal asked for by name, a price
    where one is asked for, and the direction of a saving.
    """

    def __init__(self, query: Query) -> None:
        """Take the question as read."""
        self._query, self._kind = query, AskedKind(query.text)
        self._priced = price_asked(query.text) is not None
        # A sentence on one of several things does not compare them.
        self._compares = query.operation in COMPARING or sides_asked(query.text)
        self._saving = query.intent == "figure" and "efficiency" in query.concepts

    def fits(self, found: Quotation) -> bool:
        """Tell whether a quotation has all that."""
        query, text = self._query, found.text
        if query.intent == "figure" and (self._compares or not any(c.isdigit() for c in text)):
            return False
        if query.speaker is not None and not is_voice(found.place.section, text):
            return False
        if query.told_of and not self._tells(text):
            return False
        if self._saving and direction(text) != "cut":
            return False
        return self._kind.is_held(text) and (not self._priced or tells_price(text))

    def _tells(self, text: str) -> bool:
        """Tell whether words tell the measure asked for of the proposal asked for."""
        query = self._query
        asked = set(query.concepts) - {"net", "efficiency"}  # its direction tells these
        against = {direction(query.text), direction(text)} == {"cut", "raise"}
        return tells_of(text, query.told_of) and not against and asked <= set(asked_concepts(text))
