"""What each small case must get back, read from `expectations.jsonl`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import msgspec

from eval.fields import Line
from eval.known import ExpectedFigure
from rag.answer import Status

EXPECTATIONS = Path(__file__).with_name("expectations.jsonl")
CHECK = "raadsvar check: "


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure in whole units with the sign as printed; None is any year.

    All words of `named` stand in the statement that tells it.
    """

    amount: Decimal
    unit: str
    year: int | None = None
    named: tuple[str, ...] = ()

    @property
    def expected(self) -> ExpectedFigure:
        """The figure, without its names."""
        return ExpectedFigure(self.unit, self.amount, year=self.year)


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A right answer.

    It has a status of `status` and tells each of `figures`, first one of them, and none
    but those and `also`; of each group of `words` one; all words of each group of `together`
    in one statement; the `date`, in any form; nothing of `without` ("not" in the file), nor as
    what comes nearest. It shows `place` ("s. 12") for its first statement. At most
    `findings` are shown or kept of its documents, and one of `warned` stands in a warning
    of ingest's or a finding. `claim` is the amount of a checked text that must not be
    borne out; it stands alone.
    """

    status: tuple[Status, ...] = ("answered",)
    figures: tuple[Figure, ...] = ()
    also: tuple[Figure, ...] = ()
    words: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    date: dt.date | None = None
    without: tuple[str, ...] = msgspec.field(default=(), name="not")
    place: str | None = None
    findings: int | None = None
    warned: tuple[str, ...] = ()
    claim: str | None = None


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question over some files; any of `expected` is right.

    `history` are the questions asked before it. A question that begins with `CHECK`
    is a text that is checked.
    """

    files: tuple[str, ...]
    question: str
    expected: tuple[Expected, ...]
    history: tuple[str, ...] = ()


def load_cases(path: Path = EXPECTATIONS) -> list[Case]:
    """Return the cases of a file, in order; raises InputError, which names the line, for none."""
    decoder = msgspec.json.Decoder(Case)
    cases = []
    for number, line in enumerate(path.read_text("utf8").splitlines(), start=1):
        try:
            cases.append(decoder.decode(line))
        except msgspec.DecodeError as error:
            raise Line(path, number).error(f"{error}", f"{error}") from error
    return cases
