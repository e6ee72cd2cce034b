"""Filling in the fields of a letter by their names."""

from __future__ import annotations

from dataclasses import replace

from draft.inquiry import amended, read_date
from draft.letter import OWN_FIELDS
from draft.records import Case
from rag.errors import InputError
from rag.types import Text

_QUESTION = ("spoerger", "parti", "spurgt", "emne")
SETTABLE = (*_QUESTION, *OWN_FIELDS)
"""The fields that a person sets; the template's others are made of them."""


def filled(case: Case, field: str, value: str) -> Case:
    """Return `case` with a field set; raises InputError for an unknown one, or what is no date."""
    if field not in SETTABLE:
        known = ", ".join(SETTABLE)
        raise InputError(
            Text(
                f"Der er intet felt »{field}«. Felterne er: {known}.",
                f"There is no field “{field}”. The fields are: {known}.",
            )
        )
    if field in _QUESTION:
        given = [value if field == name else "" for name in _QUESTION]
        return replace(case, inquiry=amended(case.inquiry, *given))
    day = read_date(value) if field == "dato" else None
    told = f"{day:%d-%m-%Y}" if day else value
    return replace(case, fields={**case.fields, field: told})
