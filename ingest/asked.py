"""Who asked what a document answers, when, and who answered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from ingest.titles import PERSON
from rag.text.dates import find_dates

_ASKS = re.compile(
    r"\b(?:stillet|stillede|stiller|spurgt|spurgte|spørger|bedt|bad|spørgsmål fra|spørgsmål af|"
    r"forespørgsel fra)\b",
    re.IGNORECASE,
)
# "NN (V) spørger:", "Stillet af: NN (F)": who asked, with no date beside.
_ASKER = re.compile(
    rf"(?:(?P<one>{PERSON})\s+(?:har spurgt|har stillet|spørger|spurgte)\b"
    rf"|(?:spørger|spørgsmålsstiller|spørgsmål fra|forespørgsel fra|stillet af)\s*:?\s*\t?"
    rf"(?:\w+medlem(?:merne)?\s+)?(?P<other>{PERSON}))",
    re.IGNORECASE,
)
_ASKING = re.compile("spurgt|stillet|spørg", re.IGNORECASE)  # said by all of _ASKER
_ANSWERER = re.compile(
    r"^(?P<who>[A-ZÆØÅ][\w-]+(?:forvaltningen|afdelingen|sekretariatet))s svar\b"
)


def question_of(lines: list[str], fields: dict[str, str]) -> tuple[str | None, dt.date | None]:
    """Return who asked and when: of the line that tells of a question with a date and a
    person, else of the line that names the asker and the form's date of it."""
    for line in lines:
        dates = find_dates(line[:200])
        asked = dates and _ASKS.search(line[:200])
        if asked and (person := re.search(PERSON, line[:200])):
            return _without_office(person[0]), dates[0][2]
    for line in lines:
        # A name can begin at every word: the pattern is slow where nothing is asked.
        found = _ASKING.search(line[:200]) and _ASKER.search(line[:200])
        if found:
            dates = find_dates(fields.get("received", ""))
            who = _without_office(found["one"] or found["other"])
            return who, dates[0][2] if dates else None
    return None, None


def answerer_of(lines: Sequence[str]) -> str | None:
    """Return which part of the administration answered."""
    return next((m["who"] for line in lines if (m := _ANSWERER.match(line))), None)


def _without_office(person: str) -> str:
    return re.sub(r"^\w*(?:medlem|formand|rådmand|borgmester)\s+", "", person, flags=re.IGNORECASE)
