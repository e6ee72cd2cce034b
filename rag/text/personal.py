"""Personal data in a text: Danish personal numbers (CPR), and private people's addresses.

A CPR number is a birth date, six digits, and four more; `stdnum` checks the date
and, where it applies, the check digit (modulus 11; numbers without one are given
out since October 2007). A substitute number has 60 added to the day. Ten digits
are many other things too, so a number counts where it is a possible one and it
- is written as one (DDMMYY-NNNN, whatever the dash), or stands by the word or in a
  column headed so;
- or is only ten digits, passes modulus 11, and nothing beside it tells what else it is.
By the word, `.`, `:` and `/` part its digits too. Directly after the word it counts
whatever its date: it may be mistyped. What is labelled as a case, an account or the
like counts only as it is written, with modulus 11.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

from stdnum.dk import cpr

from rag.vocabulary import entries

MASK = "●"
_DASH = "-\u2010-\u2015\u2212\u2043\u02d7\ufe58\ufe63\uff0d\u00ad_"  # and what looks like one
_UNSEEN = "\u200b-\u200d\u2060\ufeff"
MASKED = re.compile(rf"{MASK}[{MASK} .{_DASH[1:]}\s-]*{MASK}")
"""What `mask` leaves of a number."""

_PART = rf"[ \u00a0]?[.:/{_DASH[1:]}-]?[ \u00a0]?"  # within the date
_BETWEEN = rf"[\s{_UNSEEN}]{{0,3}}"
_OTHERWISE = ".:/"  # what parts the last four digits beside the word alone
_SHAPE = re.compile(
    rf"(?<!\d)(?:(?P<day>\d\d)(?P<part>{_PART})(?P<month>\d\d)(?P<part2>{_PART})"
    rf"(?P<year>(?:19|20)?\d\d)(?P<gap>{_BETWEEN}[{_DASH}{_OTHERWISE}]?{_BETWEEN})"
    rf"(?P<tail>\d\d ?\d\d|\d[A-Z]{{2}}\d)"
    rf"|\d(?: \d){{5}} ?[{_DASH}{_OTHERWISE}]? ?\d(?: \d){{3}})(?!\d)"
)
_CPR = re.compile(
    r"cpr|c\.\s?p\.\s?r|pers(?:on|\.)?[-\s]?(?:nr|nummer|numre)|fødselsn(?:r|ummer)", re.IGNORECASE
)
_LABEL = re.compile(rf"(?:{_CPR.pattern})[-.\s]*(?:nr|nummer|no)?[.:\s]*$", re.IGNORECASE)
_BEFORE, _AFTER, _LIST = 40, 15, 5  # characters in which the word, or another number, is near
_OTHER = re.compile(
    r"(?<!\w)(?:(?:sag|journal|dok|dokument|akt|esdh|f2|edoc|konto|reg|faktura|ordre|ean|gln|cvr|"
    r"tlf|telefon|mobil|fax|iban|matrikel|løbe|bilag|id|ref|reference|serie|kunde|vare)s?"
    r"[-. ]*(?:nr|nummer|numre|no|id)?|(?:j|p|se)[-. ]*(?:nr|nummer))"
    r"(?:\s+i\s+(?:f2|edoc))?[-.:#\s]*(?:\d[\d ./-]*)?$|(?:kr\.?|dkk|\b\d{4})[ ]$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s*(?:kr\b|mio|mia|t\.?kr|dkk|pct|%|stk|m2|m²|km|timer|årsværk)", re.IGNORECASE
)


def personal_numbers(text: str, bare: bool = True) -> list[tuple[int, int]]:
    """Return the ranges of `text` that are CPR numbers, in order.

    Without `bare`, ten digits alone are none: text of a program is full of them.
    """
    columns = list(_columns(text))
    found: list[tuple[int, int]] = []
    at = 0
    while match := _SHAPE.search(text, at):
        start, end = match.span()
        listed = bool(found) and start - found[-1][1] <= _LIST
        if _stands_apart(text, match, listed, bare) and (
            _is_near(text, match, listed, columns) or _counts(text, match, bare)
        ):
            found.append((start, end))
            at = end
        else:
            at = start + 1
    return found


def _is_near(text: str, match: re.Match[str], listed: bool, columns: list[tuple[int, int]]) -> bool:
    """Tell whether what may be a number is one by the word beside it, or the one before it."""
    start, end = match.span()
    if _LABEL.search(text[max(0, start - _BEFORE) : start]):
        return match["tail"] is None or "\n" not in match["gap"] or _is_possible(match)
    if not _is_possible(match):
        return False
    if any(a <= start and end <= b for a, b in columns):
        return True
    return not _OTHER.search(_line_before(text, start)) and bool(
        listed
        or _CPR.search(text[max(0, start - _BEFORE) : start])
        or _CPR.search(text[end : end + _AFTER])
    )


def _counts(text: str, match: re.Match[str], bare: bool) -> bool:
    """Tell whether what may be a number is one by how it is written and what stands by it."""
    if not _is_possible(match):
        return False
    start, end = match.span()
    gap, number = match["gap"] or "", _digits(match)
    checked = not _is_substitute(number) and len(number) == 10 and cpr.checksum(number) == 0
    if match["part"] != match["part2"] or re.search(rf"[{_OTHERWISE}]", gap):
        return False
    dashed = bool(re.search(rf"[{_DASH}]", match[0] if match["tail"] is None else gap))
    # "12.10.25-2030" may be a date and a year, and "121203\t-1234" two amounts.
    written = dashed and (match["part"] or "") in ("", " ", "\u00a0")
    if re.match(rf"[^{_DASH}]*[\t\n]", gap):
        written = written and checked and "\t" not in gap
    if _OTHER.search(_line_before(text, start)):
        return written and checked
    plain = match["tail"] is not None and " " not in match["tail"] and len(match["year"]) == 2
    alone = bare and checked and plain and not dashed and not re.search(r"[\t\n]", gap)
    return written or (alone and (match["part"] or "") in " ." and not _UNIT.match(text, end))


def _stands_apart(text: str, match: re.Match[str], listed: bool, bare: bool) -> bool:
    """Tell whether what may be a number is no part of a longer one, or of a word."""
    start, end = match.span()
    before, after = text[max(0, start - 3) : start], text[end : end + 2]
    dashed = bool(re.search(rf"[{_DASH}]", match["gap"] or ""))
    if not bare and re.search(rf"[{_DASH[:-1]}]|[^\W_]", before[-1:] + after[:1]):
        return False
    if before[-1:].isalnum() and not (dashed or re.search("(?:cpr|nr)$", before, re.I)):
        return False
    if after[:1].isalnum() and not dashed:
        return False
    glued = re.search(rf"\d[{_DASH}/.,]$", before), re.match(rf"[{_DASH}/.,]\d", after)
    # In a list without spaces, a comma parts numbers.
    return not (glued[0] and not (before[-1] == "," and (dashed or listed))) and not (
        glued[1] and not (after[0] == "," and len(re.findall(r"\d", text[end : end + 12])) > 5)
    )


def _digits(match: re.Match[str]) -> str:
    """Return the digits of a number, those of the century left out."""
    if match["tail"] is None:
        return re.sub(r"\D", "", match[0])
    return match["day"] + match["month"] + match["year"][-2:] + re.sub(r"\s", "", match["tail"])


def _is_substitute(number: str) -> bool:
    return number[:1] in "6789"


def _is_possible(match: re.Match[str]) -> bool:
    number = _digits(match)
    if not _is_substitute(number):
        year = (match["year"] or "") if match["tail"] else ""
        # "01012024-1230" is a day and an hour: the seventh digit tells another century.
        return bool(cpr.is_valid(number)) and (
            len(year) < 4 or cpr.get_birth_date(number).year == int(year)
        )
    try:
        dt.date(2000 + int(number[4:6]) % 4, int(number[2:4]), int(number[:2]) - 60)
    except ValueError:
        return False
    return True


def _line_before(text: str, start: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : start][-60:]


def mask(text: str) -> str:
    """Return `text` with the digits of CPR numbers hidden; every other letter keeps its place."""
    for start, end in personal_numbers(text):
        text = text[:start] + re.sub(r"\d", MASK, text[start:end]) + text[end:]
    return text


def hidden(text: str) -> str:
    """Return `text` as `mask` does; where it is JSON, masked string by string, and still JSON."""
    if text[:1] not in ("{", "["):
        return mask(text)
    try:
        data = json.loads(text)
    except ValueError:
        return mask(text)
    safe = _each(data)
    return text if safe == data else json.dumps(safe, ensure_ascii=False)


def _each(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _each(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_each(value) for value in data]
    # A string of digits alone is an amount, as `rag.store.codec` writes one.
    return mask(data) if isinstance(data, str) and not data.isdecimal() else data


def _columns(text: str) -> Iterator[tuple[int, int]]:
    """Yield the cells of table columns that are headed as CPR numbers."""
    headed: set[int] = set()
    start = 0
    for line in text.split("\n"):
        cells, at = line.split("\t"), start
        headed = headed if len(cells) > 1 else set()
        for n, cell in enumerate(cells):
            if n in headed:
                yield at, at + len(cell)
            elif len(cells) > 1 and _CPR.search(cell):
                headed = headed | {n}
            at += len(cell) + 1
        start += len(line) + 1


# ------------------------------------------------------- addresses and telephones


class Contact(NamedTuple):
    """Where a private person's address or telephone number seems to stand."""

    start: int
    end: int
    kind: Literal["email", "phone"]


_EMAIL = re.compile(r"[\w.+-]+@(?P<domain>[\w-]+(?:\.[\w-]+)+)", re.ASCII)
_PHONE = re.compile(
    r"(?<![\w.,/-])(?P<country>(?:\+|00)45[ ]?)?"
    r"[2-9]\d(?:(?: \d\d){3}|\d\d ?\d{4})(?![ .,/-]?\d|\w)"
)
_CALLED = re.compile(r"(?:tlf|telefon|mobil|ring)\w*\.?(?: ?nr\.?)?:?\s*$", re.IGNORECASE)
_PUBLIC = re.compile(
    r"kommune\b|forvaltning|rådhus|borgerservice|sekretariat|direktion|\bregion|ministeri|styrelse",
    re.IGNORECASE,
)
_SHORT = frozenset("kk htk ltk fmk rksk rk brk holb egekom kl regioner rm rn rsyd ft".split())
_LETTERS = ({"æ": "ae", "ø": "oe", "å": "aa"}, {"æ": "ae", "ø": "o", "å": "a"})


def contacts(text: str) -> list[Contact]:
    """Return the e-mail addresses and telephone numbers that are not a public authority's."""
    found = [
        Contact(m.start(), m.end(), "email")
        for m in _EMAIL.finditer(text)
        if not _is_public(m["domain"])
    ]
    for m in _PHONE.finditer(text):
        if (m["country"] or _CALLED.search(text[: m.start()][-20:])) and not _of_house(text, m):
            found.append(Contact(m.start(), m.end(), "phone"))
    return sorted(found)


def _is_public(domain: str) -> bool:
    *_, name, top = domain.casefold().split(".")
    plain = name.replace("-", "").removesuffix("kommune")
    return top == "dk" and (plain in _municipal() or plain.startswith("region"))


@cache
def _municipal() -> frozenset[str]:
    """Return the names under which municipalities have their addresses."""
    names = [
        name.casefold().replace("-", "").replace(" ", "") for name in entries()["municipalities"]
    ]
    written = {n.translate(str.maketrans(letters)) for n in names for letters in _LETTERS}
    return frozenset(written | _SHORT)


def _of_house(text: str, match: re.Match[str]) -> bool:
    """Tell whether the line of a telephone number, or one beside it, is an authority's."""
    first = text.rfind("\n", 0, max(0, text.rfind("\n", 0, match.start()))) + 1
    last = text.find("\n", text.find("\n", match.end()) + 1)
    around = text[first : last if last > 0 else len(text)]
    return bool(_PUBLIC.search(around)) or any(
        _is_public(m["domain"]) for m in _EMAIL.finditer(around)
    )
