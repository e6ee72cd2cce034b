"""Marks of notes: raised digits and letters beside a word or a number, never part of it."""

from __future__ import annotations

import re

_PLAIN = "0123456789()+-abcdefghijklmnoprstuvwxyz"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
# What a note is marked with; longer words that are raised are a title or an ordinal.
_MARK = re.compile(
    r"\s*(?:\d{1,3}[a-z]?|[a-z]|[ivx]+)?[()]?(?:\s*,\s*\d{1,3})*\s*|\s*\(\w{1,3}\)\s*|-\d+"
)
# "m²", "km³" and "10⁻⁶" are measures; nothing else raised is part of what it stands at.
_MEASURED = r"(?<!\bm)(?<!\b[kcdh]m)(?<!\bmm)(?<!\b10)"
_GLUED = re.compile(rf"(?<=[^\s{_RAISED}]){_MEASURED}(?=[{_RAISED}])")
_MARKS = re.compile(rf"(?<![{_RAISED}]){_MEASURED}\s*[{_RAISED}]+(?:,\s*[{_RAISED}]+)*")


def raised(text: str) -> str:
    """Return text that is set above the line as raised letters, where it is a note's mark."""
    return text.translate(str.maketrans(_PLAIN, _RAISED)) if _MARK.fullmatch(text) else text


def apart(text: str) -> str:
    """Return `text` with a space before each note's mark, so that it is part of no word."""
    return text if text.isascii() else _GLUED.sub(" ", text)


def blanked(text: str) -> str:
    """Return `text`, as long as it is, with spaces where it has marks of notes."""
    return text if text.isascii() else _MARKS.sub(lambda m: " " * len(m[0]), text)


def without_marks(text: str) -> str:
    """Return `text` without the marks of notes."""
    return text if text.isascii() else _MARKS.sub("", text).strip()
