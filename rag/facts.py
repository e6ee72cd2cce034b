"""The facts a document tells of itself: who asked, when, which committee, what number."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from rag.answer import Answer, Statement, Status
from rag.cite import Citations, Pages
from rag.dates import find_dates, spoken_date
from rag.decisions import asks_for_votes, decision_place, decision_told
from rag.language import fold
from rag.query import Query
from rag.topic import Topic, weighted_terms
from rag.types import CouncilDocument, Place, Text
from rag.wording import name

# The facts a document tells of itself, by the field of CouncilDocument; patterns
# are matched folded (æ, ø, å as a, o, a) and the first that fits is taken.
_FACTS = {
    "caseworker": r"sagsbehandler(?!e)|case\s?(worker|handler|officer)|hvem har behandlet|"
    # "Who handled the reply to the councillor who asked", but not "who wrote the question".
    r"(hvem|who)(\W+\w+){0,4}?\W+(skrev|forfatte\w*|udarbejde\w*|lavet|wrote|written|author\w*|"
    r"handled|prepared|drafted)\b(?!\W+((the|et|det)\W+)?(question|sporgsm))|"
    r"kontaktperson|contact person",
    "asked": r"(hvornar|hvilken dato|what date|when)\b.*(sporgsmal|spurg|spurt|stille|stillet|"
    r"question|ask)",
    "asker": r"(hvem|who|hvilken politiker|which politician)\b.*(\bstill\w*\b.*sporgsm|"
    r"sporgsm\w*.*\bstill|\bspurg|\bsporger|asked|posed|question)|sporgsmalsstiller|sporgeren",
    "answered_by": r"(hvem|hvilken forvaltning|who|which administration|which department)\b.*"
    r"(besvar|svare|svarer|svaret|answer|repl|respond)",
    "proposer": r"forslagsstiller|hvem (har )?still\w+|(hvem|who)\b.*(foresla|forslag|fremsat|"
    r"propos|submit|put forward|fundet pa|find\w* pa|star bag|opfundet|came up with|is behind)",
    "committee": r"(hvilket|hvilke|which|what)\s+(\w+\s+)?(udvalg|committee)|udvalg (horer|ligger|"
    r"behandler)",
    "expense_type": r"udgiftstype|type of (expen|cost)|expen\w+ type|hvilken type udgift",
    "price_level": r"prisniveau|price level|hvilke(t ars?)? priser|pris- og lonniveau|p/l",
    "case_numbers": r"sagsn(um|r)|journaln|case (number|no)|edoc|\bsag nr",
    "document_numbers": r"dokumentn(um|r)|document (number|no|id)",
    "decision": r"\b(er|blev|bliver|is|was|has|have|been)\b.*\b(vedtag\w*|beslutte?t|godkendt|"
    r"adopted|approved|decided|passed)\b|(hvad|what)\b.*\b(beslutte\w*|vedtog|afgjorde|decide\w*)\b",
    "period": r"(hvilken|which|what) (budget\s?)?(periode|period)|(hvilke|which|what) (ar|years?) "
    r"(dakker|galder|vedrorer|does|are|is)",
    "date": r"(hvornar|hvilken dato|when|what date)\b.*(svaret|answer|reply|dateret|dated|notatet|"
    r"dokumentet|document|memo)\b|\bdatoen\b|(?<!til )(?<!to )\b(dato|date) (er|for|pa|of|is) ",
    "municipality": r"(hvilken|which|what) (kommune|municipality)",
    "title": r"(hvad hedder\s*(\?|$|forslag|dokument|notat|sagen|svaret|punkt)|"
    r"what is the title|titlen|overskriften|what is .* called)",
}
# The words that ask for a fact, of no help to find the document.
_ASKING = re.compile(
    r"\b(still\w*|sporg\w*|spurg\w*|asked|ask|posed|question\w*|sagsb\w*|case\w*|handler|besvar\w*|"
    r"svare\w*|answer\w*|repl\w*|forslagsst\w*|fremsat|propos\w*|submit\w*|udvalg\w*|committee\w*|"
    r"udgiftstype\w*|type|expen\w*|prisniveau\w*|price|level|sagsn\w*|journal\w*|dokumentn\w*|number|"
    r"document|vedtag\w*|beslut\w*|godkend\w*|afgjorde|vedtog|adopt\w*|approv\w*|decide\w*|passed|"
    r"byradet|council|dato\w*|date\w*|hedder|titel\w*|title|overskrift\w*|f2|edoc|horer|ligger|under|"
    r"politiker\w*|politician|forvaltning\w*|administration|department|skrev\w*|forfatte\w*|udarbejde\w*|lavet|wrote|"
    r"written|author\w*|kontaktperson\w*|contact|person|dage|days|lange?|long|tid|passed|svartid\w*|"
    r"response|handled|prepared|drafted)\b"
)
_FACT_PATTERNS = {name: re.compile(pattern) for name, pattern in _FACTS.items()}


_WHEN, _WHO = r"\b(hvornar|when)\b", r"\b(hvem|who)\b"
_BESIDE = {
    "asker": ("asked", _WHEN),
    "asked": ("asker", _WHO),
    "answered_by": ("date", _WHEN),
    "caseworker": ("date", _WHEN),
    "date": ("answered_by", _WHO),
}


def fact_beside(fact: str, question: str) -> str | None:
    """Return the fact that a folded question asks for beside `fact`: who asked, and when."""
    beside, asking = _BESIDE.get(fact, (None, _WHEN))
    return beside if re.search(asking, question) else None


def without_asking(text: str) -> str:
    """Return a folded question without the words that ask for a fact."""
    return _ASKING.sub(" ", text)


def fact_asked(question: str) -> str | None:
    """Return the field of `CouncilDocument` that a folded question asks for, or None."""
    return next((name for name, p in _FACT_PATTERNS.items() if p.search(question)), None)


_LABELS = {
    "asked": Text("Spørgsmålet er stillet", "The question was asked on"),
    "asker": Text("Spørgsmålet er stillet af", "The question was asked by"),
    "caseworker": Text("Sagsbehandler", "Caseworker"),
    "answered_by": Text("Besvaret af", "Answered by"),
    "proposer": Text("Forslagsstiller", "Proposed by"),
    "committee": Text("Udvalg", "Committee"),
    "expense_type": Text("Udgiftstype", "Type of expense"),
    "price_level": Text("Prisniveau", "Price level"),
    "case_numbers": Text("Sagsnummer", "Case number"),
    "document_numbers": Text("Dokumentnummer", "Document number"),
    "period": Text("Periode", "Period"),
    "date": Text("Dato", "Date"),
    "municipality": Text("Kommune", "Municipality"),
    "title": Text("Titel", "Title"),
}
# What a document must cover of the question; for a decision, whose matter its title tells.
_LEAST_COVER, _OF_MATTER, _NEAR_BEST = 0.5, 0.6, 0.1
# Where a case is filed: a document may have a number of its own in each.
_SYSTEM = re.compile(r"\b(?:f2|edoc|acadre|sbsys|workzone|getorganized|captia|esdh)\b")


class FactAnswer:
    """Answers with what a document says of itself, citing the line that says it."""

    def __init__(self, query: Query, topic: Topic, citations: Citations, pages: Pages) -> None:
        """Take the question; `pages` reads the pages the facts are cited from."""
        self._query, self._topic = query, topic
        self._citations, self._pages = citations, pages

    def answer(self, documents: Sequence[CouncilDocument], named: bool) -> Answer | None:
        """Return the answer, or None where no document in scope tells it of itself."""
        field = self._query.fact or ""
        found = [(d, place) for d in documents if (place := self.place(d, field)) is not None]
        if not named:
            found = self.about(found)
        if not found:
            return None
        status: Status = "ambiguous" if len(found) > 1 and not named else "answered"
        statements = []
        for document, place in found[:6]:
            statements.append(self._told(document, field, place))
            other = fact_beside(field, fold(self._query.text))
            if other and (at := self.place(document, other)) is not None:
                statements.append(self._told(document, other, at))
        return Answer(
            status,
            self._query.language,
            tuple(statements),
            self._citations.all(),
            query=self._query,
        )

    def about(
        self, found: list[tuple[CouncilDocument, Place]]
    ) -> list[tuple[CouncilDocument, Place]]:
        """Keep the documents that the question's words fit best, none where they fit none."""
        if not self._topic:
            return found
        decided = [f for f in found if f[0].decision != "proposed"]
        if self._query.fact == "decision" and (told := self._best(decided, _OF_MATTER)):
            return told  # that a proposal tells no decision is no answer where another does
        return self._best(found, _OF_MATTER if self._query.fact == "decision" else _LEAST_COVER)

    def _best(
        self, found: list[tuple[CouncilDocument, Place]], least: float
    ) -> list[tuple[CouncilDocument, Place]]:
        covers = [self._cover(document) for document, _ in found]
        best = max(covers, default=0.0)
        if best < least:
            return []
        return [f for f, c in zip(found, covers, strict=True) if c >= best - _NEAR_BEST]

    def _cover(self, document: CouncilDocument) -> float:
        names = f"{document.title} {document.kind} {document.asker or ''}"
        if self._query.fact == "decision":
            # A decision is told of many things; the document's is of its own matter.
            return self._topic.cover(weighted_terms((names, 1.0)))
        pages = range(document.first_page, document.last_page + 1)
        text = "\n".join(self._pages(document.source, number).text for number in pages)
        return self._topic.cover(weighted_terms((names, 1.0), (text, 0.7)))

    def _value(self, document: CouncilDocument, field: str) -> str:
        if field == "decision":
            return "" if document.decision == "unknown" else document.decision
        value = getattr(document, field)
        if isinstance(value, dt.date):
            return spoken_date(value, self._query.language)
        if isinstance(value, tuple):
            return ", ".join(value)
        return value or ""

    def _told(self, document: CouncilDocument, field: str, place: Place) -> Statement:
        index, language = self._citations.add(place), self._query.language
        who, words = name(document, language), self._citations.words(place)
        if field == "decision":
            text = f"{who} {decision_told(document, words, language)}"
        elif field == "caseworker" and "sagsbehandler" not in words.lower() and "\t" not in words:
            text = f"{who}: »{words}«"  # an author, a contact: the line says which
        else:
            text = f"{who}: {_LABELS[field].in_(language)} {self._value(document, field)}."
        return Statement(text, (), (index,))

    def place(self, document: CouncilDocument, field: str) -> Place | None:
        """Return the line of the document that says a fact."""
        value = getattr(document, field)
        if field == "decision":
            decided = decision_place(document, self._pages)
            if decided and asks_for_votes(self._query.text):
                return decided if asks_for_votes(self._citations.words(decided)) else None
            if decided or document.decision == "unknown" or asks_for_votes(self._query.text):
                return decided
            value = document.title
        if not value:
            return None
        if field == "period" and value:
            value = value[:4]
        for number in range(document.first_page, document.last_page + 1):
            text = self._pages(document.source, number).text
            start, before = 0, ""
            for line in text.split("\n"):
                if _says(line, value) and self._filed(f"{before} {line}", field):
                    return Place(document.id, number, start, start + len(line))
                start, before = start + len(line) + 1, line
        return None

    def _filed(self, text: str, field: str) -> bool:
        """Tell whether a number is that of the system the question names, if it names one."""
        asked = set(_SYSTEM.findall(fold(self._query.text)))
        return not field.endswith("_numbers") or asked <= set(_SYSTEM.findall(fold(text)))


def _says(line: str, value: object) -> bool:
    if isinstance(value, dt.date):
        return any(date == value for _, _, date in find_dates(line))
    if isinstance(value, tuple):
        return bool(value) and str(value[0]) in line
    return str(value) in line
