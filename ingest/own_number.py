"""Which number a document bears: "ØU10", or "BU-14" where it is printed so."""

from __future__ import annotations

import re

from ingest.split import NUMBER, Part

_NUMBERED = ("prioriteringsforslag", "budgetnotat", "notat")  # kinds that bear numbers
_HEAD = 8  # lines in which a document tells its number
# What looks like a number and is a unit, a price level, a gas or a place in a text.
_NO_NUMBER = r"(?!(?:CO|PL|KR|DKK|EUR|MIO|PCT|UGE|SIDE|PKT|NR|DEL|MAJ|JUNI|JULI)\b|CO\d)"
# What may stand before a document's own number: its budget, who made it and its kind.
_BEFORE = (
    r"(?:(?i:budget)(?:tet|aftalen?)?\s+20\d\d(?:\s?[-–]\s?(?:20)?\d\d)?\W+)?"
    r"(?:[A-ZÆØÅ][\w-]*(?:\s(?i:kommune)|udvalget|forvaltningen)\W+)?"
)
_KIND = (
    r"(?i:\w*forslag|\w*notat|(?:savings?\s|budget\s)?proposal|budget\snote|initiativ|"
    r"budgetønske)(?i:\s+n[ro]\.?)?\s*:?\s+"
)
_CALLED = re.compile(
    # After the kind the title follows, or nothing; "Forslag BU-14 og BU-15" are two others.
    rf"{_BEFORE}(?:{_KIND}{_NO_NUMBER}{NUMBER.pattern}"
    r"(?=\W*$|\s*[:–—|(]|\s-\s|\s+[A-ZÆØÅ]|\s+(?:om|vedr\.|vedrørende|on)\s)"
    rf"|{_NO_NUMBER}{NUMBER.pattern}(?=\s*[:–—|]|\s-\s))"
)


def number_of(
    part: Part, fields: dict[str, str], lines: list[str], kind: str, furniture: tuple[str, ...]
) -> str | None:
    """Return a proposal's or note's number; a catalogue's front has none.

    It is the form's, or stands at a line's start, after "nr.", after the kind of
    document ("Budgetforslag BU-14: Lys") or before a heading's colon or dash.
    """
    if part.front or kind not in _NUMBERED:
        return None
    given = NUMBER.search(fields.get("number", ""))
    if given:
        return _printed(given[1], given[0])
    for line in [*lines[:_HEAD], *furniture]:
        match = NUMBER.match(line) or re.search(r"\bnr\.?\s*" + NUMBER.pattern, line, re.I)
        if match:
            return _printed(match[1], match[0])
        called = None if line.rstrip().endswith((".", "?", ";")) else _CALLED.match(line)
        if called:
            letters = called[1] or called[3]
            return _printed(letters, called[0])
    return None


def _printed(letters: str, text: str) -> str:
    """Return the number that ends `text` and begins with `letters`, without spaces."""
    return re.sub(r"\s", "", text[text.rindex(letters) :])
