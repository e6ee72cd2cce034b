"""Lets a language model write an answer from the places of the answer made without it.

Every statement goes through the gate, held to those places alone: one that
does not pass is sent back once with the verdict, then dropped. The answer made
without the model stays where nothing is left, and says so.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rag import prompts
from rag.answer import Answer, Citation, Heard, Statement
from rag.errors import ModelError
from rag.gate.gate import Gate, Verdict
from rag.gate.sources import Sources
from rag.llm import LanguageModel
from rag.query import Turn
from rag.store.lookup import Lookup
from rag.text.language import analyse
from rag.text.units import STAFF
from rag.types import Figure, Text

log = logging.getLogger(__name__)

_COVERED = 0.6  # of a Danish statement's words must stand in its sources
_MOST_STATEMENTS = 12
_NEGATION = re.compile(r"\b(?:ikke|ingen|intet|aldrig|not|no|never|none)\b|n't\b", re.IGNORECASE)
_QUOTED = re.compile(r"»[^«]+«")
_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ANSWERED = Text(
    "(Sprogmodellens svar bestod ikke kontrollen; her er dokumenternes egne oplysninger.)",
    "(The language model's answer did not pass the check; this is what the documents say.)",
)
_UNUSED = Text(
    "(Sprogmodellen kunne ikke bruges; her er dokumenternes egne oplysninger.)",
    "(The language model could not be used; this is what the documents say.)",
)

NOTES = (_ANSWERED, _UNUSED)
"""What an answer ends with where the model was asked and its words were not used."""


@dataclass(frozen=True)
class Draft:
    """A statement as the model wrote it; `sources` are indexes of citations."""

    text: str
    sources: tuple[int, ...]


class Writer:
    """Writes answers with a model, from what the asker may see and nothing else."""

    def __init__(self, model: LanguageModel, catalogue: Lookup) -> None:
        self._model, self._catalogue = model, catalogue

    def write(self, answer: Answer, question: str, heard: Heard | None = None) -> Answer:
        """Return `answer` in the model's words, or as it is, with a line that says so.

        `heard` is told each statement as soon as it has passed.
        """
        if answer.status != "answered" or not answer.citations or answer.calculation:
            return answer  # a choice is the asker's, a calculation is already told as it must be
        if any(prompts.instructs(c.quote) for c in answer.citations):
            return _noted(answer, _UNUSED)
        try:
            kept = self._statements(answer, question, heard or _unheard)
        except ModelError as error:
            log.warning("%s", error.message.en)
            return _noted(answer, _UNUSED)
        if not kept or not _tells_all(kept, answer):
            return _noted(answer, _ANSWERED)
        return replace(answer, statements=tuple(kept))

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """Return a follow-up as a question that stands alone; itself where the model fails.

        Names, years and numbers that the conversation does not have are refused.
        """
        try:
            lines = list(self._model.write(prompts.REWRITE, prompts.to_rewrite(history, question)))
        except ModelError as error:
            log.warning("%s", error.message.en)
            return question
        said = " ".join([question, *(turn.question for turn in history)])
        new = lines[0].strip() if len(lines) == 1 else ""
        names = {t for t in _TOKEN.findall(new) if t[0].isupper() or any(c.isdigit() for c in t)}
        known = {t.lower() for t in _TOKEN.findall(said)}
        first = _TOKEN.search(new)
        unknown = {t for t in names if t.lower() not in known} - {first[0] if first else ""}
        return new if new and len(new) < 400 and not unknown else question

    # -------------------------------------------------------------- statements

    def _statements(self, answer: Answer, question: str, heard: Heard) -> list[Statement]:
        """Return the statements that passed, in the model's order, after one mending."""
        gate = _judge(self._catalogue, answer, question)
        shown = [(c, Sources(self._catalogue, [c]).figures()) for c in answer.citations]
        request = prompts.to_write(question, answer.language, shown)
        kept: list[Statement] = []
        refused: list[tuple[str, Sequence[str]]] = []
        for draft in self._drafts(request, len(answer.citations)):
            statement, why = gate(draft)
            if statement is not None:
                kept.append(statement)
                heard(statement)
            else:
                refused.append((draft.text, why))
        if refused:
            try:
                again = prompts.to_mend(request, refused)
                for draft in self._drafts(again, len(answer.citations)):
                    statement, _ = gate(draft)
                    if statement is not None and statement.text not in {k.text for k in kept}:
                        kept.append(statement)
                        heard(statement)
            except ModelError as error:
                log.warning("%s", error.message.en)
        return kept

    def _drafts(self, request: str, sources: int) -> Iterator[Draft]:
        found = 0
        for line in self._model.write(prompts.WRITE, request):
            for draft in read_drafts(line, sources):
                found += 1
                if found > _MOST_STATEMENTS:
                    return
                yield draft


def _unheard(_: Statement) -> None:
    """Do nothing: nobody listens."""


def read_drafts(line: str, sources: int) -> Iterable[Draft]:
    """Return the statements of a line of the model's, none where it is malformed.

    `sources` is how many there are; a statement that names none, or one that
    does not exist, is none.
    """
    try:
        data = json.loads(line.strip().strip("`,"))
    except (ValueError, RecursionError):
        return
    for entry in data if isinstance(data, list) else [data]:
        if not isinstance(entry, dict):
            continue
        text, named = entry.get("text"), entry.get("sources")
        if not isinstance(text, str) or not text.strip() or not isinstance(named, list):
            continue
        numbers = [n for n in named if isinstance(n, int) and not isinstance(n, bool)]
        if numbers and len(numbers) == len(named) and all(1 <= n <= sources for n in numbers):
            yield Draft(" ".join(text.split()), tuple(dict.fromkeys(n - 1 for n in numbers)))


def _judge(
    catalogue: Lookup, answer: Answer, question: str
) -> Callable[[Draft], tuple[Statement | None, Sequence[str]]]:
    """Return what judges a draft: the statement where it passes, else the reasons."""

    def judge(draft: Draft) -> tuple[Statement | None, Sequence[str]]:
        cited = [answer.citations[i] for i in draft.sources]
        verdicts = Gate(Sources(catalogue, cited)).check(draft.text)
        why = [_reason(v) for v in verdicts if not _holds(v)]
        if not why:
            why = _unsupported(draft, cited, verdicts, question, answer)
        if why:
            return None, why
        figures = tuple(
            (v.figure, index)
            for v in verdicts
            if v.figure is not None and (index := _index(v.figure, draft, answer)) is not None
        )
        return Statement(draft.text, figures, draft.sources), ()

    return judge


def _holds(verdict: Verdict) -> bool:
    # The asker sees that the source is an earlier answer: it is cited as one.
    return verdict.passed or verdict.outcome == "only_earlier_answer"


def _reason(verdict: Verdict) -> str:
    there = f" ({verdict.elsewhere.en})" if verdict.elsewhere else ""
    return f'"{verdict.words}" is not in the sources it names{there}'


def _unsupported(
    draft: Draft,
    cited: Sequence[Citation],
    verdicts: Sequence[Verdict],
    question: str,
    answer: Answer,
) -> list[str]:
    """Return why the words of a statement, beside its figures, are not the sources'."""
    quotes = " ".join(c.quote for c in cited)
    own = _QUOTED.sub(" ", draft.text)
    if _NEGATION.search(own) and not _NEGATION.search(quotes):
        return ["the sources hold no such negation"]
    if any(v.kind == "quotation" for v in verdicts):
        return []
    if answer.language == "en":
        told = any(v.kind == "amount" for v in verdicts)
        return [] if told else ["a sentence without figures must quote the source"]
    titles = " ".join(f"{c.document.title} {c.document.number or ''}" for c in cited)
    measures = " ".join(s.text for s in answer.statements)
    known = set(analyse(f"{quotes} {titles} {question} {measures}"))
    words = analyse(own)
    covered = sum(w in known for w in words) / max(len(words), 1)
    return [] if covered >= _COVERED else ["its words are not those of the sources"]


def _index(figure: Figure, draft: Draft, answer: Answer) -> int | None:
    """Return which of a draft's citations holds a figure."""
    for index in draft.sources:
        place = answer.citations[index].place
        same = (place.document, place.page) == (figure.place.document, figure.place.page)
        if same and place.start <= figure.place.start and figure.place.end <= place.end:
            return index
    return None


def _tells_all(kept: Sequence[Statement], answer: Answer) -> bool:
    """Tell whether the model's statements hold every figure of the answer made without it."""
    told = {_told(f) for s in kept for f, _ in s.figures}
    wanted = {_told(f) for s in answer.statements for f, _ in s.figures if f.state == "value"}
    return wanted <= told


def _told(figure: Figure) -> tuple[object, ...]:
    size = None if figure.amount is None else abs(figure.amount)
    return size, figure.low, figure.high, figure.unit in STAFF or figure.unit, figure.year


def _noted(answer: Answer, note: Text) -> Answer:
    """Return an answer whose last statement ends with a note."""
    *first, last = answer.statements
    noted = replace(last, text=f"{last.text} {note.in_(answer.language)}")
    return replace(answer, statements=(*first, noted))
