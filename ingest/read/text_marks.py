"""What a line of plain text begins with: captions, form fields, bullets, numbers."""

from __future__ import annotations

import re

CAPTION = re.compile(r"(?:tabel|figur|bilagstabel|table)\s+\d+[a-z]?\s*(?:[.:–-]|$)", re.IGNORECASE)
FIELD = re.compile(
    r"(?:Overskrift|Udvalg|Forslagsstiller|Udgiftstype|Styringsområde|Sagsnummer|Sagsnr|"
    r"Dokumentnummer|Dokumentnr|Sagsbehandler|Journalnummer|Dato|Mødedato|Noter?|Nr\.|Link|"
    r"Kilde|Til|Fra|Att|Kære)(?:[.:\t]|\s+(?=[A-ZÆØÅ0-9(“\"])|\s+(?:i F2|eDoc)\b|$)"
)
# The sections of agendas, proposals and notes, where one stands alone on its line.
SECTION = re.compile(
    r"(?:resum[eé]|baggrund|indhold|indledning|indstilling|beslutning|sagsfremstilling|status|"
    r"problemstilling|løsning|økonomi|økonomiske konsekvenser|konsekvenser|konklusion|lovgrundlag|"
    r"retsgrundlag|høring|kommunikation|tidsplan|videre proces|tidligere beslutninger)",
    re.IGNORECASE,
)
# A line that ends in one of these goes on; a number after one is no table value.
OPEN_WORD = re.compile(
    r"\b(?:i|på|fra|til|med|af|for|om|og|eller|ca\.?|kr\.?|den|det|der|er|en|et|nr\.?|§|stk\.?|"
    r"samt|under|over|inden|siden|budget|år|årene|året|de|bilag|tabel|side)$",
    re.IGNORECASE,
)
BULLET = re.compile(r"(?:(?P<mark>[•●▪■‣·*–-])|(?P<sub>[◦○]|o(?=\s+[A-ZÆØÅ])))(?:\s+|$)")
NUMBERED = re.compile(
    r"(?P<number>\d{1,2}(?:\.\d{1,2})*)(?:[.)]|(?<=\.\d))\s+(?=[A-ZÆØÅ\"“”(]|at\s)"
)


def is_bullet(text: str) -> bool:
    """Tell whether a line begins a bulleted item."""
    return bool(BULLET.match(text))


def is_numbered(text: str) -> bool:
    """Tell whether a line begins with a section or item number ("3.", "2.1", "4)")."""
    return bool(NUMBERED.match(text))
