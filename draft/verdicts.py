"""The gate over a draft: what is held, what was accepted, and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from draft.contradicted import current
from draft.text import claimed, marks
from rag.gate.gate import Gate, Verdict
from rag.gate.sources import Sources
from rag.store.lookup import Lookup
from rag.text.sentences import sentences

_HELD = frozenset(("not_found", "found_elsewhere", "partly"))


@dataclass(frozen=True)
class Acceptance:
    """A named person lets a claim stand in a sentence, with a reason.

    It holds for the same words in the same sentence: an edited one is held again.
    """

    words: str
    sentence: str
    by: str
    reason: str
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Judged:
    """A verdict, the sentence it stands in, and who accepted it where someone did."""

    verdict: Verdict
    sentence: str
    accepted: Acceptance | None = None

    @property
    def held(self) -> bool:
        """Whether the draft may not go out with it."""
        return self.verdict.outcome in _HELD and self.accepted is None


@dataclass(frozen=True)
class Checked:
    """A draft's text with the verdicts on it, and the ranges of the marks left in it."""

    text: str
    judged: tuple[Judged, ...]
    marks: tuple[tuple[int, int], ...]

    @property
    def held(self) -> tuple[Judged, ...]:
        """What holds the draft back."""
        return tuple(j for j in self.judged if j.held)


class Judge:
    """Holds drafts to one state of the documents."""

    def __init__(self, catalogue: Lookup) -> None:
        self._sources = Sources(catalogue)
        self._gate = Gate(self._sources)

    def check(
        self, text: str, parts: Sequence[str], accepted: Iterable[Acceptance] = ()
    ) -> Checked:
        """Return the verdicts on a draft that answers `parts`, in order."""
        held_to = claimed(text, parts)
        verdicts = self._gate.check(held_to)
        instead = dict(current(held_to, verdicts, self._gate, self._sources))
        verdicts = [replace(v, elsewhere=instead.get(v, v.elsewhere)) for v in verdicts]
        known = {(a.words, a.sentence): a for a in accepted}
        ranges = sentences(text)
        judged = []
        for verdict in sorted(verdicts, key=lambda v: (v.start, v.end)):
            told = next((text[a:b] for a, b in ranges if a <= verdict.start < b), "")
            judged.append(Judged(verdict, told, known.get((verdict.words, told))))
        return Checked(text, tuple(judged), tuple(marks(text)))
