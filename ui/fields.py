"""Fields whose content is stored: what is written in one is saved, whatever is clicked next.

A widget's `on_change` does not do: Streamlit stops a run for the next click wherever it next uses
`st`, within callbacks too, and calls none twice. So every run, of any page, compares each field
with what was last taken from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import cast
from uuid import uuid4

import streamlit as st

from rag.errors import RaadsvarError
from rag.types import Text

_FIELDS = "fields"


def _key() -> str:
    # A browser that comes back to a server started anew still knows the fields it had.
    return f"field-{uuid4().hex}"


@dataclass
class Field:
    """A field of the page: `key` is its widget's, and `stored` what that is to begin with.

    The widget has to have `persist_state="session"`: its page may be left before a run has seen
    what was written. Until that is saved, `trouble` tells why it cannot be. What others store
    meanwhile is shown in a new widget; where both were changed what was written comes last, and
    `crossed` tells of it.
    """

    load: Callable[[], str]
    save: Callable[[str], None]
    stored: str
    written: str
    key: str = field(default_factory=_key)
    crossed: bool = False
    trouble: Text | None = None
    _lock: Lock = field(default_factory=Lock, repr=False)

    def keep(self) -> None:
        """Save what was written since the last run."""
        with self._lock:  # the run before this one may still be saving
            written = cast("str", st.session_state.get(self.key, self.written))
            # From here on nothing of `st` is used: what is begun is not stopped.
            self.trouble = None
            if written in (self.written, self.stored):
                return
            try:
                self.crossed = self.load() not in (self.stored, written)
                self.save(written)
                self.written, self.stored = written, self.load()
            except RaadsvarError as error:
                self.trouble = error.message

    def renew(self) -> None:
        """Show what others have stored; raises what `load` raises."""
        with self._lock:
            stored = self.load()
            if stored != self.stored and not self.trouble:
                self.stored = self.written = stored
                self.key, self.crossed = _key(), False


def kept_field(name: str, load: Callable[[], str], save: Callable[[str], None]) -> Field:
    """Return the session's field of that name; `load` and `save` get and set what it holds.

    Raises what `load` raises; RaadsvarError of `save` becomes the field's `trouble`.
    """
    fields = st.session_state.setdefault(_FIELDS, {})
    if name not in fields:
        stored = load()
        fields.setdefault(name, Field(load, save, stored, stored))
    found = cast("Field", fields[name])
    found.renew()
    return found


def keep_fields() -> None:
    """Save what was written in any field; to be called in every run, of every page."""
    for found in list(st.session_state.get(_FIELDS, {}).values()):
        found.keep()
