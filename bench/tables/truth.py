"""The cells of a table with numbers, told by rules of its own: what the readers are held to.

A grid is rows of cells as they stand, a cell that covers more of the grid told in each of them.
The rows above the first amount are heads; the columns before the first of amounts name the rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

_NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-−–+])?\s?"
    r"(?P<whole>\d{1,3}(?:[.'’\s]\d{3})+|\d+)(?P<part>,\d+)?(?P<after>[-−–](?=\s|$|\)))?(?P<close>\))?"
    r"(?P<unit>\s?(?:%|pct\.?|(?:mio\.?|mia\.?|t\.?)?\s?kr\.?,?(?:-|\b)|årsværk))?[*]*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Columns of numbers that name something and measure nothing.
_NAMING = re.compile(
    r"^(?:nr\b\.?|.*(?:nummer|numre|konto|funktion|matr(?:ikel)?\b|postnr|sagsnr|sted ?nr|"
    r"årstal)).*"
    r"|^(?:år|punkt|side|note|id|tlf\.?|telefon)$",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"(?P<scale>1\.000\.000|1\.000|1000|mio\.?|mill\.?|mia\.?|t\.|tusinde?)?\s?-?(?:kr\b|kroner|tkr\b)"
    r"|(?P<short>\bmio\.)",
    re.IGNORECASE,
)
_SCALES = {"1000000": 10**6, "mio": 10**6, "mill": 10**6, "mia": 10**9}
_THOUSAND = re.compile(r"^(?:1000|t|tusinde?)$")
_SHARE = re.compile(r"(?<![\d,])(?<!\d )(?:%|\bpct\b|procent(?!\s?point))", re.IGNORECASE)
_OWN_SHARE = re.compile(r"%|\bpct\b|procent", re.IGNORECASE)
# What a line over a table says of its figures, and not of one amount: "(mio. kr.)", "i 1.000 kr.".
_STATED = re.compile(
    r"(?:\bi\s|[(])(?:hele\s)?(?:1\.000|mio\.|mia\.|t\.)?\s?(?:kr|pct|%|procent)"
    r"|^(?:beløb\s)?(?:1\.000|mio\.|mia\.|t\.)\s?kr\.?$",
    re.IGNORECASE,
)
# A cell that holds a number among words is no head: "3 pr. time", "1 og 2"; "1. kvartal" is one.
_QUANTITY = re.compile(
    r"(?!(?:19|20)\d\d\b)\d[\d.,]*(?<!\.)(?:\s(?!kvartal|halvår|måned|år|kvt)|$|-\d)", re.I
)
_COUNTED = re.compile(r"\bantal\b", re.IGNORECASE)

_LONG = 80  # letters; what is longer on the average describes

Grid = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Cell:
    """An amount of a table: what names its row and its column, value and unit.

    `may_row` and `may_head` are words that a path may hold beside those it must. `unit` is
    "kr." or "pct."; None where nothing in or over the table says any. `scale` goes with it.
    `told` is False where only other columns say a unit: then it cannot be judged.
    """

    row: frozenset[str]
    head: frozenset[str]
    may_row: frozenset[str]
    may_head: frozenset[str]
    value: Decimal
    unit: str | None
    scale: int
    told: bool = True


def words(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, with no regard to order, hyphens and marks."""
    plain = unicodedata.normalize("NFKC", text.lower().replace("½", " ½ "))
    return frozenset(re.findall(r"[^\W_]+", re.sub(r"(?<=\w)[-\u00ad\u2010]\s*", "", plain)))


def number(text: str) -> Decimal | None:
    """Return the value of a cell that is one number, with its sign and perhaps its unit."""
    found = _NUMBER.fullmatch(text.strip())
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    whole = re.sub(r"\D", "", found["whole"])
    value = Decimal(whole + (found["part"] or "").replace(",", "."))
    minus = found["open"] or found["after"] or (found["sign"] or "+") in "-−–"
    return -value if minus else value


def unit(text: str) -> tuple[str | None, int]:
    """Return the unit that a text says its figures are in, and their scale."""
    if _SHARE.search(text):
        return "pct.", 1
    found = _MONEY.search(text)
    if not found:
        return None, 1
    scale = (found["scale"] or found["short"] or "").lower().replace(".", "").strip()
    thousands = _THOUSAND.match(scale) or "tkr" in found[0].lower()
    return "kr.", 1000 if thousands else _SCALES.get(scale, 1)


def cells_of(grid: Grid, over: str = "") -> list[Cell]:
    """Return the amounts of a grid, row by row; `over` is the text above the table."""
    rows = _even(grid)
    high = sum(1 for _ in takewhile(lambda row: not any(map(_QUANTITY.match, row[1:])), rows))
    high = min(high, sum(1 for _ in takewhile(lambda row: not any(map(is_amount, row[1:])), rows)))
    body = rows[high:]
    columns = _amount_columns(body) if body else []
    labels = list(takewhile(lambda x: x not in columns, range(len(rows[0])))) if columns else []
    if not labels:
        return []
    titles, levels, group = _levels(rows[:high])
    heads = [" ".join(dict.fromkeys(level[x] for level in levels)) for x in range(len(rows[0]))]
    stated = [m[0] for line in over.splitlines() for m in _STATED.finditer(line)]
    stated = [heads[0], *titles, *reversed(stated)]
    found = []
    body = [row for row in body if row not in levels]
    for row, must, may in _paths(body, labels, columns, group):
        for x in columns:
            value = number(row[x])
            if value is None or _NAMING.match(heads[x]):
                continue
            others = any(unit(heads[y])[0] for y in columns)
            of, scale, told = _unit_of(row[x], heads[x], may, stated, others)
            over_all = " ".join(titles)
            words_may = words(f"{may} {over_all}"), words(over_all)
            found.append(Cell(_wordy(must), words(heads[x]), *words_may, value, of, scale, told))
    return found


def _unit_of(
    text: str, head: str, label: str, stated: Sequence[str], others: bool
) -> tuple[str | None, int, bool]:
    """Return the unit of a cell, its scale, and whether that is told; the nearest word holds."""
    if _OWN_SHARE.search(text):
        return "pct.", 1, True
    own = next((found for t in (text, head, label) if (found := unit(t))[0]), None)
    if own:
        return *own, True
    if _COUNTED.search(f"{head} {label}"):
        return None, 1, True
    over = next((found for t in stated if (found := unit(t))[0]), (None, 1))
    return *over, over[0] is not None or not others


def _even(grid: Grid) -> list[list[str]]:
    """Return the rows that hold anything, of one width, without columns that hold nothing."""
    wide = max(map(len, grid), default=0)
    rows = [[*row, *[""] * (wide - len(row))] for row in grid if any(row)]
    kept = [x for x in range(wide) if any(row[x] for row in rows)]
    return [[" ".join(row[x].split()) for x in kept] for row in rows]


def is_year(text: str) -> bool:
    """Tell whether a cell is a year and nothing more."""
    return _YEAR.fullmatch(text) is not None


def is_amount(text: str) -> bool:
    """Tell whether a cell is a number and no year."""
    return number(text) is not None and not is_year(text)


def _amount_columns(body: Grid) -> list[int]:
    """Return the columns, but the first, in which most of what is said is an amount."""
    found = []
    for x in range(1, len(body[0])):
        said = [row[x] for row in body if row[x] and not re.fullmatch(r"[-–−*]+", row[x])]
        numbers = [text for text in said if number(text) is not None]
        if numbers and len(numbers) * 2 > len(said) and any(map(is_amount, numbers)):
            found.append(x)
    return found


def _levels(heads: Grid) -> tuple[list[str], list[Sequence[str]], str]:
    """Part the rows above the amounts: titles, rows that name columns, a heading of rows."""
    titles: list[str] = []
    levels: list[Sequence[str]] = []
    group = ""
    for row in heads:
        lone = len({text for text in row if text}) == 1
        if lone and row[0] and not levels:
            titles.append(row[0])
        elif lone and row[0]:
            group = row[0]
        else:
            levels.append(row)
    return titles, levels, group


def _paths(
    body: Grid, labels: Sequence[int], columns: Sequence[int], group: str
) -> Iterator[tuple[Sequence[str], str, str]]:
    """Yield the rows of amounts, with what must and what may name each.

    A row is named by its label columns, and where that names another row too by the heading
    before it and the label above a blank one. What is long or a code of two letters may.
    """
    naming = [x for x in labels if _names(row[x] for row in body)] or list(labels[:1])
    plain = [" ".join(dict.fromkeys(row[x] for x in naming)).strip() for row in body]
    above = ""
    for row, label in zip(body, plain, strict=True):
        if not any(row[x] for x in columns) and any(row):
            group = " ".join(dict.fromkeys(t for t in row if t))
            continue
        above = row[naming[0]] or above
        path = " ".join(dict.fromkeys([group, above, label]))
        may = f"{path} {' '.join(row[x] for x in labels)}"
        yield row, (path if plain.count(label) > 1 else label), may


def _names(texts: Iterable[str]) -> bool:
    said = [text for text in texts if text]
    return 2 < sum(map(len, said)) / max(len(said), 1) < _LONG


def _wordy(path: str) -> frozenset[str]:
    """Return the words that a path must hold: a row's number may be left out beside a name."""
    all_words = words(path)
    return frozenset(w for w in all_words if not w.isdecimal()) or all_words
