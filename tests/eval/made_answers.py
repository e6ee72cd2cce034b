"""Answers and known answers made by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from eval.known import Expected, ExpectedFigure, KnownAnswer
from rag.answer import Answer, Calculation, Citation, Statement, WhyNot
from rag.types import CouncilDocument, Figure, Finding, Place, Text

FILE = "robot.pdf"


def document(file: str = FILE, paged: bool = True) -> CouncilDocument:
    return CouncilDocument(
        id=file, source="sha", file=file, kind="prioriteringsforslag", title="T", paged=paged
    )


def figure(amount: str | None, year: int | None = 2025, **fields: Any) -> Figure:
    """A table figure in 1.000 kr. unless told otherwise; `amount` as printed, None for blank."""
    given: dict[str, Any] = {
        "id": f"{amount}/{year}/{fields.get('measure')}",
        "document": FILE,
        "measure": "Effektivisering",
        "concept": "saving",
        "group": None,
        "period": None,
        "text": amount or "",
        "state": "value",
        "value": None if amount is None else Decimal(amount),
        "low": None,
        "high": None,
        "unit": "kr.",
        "scale": 1000,
        "price_level": None,
        "effect": "cut",
        "place": Place(FILE, 1, 10, 14),
        "context": Place(FILE, 1, 0, 40),
        "table": "t1",
    }
    return Figure(year=year, **{**given, **fields})


def prose(amount: str | None, year: int | None = 2025, **fields: Any) -> Figure:
    """A figure of the prose in whole kroner."""
    return figure(amount, year, **{"table": None, "scale": 1, **fields})


def cite(page: int = 1, quote: str = "", file: str = FILE, paged: bool = True) -> Citation:
    place = Place(file, page, 0, len(quote))
    return Citation(document(file, paged), place, quote, place)


def told(*figures: Figure, text: str = "Forslaget foreslår det.") -> Statement:
    return Statement(text, tuple((f, 0) for f in figures), (0,))


def answered(*statements: Statement, **fields: Any) -> Answer:
    given: dict[str, Any] = {"status": "answered", "language": "da", "citations": (cite(),)}
    return Answer(statements=statements, **{**given, **fields})


def refused(code: str = "nothing_found") -> Answer:
    return Answer("not_found", "da", why_not=WhyNot(code, "Nej, tallene dér er for 2026, 2027."))


def calculated(result: str, *operands: Figure) -> Calculation:
    return Calculation("a + b", Decimal(result), "kr.", tuple((f, 0) for f in operands))


def finding(*figures: Figure) -> Finding:
    places = (Place(FILE, 1, 0, 1), Place(FILE, 2, 0, 1))
    return Finding(
        "f", "value", "hard", Text("Uenige.", "At odds."), places, tuple(f.id for f in figures)
    )


def money(amount: int | str, year: int | None = 2025) -> ExpectedFigure:
    return ExpectedFigure("kr.", Decimal(amount), year=year)


def known(**fields: Any) -> KnownAnswer:
    """A known answer; fields of `Expected` and of `KnownAnswer` may be mixed."""
    expected = {k: v for k, v in fields.items() if k in Expected.__dataclass_fields__}
    own = {k: v for k, v in fields.items() if k not in expected}
    given: dict[str, Any] = {
        "id": "q1",
        "question": "Hvor meget?",
        "language": "da",
        "type": "lookup",
        "author": "house",
    }
    return KnownAnswer(expected=Expected(**{"status": "answered", **expected}), **{**given, **own})
