"""Personal data in a text: Danish personal numbers (CPR), and private people's addresses.

A CPR number is a birth date, six digits, and four more; `stdnum` checks the date
and, where it applies, the check digit (modulus 11; numbers without one are given
out since October 2007). Ten digits are many other things too, so a number counts
where it is a possible one and it
- is written as one (DDMMYY-NNNN), or stands by the word or in a column headed so;
- or is only ten digits, passes modulus 11, and nothing beside it tells what else it is.
What is labelled as a case, an account or the like counts only as it is written,
with modulus 11.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

from stdnum.dk import cpr

from rag.vocabulary import entries

MASK = "●"
MASKED = re.compile(rf"{MASK}[{MASK} .–‑−\s-]*{MASK}")
"""What `mask` leaves of a number."""

_SHAPE = re.compile(
    r"(?<!\w)(?<!\d[-/.,])\d\d(?P<dot>[ .]?)\d\d[ .]?\d\d"
    r"(?P<dash>[ \t]?[-–‑−]\s?)?[ \t]?\d{4}(?!\w)(?![-/.,]\d)"
)
_CPR = re.compile(r"cpr|person(?:nr|nummer|numre)|fødselsn(?:r|ummer)", re.IGNORECASE)
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


def personal_numbers(text: str) -> list[tuple[int, int]]:
    """Return the ranges of `text` that are CPR numbers, in order."""
    columns = list(_columns(text))
    found: list[tuple[int, int]] = []
    for match in _SHAPE.finditer(text):
        start, end = match.span()
        number = re.sub(r"\D", "", match[0])
        if not cpr.is_valid(number):
            continue
        after_another = bool(found) and start - found[-1][1] <= _LIST
        near = (
            after_another
            or _CPR.search(text[max(0, start - _BEFORE) : start])
            or _CPR.search(text[end : end + _AFTER])
            or any(a <= start and end <= b for a, b in columns)
        )
        # "12.10.25-2030" may be a date and a year.
        written = bool(match["dash"]) and match["dot"] != "."
        if near or _counts(text, start, end, written, cpr.checksum(number) == 0, match[0]):
            found.append((start, end))
    return found


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


def _counts(text: str, start: int, end: int, written: bool, checked: bool, printed: str) -> bool:
    """Tell whether a possible number is one, going by how it is written and what stands by it."""
    line = text[text.rfind("\n", 0, start) + 1 : start][-60:]
    if _OTHER.search(line):
        return written and checked
    return written or (checked and "\t" not in printed and not _UNIT.match(text, end))


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
