"""Cut Danish prose into sentences.

By rules, because what ends a sentence in council text is a short list of
cases: an abbreviation, an ordinal, a date, a section number or an initial ends
in a full stop and does not end a sentence.
"""

from __future__ import annotations

import re
from itertools import pairwise

# Something always follows these.
_OPEN = frozenset(
    str.split(
        "bl.a. f.eks. eks. fx. ca. nr. jf. d. hhv. dvs. ifm. ift. ifht. mht. vedr. inkl. ekskl. "
        "evt. pga. pr. p.g.a. ang. hr. fr. dr. prof. adm. tlf. kl. cf. st. skt. sml. tidl. nuv. "
        "vha. kap. art. maks. gns. gnsn. jr. t.o.m. afd. bet. udg. red. ex. mr. mrs. ms. vs. "
        "approx. kgs. kgl. gl. ndr. sdr. str. journ. jnr. j.nr. dok. lb. ult. prim. jan. feb. "
        "mar. apr. jun. jul. aug. sep. sept. okt. nov. dec. pkt. resp. sct. sagsnr."
    )
)
# These may end a sentence: they do where the next word begins like one.
_EITHER = frozenset(
    str.split(
        "mio. mia. kr. pct. stk. mv. m.v. m.m. mm. o.l. osv. o.s.v. etc. p.t. pt. p.l. mfl. m.fl. "
        "o.lign. lign. årl. incl. excl. tkr. t.kr. mill. bn. dkk. a.m. p.m. s.å. d.å. d.d. e.l. "
        "e.lign. el.lign."
    )
)
_MARK = re.compile(r"[.!?…]+[)\]»«”\"'’]*(?=\s|$)")
_WORD_BEFORE = re.compile(r"[^\s(\[«“„”\"']+$")
_NEXT = re.compile(r"\s+(?P<opening>[(\[«“„”\"'–-]*)\s*(?P<word>\S+)")
_LETTERS_APART = re.compile(r"(?:[^\W\d_]\.)+")
_SECTION_NUMBER = re.compile(r"(?:\d+(?:\.\d+)*|[IVX]+)\.")
_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec|oct|may|march)[a-zé]*\b", re.IGNORECASE
)
_BEFORE_ORDINAL = re.compile(r"(?:\b(?:den|det|de|d\.|dette|denne|hver|the)|:)\s*$", re.IGNORECASE)
_CAPTION = re.compile(r"(?:tabel|figur|bilag|table|figure|annex)", re.IGNORECASE)
_CURRENCY = re.compile(r"kr\b|kroner\b|DKK\b|Kr\.")
_FEWEST_WORDS = 3
BULLETS = "•o▪–"
_BULLET = re.compile(rf"(?<=\s)[{BULLETS}] (?=\S)")
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the ranges of the sentences of `text`, in order, without overlap.

    Ranges are string offsets, end exclusive, that begin and end on a character
    that is not a space; together they hold every such character. A line break
    always ends a sentence.
    """
    ranges = []
    for line in _LINE.finditer(text):
        start = line.start()
        marks = (m for m in _MARK.finditer(line.group()) if _ends_sentence(line.group(), m))
        for end in [*(line.start() + m.end() for m in marks), line.end()]:
            piece = text[start:end]
            inner = piece.strip()
            if inner:
                first = start + len(piece) - len(piece.lstrip())
                ranges.append((first, first + len(inner)))
            start = end
    return ranges


def statements(text: str) -> list[tuple[int, int]]:
    """Return the ranges of what `text` states: its sentences, a list's items apart.

    The bullets of a table cell's list begin new ones, and an amount in brackets
    ("… moderniseres. (10-15 mio.)") belongs to what it follows.
    """
    starts = [0, *(m.start() for m in _BULLET.finditer(text)), len(text)]
    ranges: list[tuple[int, int]] = []
    for first, last in pairwise(starts):
        for start, end in sentences(text[first:last]):
            opening = first + start
            if ranges and text[opening] == "(" and ranges[-1][0] >= first:
                opening = ranges.pop()[0]
            ranges.append((opening, first + end))
    return ranges


def _ends_sentence(line: str, mark: re.Match[str]) -> bool:
    """Whether the punctuation `mark` ends a sentence of `line`."""
    following = _NEXT.match(line, mark.end())
    if following is None:
        return True
    next_word = following["word"]
    if mark.group() != ".":
        return not next_word[0].islower()
    at = mark.start()
    match = _WORD_BEFORE.search(line, line.rfind(" ", 0, at) + 1, at)
    word = (match.group() if match else "") + "."
    lead = line[: mark.start() - len(word) + 1].rstrip()
    if _SECTION_NUMBER.fullmatch(word):
        return _number_ends_sentence(word, lead, next_word)
    if word.lower() in _EITHER:
        begins = next_word[0].isupper() and not _CURRENCY.match(next_word)
        # "2,5 mio. kr. HTKs andel." goes on: so few words make no sentence.
        rest = line[mark.end() :].partition(".")[0].split()
        return begins and "(" not in following["opening"] and len(rest) >= _FEWEST_WORDS
    if word.lower() in _OPEN or _LETTERS_APART.fullmatch(word):
        return False
    return not next_word[0].islower()


def _number_ends_sentence(word: str, lead: str, next_word: str) -> bool:
    """Whether the full stop after a number ends a sentence; else it makes an ordinal."""
    if not lead or _CAPTION.fullmatch(lead):
        return False
    if next_word[0].islower() or _MONTH.match(next_word):
        return False
    return len(word) > 3 or not _BEFORE_ORDINAL.search(lead)
