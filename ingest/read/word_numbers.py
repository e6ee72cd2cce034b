"""The numbers that Word sets before paragraphs by itself: "1.", "2.1", "a)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.read.word_styles import Styles

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 9  # levels a list can have


@dataclass(frozen=True)
class _Level:
    start: int
    kind: str
    text: str
    style: str
    plain: bool  # numbers of the levels above are written as 1, 2, 3
    restarts: bool


class Numbering:
    """Counts a document's numbered paragraphs, which must be asked for in their order."""

    def __init__(self, document: Any, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, dict[int, _Level]] = {}
        self._numbers: dict[str, str] = {}
        self._given: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for relation in document.part.rels.values():
            if relation.reltype.rsplit("/", 1)[-1] == "numbering":
                self._read(parse_xml(relation.target_part.blob))

    def _read(self, root: Any) -> None:
        linked = {}
        for abstract in root.findall(qn("w:abstractNum")):
            id = abstract.get(qn("w:abstractNumId"))
            self._lists[id] = dict(map(_level, abstract.findall(qn("w:lvl"))))
            linked[_value(abstract, "w:styleLink")] = self._lists[id]
        for abstract in root.findall(qn("w:abstractNum")):
            if (style := _value(abstract, "w:numStyleLink")) in linked and style:
                self._lists[abstract.get(qn("w:abstractNumId"))] = linked[style]
        for number in root.findall(qn("w:num")):
            id, abstract = number.get(qn("w:numId")), _value(number, "w:abstractNumId")
            given = number.findall(qn("w:lvlOverride"))
            own = [lvl for g in given for lvl in g.findall(qn("w:lvl"))]
            if own:  # levels of its own make a list of its own
                self._lists[f"#{id}"] = {**self._lists.get(abstract, {}), **dict(map(_level, own))}
                abstract = f"#{id}"
            self._numbers[id] = abstract
            starts = ((g.get(qn("w:ilvl")), _value(g, "w:startOverride")) for g in given)
            self._given[id] = {_int(at, 0): _int(start, 1) for at, start in starts if start}

    def of(self, paragraph: Any) -> tuple[int | None, str]:
        """Return how deep in a list a paragraph stands, None for none, and its number."""
        place = self._place(paragraph)
        if place is not None:
            return place[1], self._mark(*place)
        styles = self._styles.of(paragraph)
        listed = any(re.match(r"List (?:Bullet|Number)", s.name or "") for s in styles)
        return (0 if listed else None), ""

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """Return the list a paragraph belongs to and its depth in it, None for none."""
        own = [paragraph, *(style.element for style in self._styles.of(paragraph))]
        found = [p for e in own if (p := e.find(f"{qn('w:pPr')}/{qn('w:numPr')}")) is not None]
        number = next((v for p in found if (v := _value(p, "w:numId"))), "0")
        if number == "0":
            return None
        depth = next((v for p in found if (v := _value(p, "w:ilvl"))), "")
        named = {style.style_id for style in self._styles.of(paragraph)}
        levels = self._lists.get(self._numbers.get(number, ""), {})
        of_style = next((at for at, level in levels.items() if level.style in named), 0)
        return number, min(_int(depth, of_style), _MOST - 1)

    def _mark(self, number: str, depth: int) -> str:
        """Count a paragraph and return its number as printed, '' for a bullet."""
        id = self._numbers.get(number, "")
        levels = self._lists.get(id, {})
        level = levels.get(depth)
        if level is None or level.kind in ("bullet", "none"):
            return ""
        counts = self._counts.setdefault(id, {})
        for at, start in self._given.pop(number, {}).items():
            counts[at] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth and levels[d].restarts]:
            del counts[deeper]

        def printed(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            above = levels.get(at, level)
            kind = "decimal" if level.plain else above.kind
            return _printed(counts.get(at, above.start), kind)

        return re.sub(r"%([1-9])", printed, level.text).strip()


def _level(lvl: Any) -> tuple[int, _Level]:
    return _int(lvl.get(qn("w:ilvl")), 0), _Level(
        start=_int(_value(lvl, "w:start"), 1),
        kind=_value(lvl, "w:numFmt") or "decimal",
        text=_value(lvl, "w:lvlText"),
        style=_value(lvl, "w:pStyle"),
        plain=lvl.find(qn("w:isLgl")) is not None,
        restarts=_value(lvl, "w:lvlRestart") != "0",
    )


def _value(element: Any, name: str) -> str:
    found = element.find(qn(name))
    return found.get(qn("w:val"), "") if found is not None else ""


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def _printed(count: int, kind: str) -> str:
    if kind.endswith("Letter"):  # "z" is followed by "aa"
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
        return letters.upper() if kind.startswith("upper") else letters
    if kind.endswith("Roman"):
        return roman(count).upper() if kind.startswith("upper") else roman(count)
    if kind == "decimalZero":
        return f"{count:02}"
    return f"{count}." if kind == "ordinal" else str(count)


def roman(count: int) -> str:
    """Return a number in Roman letters: 4 is "iv"."""
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (count // value)
        count %= value
    return letters
