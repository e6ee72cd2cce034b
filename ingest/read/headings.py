"""Tells a heading that is only set in bold from a bold line."""

from __future__ import annotations

import re


def looks_like_heading(text: str) -> bool:
    """Tell whether a line set in bold throughout reads as a heading: short, and no sentence."""
    return (
        1 < len(text) <= 100
        and any(ch.isalpha() for ch in text)
        and text[0].upper() == text[0]
        and not re.search(r"[.,:;!?]$", text)
        and not re.match(r"(?:tabel|figur)\s+\d", text, re.IGNORECASE)
    )
