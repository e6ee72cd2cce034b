"""Who asks, and which documents they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from rag.types import Access

Role = Literal["politician", "staff", "evaluator"]
ROLES: frozenset[Role] = frozenset(get_args(Role))


@dataclass(frozen=True)
class User:
    """Someone who uses Rådsvar.

    `id` is what their records are kept under, `name` what is shown. `closed`
    is True for those named to see what is behind closed doors.
    """

    id: str
    name: str
    roles: frozenset[Role]
    closed: bool = False

    @property
    def levels(self) -> frozenset[Access]:
        """The access levels of the documents this user may see."""
        seen: set[Access] = {"public"}
        if "staff" in self.roles:
            seen.add("staff")
        if self.closed:
            seen.add("closed")
        return frozenset(seen)


LOCAL = User("local", "Lokal bruger", ROLES, closed=True)
"""Who uses an app without sign-in, and the command line: everything on their own machine."""
