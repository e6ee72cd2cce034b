"""What is expected of an answer, in words, for the report, the page and the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from eval.known import Expected, ExpectedFigure
from rag.text.numbers import format_number


def expected_json(expected: Expected) -> dict[str, Any]:
    """Return an expectation as JSON-ready data, of the form of a line of a set."""
    return {
        **vars(expected),
        "figures": [_figure_json(f) for f in expected.figures],
        "words": [list(group) for group in expected.words],
        "pages": list(expected.pages),
        "reasons": list(expected.reasons),
    }


def expected_text(expected: Mapping[str, Any]) -> str:
    """Return an expectation in its JSON form as one line."""
    return "; ".join([expected["status"], *expected_details(expected)])


def expected_details(expected: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an expectation asks for beside the status: figures, words, reasons, place."""
    for figure in expected["figures"]:
        yield _figure(figure)
    for group in expected["words"]:
        yield "|".join(group)
    yield from expected["reasons"]
    if expected["finding"]:
        yield "fund / a finding"
    if expected["document"]:
        pages = ", ".join(map(str, expected["pages"]))
        yield f"[{expected['document']}{f' s. {pages}' if pages else ''}]"


def _figure(figure: Mapping[str, Any]) -> str:
    ends = [Decimal(str(figure[key])) for key in ("amount", "low", "high") if key in figure]
    year = f" ({figure['year']})" if figure["year"] else ""
    return f"{'-'.join(map(format_number, ends))} {figure['unit']}{year}"


def _figure_json(figure: ExpectedFigure) -> dict[str, Any]:
    numbers = {n: getattr(figure, n) for n in ("amount", "low", "high")}
    told = {n: float(v) for n, v in numbers.items() if v is not None}
    return {**told, "unit": figure.unit, "year": figure.year}
