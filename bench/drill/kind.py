"""A kind of fault, and how it is tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """`attempt(seed)` makes the fault once and returns what went wrong."""

    part: str
    name: str
    times: int
    attempt: Callable[[int], list[str]]
