"""The rows of a table that sum up others, told by their labels."""

from __future__ import annotations

import re

_SUM = re.compile(
    r"\b(?:i alt|ialt|netto(?:effekt|virkning|ændring|anlæg|udgift(?:er)?|resultat|besparelse)?|"
    r"(?:sub|hoved)?total|sum|samlet)\b",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\W*(?:i ?alt|total|sum)\W*", re.IGNORECASE)
_STAFF = re.compile(r"årsværk|stilling|normering", re.IGNORECASE)


def is_staff_row(label: str) -> bool:
    """Tell whether a row's label says that it counts staff."""
    return bool(_STAFF.search(label))


def is_sum_row(label: str) -> bool:
    """Tell whether a row's label says that it sums up others: "Drift i alt", "Netto"."""
    return bool(_SUM.search(label)) and not is_staff_row(label)


def is_bare_sum(label: str) -> bool:
    """Tell whether a label says nothing but that: "I alt"."""
    return bool(_ALONE.fullmatch(label))
