"""Years, periods and dates in Danish and English text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january jan",
            "februar february feb",
            "marts march mar",
            "april apr",
            "maj may",
            "juni june jun",
            "juli july jul",
            "august aug",
            "september sept sep",
            "oktober october okt oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH_NAME = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b"
_MONTH = rf"{_MONTH_NAME}\.?"
_YEAR = r"(?:19|20)\d\d"
_ANY_YEAR = re.compile(_YEAR)
_DATES = re.compile(
    rf"(?<!\d)(?:(?P<d>\d{{1,2}})\.?\s+(?P<m>{_MONTH})\s*(?P<y>{_YEAR})"
    rf"|(?P<en>{_MONTH})\s+(?P<end>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<eny>{_YEAR})"
    rf"|(?P<dn>\d{{1,2}})[-./](?P<mn>\d{{1,2}})[-./ ](?P<yn>{_YEAR})"
    rf"|(?P<iy>{_YEAR})-(?P<im>\d\d)-(?P<id>\d\d))(?!\d)",
    re.IGNORECASE,
)
_NAMED_MONTHS = re.compile(
    rf"(?:\b(?:fra|til|i|og|mod|pr\.?|ultimo|primo|mellem|from|to|in|and|of|between|end)|\d\.?)"
    rf"\s+({_MONTH_NAME})",
    re.IGNORECASE,
)
# "2026-priser", "2026 p/l" and case numbers ("2026 - 10323") speak of no year.
_PERIOD = re.compile(
    rf"(?<![\d.,/-])(?P<pre>\b(?:fra(?: og med)?|frem mod|frem til|inden|senest|from|by|until)\s+)?"
    rf"(?:[BR]F?O?\s?)?(?P<first>(?<![\d.,]){_YEAR})"
    rf"(?:\s*(?:[-–/]|til og med|til|to)\s*(?P<last>{_YEAR}|(?<=[-–/])\d\d(?![\d-])))?"
    rf"(?!\d|[.,]\d|\s*[-–]?\s*(?:pris|p/l|pl\b)|\s*[-–]\s*\d)"
    rf"(?P<open>\s+(?:og frem(?:efter)?|og derefter|ff\.?|and onwards?|onwards?|and after))?",
    re.IGNORECASE,
)
FAR = 2100  # the end of a period that a text leaves open


@dataclass(frozen=True)
class YearMention:
    """A year or period in a text: `text[start:end]`, from `first` to `last`.

    `last` is `FAR` where the text leaves the end open ("fra 2027 og frem").
    """

    start: int
    end: int
    first: int
    last: int

    @property
    def period(self) -> str | None:
        """The period as text, None for a single year."""
        if self.first == self.last:
            return None
        return f"{self.first}-" if self.last == FAR else f"{self.first}-{self.last}"


def find_dates(text: str) -> list[tuple[int, int, dt.date]]:
    """Return the dates in `text` as (start, end, date), in order."""
    found = []
    for m in _DATES.finditer(text) if _ANY_YEAR.search(text) else ():
        if m["m"]:
            parts = int(m["y"]), MONTHS[m["m"].rstrip(".").lower()], int(m["d"])
        elif m["en"]:
            parts = int(m["eny"]), MONTHS[m["en"].rstrip(".").lower()], int(m["end"])
        elif m["dn"]:
            parts = int(m["yn"]), int(m["mn"]), int(m["dn"])
        else:
            parts = int(m["iy"]), int(m["im"]), int(m["id"])
        try:
            found.append((m.start(), m.end(), dt.date(*parts)))
        except ValueError:  # 31-02-2025 is no date
            continue
    return found


def find_months(text: str) -> list[int]:
    """Return the months that `text` names, 1 to 12, in order, each once ("from March to June").

    Names follow a preposition or a day: "may" and "mar" are other words too.
    """
    return list(dict.fromkeys(MONTHS[m[1].lower()] for m in _NAMED_MONTHS.finditer(text)))


def find_years(text: str) -> list[YearMention]:
    """Return the years and periods in `text`, in order; years of dates are left out."""
    if not _ANY_YEAR.search(text):
        return []
    dates = [(a, b) for a, b, _ in find_dates(text)]
    found = []
    for m in _PERIOD.finditer(text):
        start = m.start("first")
        if any(a <= start < b for a, b in dates):
            continue
        first = int(m["first"])
        last = first
        if m["last"]:
            last = int(m["last"]) if len(m["last"]) == 4 else first // 100 * 100 + int(m["last"])
        elif m["open"]:
            last = FAR
        if last >= first:
            found.append(YearMention(start, m.end(), first, last))
    return found


_AA = "(?:å|aa|a)"
_FIRST = re.compile(
    rf"\b(?:f(?:ø|oe|o)rste (?:budget)?{_AA}r|(?:very )?first year|year one|{_AA}r (?:1|et))\b",
    re.I,
)
_LAST = re.compile(
    rf"\b(?:sidste (?:overslags|budget)?{_AA}r|(?:last|final) year|slut(?:ningen)? af perioden)\b",
    re.I,
)


def year_of_period(text: str) -> Literal["first", "last"] | None:
    """Return which year of a document's period `text` speaks of: "første år", "the last year"."""
    if _FIRST.search(text):
        return "first"
    return "last" if _LAST.search(text) else None


@lru_cache(maxsize=256)
def budget_year(period: str | None) -> int | None:
    """Return the first year of a document's period ("2026-2029", "2025"), None for none."""
    years = find_years(period or "")
    return years[0].first if years else None


def period_years(period: str) -> range:
    """Return the years of a period such as "2026-2029" or "2027-" (open end)."""
    first, _, last = period.partition("-")
    return range(int(first), (int(last) if last else FAR) + 1)


def spoken_date(date: dt.date, language: str) -> str:
    """Write a date as a person would: "21. april 2026", "21 April 2026"."""
    danish = "januar februar marts april maj juni juli august september oktober november december"
    english = (
        "January February March April May June July August September October November December"
    )
    if language == "en":
        return f"{date.day} {english.split()[date.month - 1]} {date.year}"
    return f"{date.day}. {danish.split()[date.month - 1]} {date.year}"
