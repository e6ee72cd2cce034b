"""Comparing two texts of a draft."""

from __future__ import annotations

from difflib import ndiff


def difference(before: str, after: str) -> list[str]:
    """Return the lines of both texts: "- " was, "+ " is, "  " stayed."""
    return [line for line in ndiff(before.splitlines(), after.splitlines()) if line[:1] != "?"]
