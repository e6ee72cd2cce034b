"""Holds the yardstick's sentences to their documents by the gate, each alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from eval.claims.known import Sentence, folder_of
from eval.sets import holding
from rag.gate.gate import Gate, Verdict
from rag.gate.sources import Sources
from rag.store.catalogue import Catalogue

Found = Literal["bound", "partly", "not found"]


class Result(NamedTuple):
    """What the gate says of a sentence: bound where it flags nothing of it."""

    sentence: Sentence
    found: Found
    verdicts: tuple[Verdict, ...]

    @property
    def right(self) -> bool:
        """Whether a true sentence is bound, and a false one not."""
        return (self.found == "bound") == self.sentence.true


def run(sentences: Sequence[Sentence]) -> Iterator[Result]:
    """Yield the result of each sentence whose documents are there, a folder at a time.

    Raises InputError for a document that cannot be read.
    """
    for documents in dict.fromkeys(s.documents for s in sentences):
        folder = folder_of(documents)
        if not folder.exists():
            continue
        with holding([folder]) as (home, _):
            catalogue = Catalogue(home)
            try:
                gate = Gate(Sources(catalogue))
                for sentence in (s for s in sentences if s.documents == documents):
                    yield _judged(sentence, gate)
            finally:
                catalogue.close()


def _judged(sentence: Sentence, gate: Gate) -> Result:
    verdicts = tuple(gate.check(sentence.text))
    flagged = [v for v in verdicts if not v.passed]
    partly = any(v.outcome == "partly" for v in flagged)
    found: Found = "partly" if partly else "not found" if flagged else "bound"
    return Result(sentence, found, verdicts)


def table(results: Iterable[Result]) -> list[str]:
    """Return a line for each kind of false and of true sentences: how many got which verdict."""
    counts: Counter[tuple[bool, str, Found]] = Counter()
    for r in results:
        counts[r.sentence.true, r.sentence.kind, r.found] += 1
        counts[r.sentence.true, "all", r.found] += 1
    lines = [f"{'':16}{'bound':>8}{'partly':>8}{'not found':>11}"]
    for true in (False, True):
        kinds = list(dict.fromkeys(kind for t, kind, _ in counts if t == true and kind != "all"))
        for kind in [*sorted(kinds), "all"]:
            row = [counts[true, kind, found] for found in ("bound", "partly", "not found")]
            if any(row):
                name = f"{'true' if true else 'false'} {kind}"
                lines.append(f"{name:16}{row[0]:>8}{row[1]:>8}{row[2]:>11}")
    return lines
