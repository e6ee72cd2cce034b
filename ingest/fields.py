"""The fields of a document's form: "Udvalg: Økonomiudvalget", "Sagsnr. 25/17340"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FIELDS = {
    "title": "overskrift|titel|emne|forslagets titel",
    "committee": "udvalg|politisk udvalg|fagudvalg|behandles i|til behandling i|fremlægges for",
    "to": "til",
    "proposer": "forslagsstiller|stillet af|indstiller",
    "expense_type": "udgiftstype|styringsområde",
    "number": "nr|nummer|forslag nr|forslagsnummer|forslag nummer",
    "case_number": (
        r"sagsnummer i f2|sagsnummer edoc|sags?[ -]?(?:nummer|nr|id)|journal(?:nummer|nr)|"
        r"j\.? ?nr|acadre(?:[ -]?(?:sag|nr|sagsnr))?|kle(?:[ -]?(?:nr|nummer|emne))?|"
        r"esdh(?:[ -]?(?:sag|nr|sagsnr))?|edoc|sag"
    ),
    "document_number": "dokumentnummer i f2|dokumentnummer|dokument ?nr|dok\\.? ?nr|brev-?id",
    "caseworker": (
        "sagsbehandler|kontaktperson|sagsansvarlig|ansvarlig sagsbehandler|"
        "forfatter|udarbejdet af|skrevet af"
    ),
    "municipality": "kommune",
    "date": "dato|mødedato|udarbejdet(?! af)|ajourført",
    "received": "modtaget|spørgsmål modtaget|stillet den",
    "period": "budgetperiode|periode",
    "version": "version|udgave",
    "decision": "beslutning|status|politisk behandling",
}
_FIELD = {
    name: re.compile(rf"^(?:{words})\.?\s*(?::|\t+|\s(?=\S)|$)\s*(.*)$", re.IGNORECASE | re.DOTALL)
    for name, words in _FIELDS.items()
}
# Labels that a line may hold several of: "Til: Udvalget Dato: 3. maj 2026 Sagsnr.: 25/1".
_INNER = re.compile(
    r"(?<=\s)(?=(?:Til|Fra|Dato|Mødedato|Sagsnr|Sagsnummer|Sags-?id|Journalnr|Journalnummer|"
    r"J\. ?nr|Brev-?id|Dok\.? ?nr|Dokumentnr|Dokumentnummer|Forvaltning|Afdeling|Sagsbehandler|"
    r"Sagsansvarlig|Kontaktperson|Forfatter|Udarbejdet af|Init|Kopi(?: til)?|Modtaget|Stillet af|"
    r"Udvalg|Emne|Version|Udgave|Acadre)(?:\.:?|:)\s)"
)
_HEAD = 30  # a form stands among a document's first lines
_CASE = re.compile(
    r"EMN-\d{4}-\d{4,}|\d{2}\.\d{2}\.\d{2}-?[A-ZÆØÅ]\d{2}-\d+-\d{2}"
    r"|\d{4}\s?-\s?\d{4,}(?:-\d+)?(?!\d)|\d{2}/\d{4,}"
)
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–]\s?(?:19|20)\d\d")
_VALUE = re.compile(r"\w+(?:[./-]\w+)*(?:\s-\s\w+)?")


def form_lines(lines: list[str]) -> list[str]:
    """Return a document's lines, those among the first that hold several fields parted."""
    parted = [
        part.strip()
        for line in lines[:_HEAD]
        for part in (_INNER.split(line) if len(line) < 400 else [line])
    ]
    return parted + lines[_HEAD:]


def form_fields(lines: list[str]) -> dict[str, str]:
    """Return the form's fields: "Udvalg Økonomiudvalget", or the name on a line of its own."""
    found: dict[str, str] = {}
    for index, line in enumerate(lines):
        if len(line) > 200:
            continue
        for name, pattern in _FIELD.items():
            match = pattern.match(line)
            if not match or name in found:
                continue
            value = match[1].split("\t")[0].strip()
            bare = not value
            if bare and index + 1 < len(lines):
                value = lines[index + 1].strip()
            if bare and (len(value) > 60 or is_label(value)):
                continue
            if name == "caseworker":
                value = re.split(r",\s|\.(?:\s|$)", value)[0]
            if value and not (name in ("date", "decision", "municipality") and bare):
                found[name] = value
    return found


def is_label(line: str) -> bool:
    """Tell whether a line is, or begins with, the name of a form's field."""
    return any(p.match(line) for p in _FIELD.values())


def numbers(lines: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the case numbers and the document numbers of a document."""
    cases: list[str] = []
    documents: list[str] = []
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        cases += _given("case_number", line, following)
        documents += _given("document_number", line, following)
        if len(line) < 40 and (match := _CASE.fullmatch(line.strip())):
            cases += [match[0]] * (match[0] not in documents and not _YEARS.fullmatch(match[0]))
    own = [number for number in documents if number not in cases]
    return tuple(dict.fromkeys(cases)), tuple(dict.fromkeys(own))


def _given(name: str, line: str, following: str) -> Iterator[str]:
    """Yield the number that a line gives after its label, or the line after it."""
    match = _FIELD[name].match(line)
    if not match or len(line) > 160:
        return
    value = match[1].strip() or following
    number = _CASE.match(value)
    if number is None and not re.match(r"(?:sag|kle|acadre|esdh)\b\s", line, re.IGNORECASE):
        number = _VALUE.match(value) if len(match[1]) < 120 else None
    if number and any(c.isdigit() for c in number[0]) and not _YEARS.fullmatch(number[0]):
        yield number[0]
