"""The JSON form of an answer, as `raadsvar ask --json` promises it (`answer.schema.json`)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rag.answer import Answer, Citation, Statement
from rag.cite import Citations
from rag.errors import InputError
from rag.query import Turn
from rag.text.units import unit_name
from rag.types import Figure, Finding, Language, Text


def to_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as JSON-ready data."""
    return {
        "status": answer.status,
        "text": answer.text,
        "language": answer.language,
        "statements": [_statement(s) for s in answer.statements],
        "citations": [_citation(c, answer.language) for c in answer.citations],
        "calculation": _calculation(answer),
        "findings": [
            {"kind": f.kind, "severity": f.severity, "text": f.message.in_(answer.language)}
            for f in answer.findings
        ],
        "why_not": {"code": answer.why_not.code, "text": answer.why_not.text}
        if answer.why_not
        else None,
        "near": [_statement(s) for s in answer.near],
        "confidence": None if answer.confidence is None else round(answer.confidence, 3),
    }


def figure_json(figure: Figure, citation: int) -> dict[str, Any]:
    """Return a figure as JSON-ready data; `citation` is the index of the place that holds it."""
    amount = figure.amount if figure.unit == "kr." else None
    return {
        "measure": figure.measure,
        "year": figure.year,
        "value": figure.text,
        "unit": unit_name(figure.unit, figure.scale) or None,
        "amount_dkk": _number(amount),
        "min": _number(figure.low),
        "max": _number(figure.high),
        "period": figure.period,
        "effect": figure.effect,
        "citation": citation,
    }


def title(citation: Citation, language: Language) -> str:
    """Return a cited document's title, marked where it is a rendition."""
    mark = {"da": " (gengivelse)", "en": " (gengivelse: a rendition)"}[language]
    return citation.document.title + (mark if citation.document.rendition else "")


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "answer": statement.answer or None,
        "figures": [figure_json(f, index) for f, index in statement.figures],
        "citations": list(statement.citations),
    }


def _citation(citation: Citation, language: Language) -> dict[str, Any]:
    document = citation.document
    paged = document.paged
    return {
        "document": document.file,
        "number": document.number,
        "title": title(citation, language),
        "municipality": document.municipality,
        "page": citation.place.page if paged else None,
        "section": (citation.place.section or None) if not paged else None,
        "paragraph": citation.place.paragraph if not paged else None,
        "quote": citation.quote,
    }


def _calculation(answer: Answer) -> dict[str, Any] | None:
    shown = answer.calculation
    if shown is None:
        return None
    return {
        "expression": shown.expression,
        "result": _number(shown.result),
        "unit": shown.unit,
        "operands": [figure_json(f, index) for f, index in shown.operands],
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True)
class Request:
    """A line of `raadsvar ask --jsonl`."""

    id: Any
    question: str
    history: tuple[Turn, ...]


def read_request(line: str, number: int) -> Request:
    """Return the request on line `number`; raises InputError where it is not of the form."""
    try:
        data = json.loads(line)
        entries = data.get("history", [])
        if not isinstance(entries, list):
            raise TypeError("history")
        history = tuple(_turn(entry) for entry in entries)
        question = data["question"]
        if not isinstance(question, str):
            raise TypeError("question")
        return Request(data.get("id"), question, history)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        form = '{"id": …, "question": "…", "history": […]}'
        raise InputError(
            Text(
                f"Linje {number} på standard input er ikke af formen {form}: {error}",
                f"Line {number} of standard input is not of the form {form}: {error}",
            )
        ) from error


def _turn(entry: Any) -> Turn:
    if isinstance(entry, str):
        return Turn(entry)
    question, answer = entry["question"], entry.get("answer")
    if not isinstance(question, str) or not isinstance(answer, str | None):
        raise TypeError("history")
    return Turn(question, answer)


def finding_json(finding: Finding, citations: Citations, language: Language) -> dict[str, Any]:
    """Return a finding with its places cited, as JSON-ready data."""
    indexes = [citations.add(place) for place in finding.places]
    places = [citations.all()[index] for index in indexes]
    return {
        "kind": finding.kind,
        "severity": finding.severity,
        "text": finding.message.in_(language),
        "places": [_citation(c, language) for c in places],
    }
