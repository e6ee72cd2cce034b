"""The known answers that users keep in their data folder, asked with every later run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from eval.known import KnownAnswer, load_known, read_known
from eval.sets import known_answers
from rag.errors import InputError
from rag.home import Home, locked
from rag.text.numerals import find_numerals
from rag.text.personal import hidden
from rag.types import Text


def own_answers(home: Home) -> tuple[KnownAnswer, ...]:
    """Return the known answers kept in a data folder. Raises InputError where they are broken."""
    path = known_answers(home)
    return load_known([path]) if path.exists() else ()


def add_own(home: Home, entry: Mapping[str, Any]) -> KnownAnswer:
    """Keep a known answer, given as a line of a set without its author; return it.

    Raises InputError, which tells the cause, where it is none or its id is taken;
    nothing is kept then.
    """
    path = known_answers(home)
    line = hidden(json.dumps({**entry, "author": "user"}, ensure_ascii=False))
    with locked(home.folder / "known_answers.lock"):
        kept = own_answers(home)
        known = read_known(path, len(kept) + 1, line)
        if known.id in {k.id for k in kept}:
            raise InputError(
                Text(f"»{known.id}« er gemt allerede.", f"“{known.id}” is kept already.")
            )
        _append(path, line)
    return known


def figure_of(text: str, year: int | None) -> dict[str, Any]:
    """Return the figure that a text holds ("-2,2 mio. kr."), as a line of a set has it.

    Raises InputError where the text is not one figure with its unit.
    """
    found = find_numerals(text)
    if len(found) != 1 or not found[0].unit:
        raise InputError(
            Text(
                f"»{text}« er ikke ét tal med enhed. Skriv for eksempel -2,2 mio. kr. "
                "eller 4 årsværk.",
                f"“{text}” is not one figure with its unit. Write for example -2,2 mio. kr. "
                "or 4 årsværk.",
            )
        )
    (told,) = found
    ends = {"amount": told.value, "low": told.low, "high": told.high}
    numbers = {key: _plain(end * told.scale) for key, end in ends.items() if end is not None}
    return {**numbers, "unit": told.unit, "year": year}


def _append(path: Path, line: str) -> None:
    # Whole or not at all: a file cut short would stop every later run.
    kept = path.read_text("utf8") if path.exists() else ""
    draft = path.with_suffix(".new")
    draft.write_text(f"{kept.rstrip()}\n{line}\n".lstrip(), "utf8")
    draft.replace(path)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
