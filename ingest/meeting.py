"""Which committee a document is before, and on what date."""

from __future__ import annotations

import datetime as dt
import re

from ingest.split import Part
from rag.text.dates import find_dates
from rag.text.names import committees_named

# "Børne- og Familieudvalget", "Børn og Unge-udvalget"; staff's own committees are no one's here.
_COMMITTEE = re.compile(
    r"(?:[A-ZÆØÅ][\wæøå]*-?(?:,? og |, ))*(?:[A-ZÆØÅ][\w]*[- ])*(?!MED|Medarbejder)[A-ZÆØÅ]?[\w-]*"
    r"udvalget(?=s?\b)|\b(?:Byrådet|Kommunalbestyrelsen|Borgerrepræsentationen|Magistraten)(?=s?\b)"
)
_HEAD = 10  # lines in which a document names its meeting


def committee_of(fields: dict[str, str], lines: list[str], part: Part) -> str | None:
    """Return the committee a document names as its own: in its form, or with its meeting."""
    if part.item is not None:
        return None
    given = fields.get("committee")
    if given and len(given) < 60:
        return given
    to = committees_in(fields.get("to", ""))
    if to and len(fields["to"]) < 60:
        return to[0]
    for line in lines[:_HEAD]:
        if len(line) < 120 and (
            find_dates(line) or re.search(r"\bmøde\b|behandles i\b", line, re.I)
        ):
            found = _COMMITTEE.search(line)
            if found:
                return found[0]
    return None


def committees_in(line: str) -> list[str]:
    """Return the committees that a line names."""
    return _COMMITTEE.findall(line) or committees_named(line)


def date_of(fields: dict[str, str], lines: list[str]) -> dt.date | None:
    """Return the date a document gives as its own: in a field, or alone on a line."""
    for text in [fields.get("date", ""), *(line for line in lines if len(line) < 40)]:
        dates = find_dates(text)
        if dates and (text == fields.get("date") or dates[0][1] - dates[0][0] >= len(text) - 3):
            return dates[0][2]
    meetings = [t for t in lines[:_HEAD] if len(t) < 120 and _COMMITTEE.search(t)]
    held = [d for t in meetings if t[-1:] != "." for _, _, d in find_dates(t)]
    return held[0] if held else None
