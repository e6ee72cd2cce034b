"""The desk of a session, and the doors it lends: reading files in, ingesting what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import InputError
from rag.store.access import LOCAL
from rag.types import Access, Language
from ui.shared import assistant, number_of, records, user
from ui.texts import LOCAL as LOCAL_USER

if TYPE_CHECKING:
    from draft.desk import Desk
    from rag.chain import Assistant
    from rag.store.records import Records

CHOSEN = "udkast"
"""The parameter of the page's address that names the draft shown."""


def desk() -> Desk:
    """Return the drafts, over the documents that the user may see. Raises RaadsvarError."""
    asked = assistant()
    # One a view of the catalogue: what drafts are held to is read once, not at each keystroke.
    return _desk(str(asked.home.folder), tuple(sorted(user().levels)), asked, records())


@st.cache_resource(show_spinner=False)
def _desk(
    folder: str, levels: tuple[Access, ...], _assistant: Assistant, _records: Records
) -> Desk:
    from draft.desk import Desk
    from draft.records import Drafts

    return Desk(_assistant, Drafts(_records, frozenset(levels), _assistant.catalogue))


def who() -> str:
    """Return the name that the user's work is recorded under."""
    return user().name


def named(name: str, language: Language) -> str:
    """Return a name that work is recorded under, as it is shown."""
    return LOCAL_USER.in_(language) if name == LOCAL.name else name


def chosen() -> int | None:
    """Return the draft that the address names."""
    return number_of(st.query_params.get(CHOSEN, ""))


def choose(id: int | None) -> None:
    """Show a draft, or the list of all."""
    if id is None:
        st.query_params.pop(CHOSEN, None)
    else:
        st.query_params[CHOSEN] = str(id)


def text_of(name: str, data: bytes) -> str:
    """Return the text of a file; raises InputError where it cannot be read."""
    from ingest.read import Unreadable, read_bytes

    try:
        source = read_bytes(name, data)
    except Unreadable as error:
        raise InputError(error.message) from error
    return "\n".join(page.text for page in source.pages)


def send(id: int, by: str) -> None:
    """Close a draft as sent, and ingest its letter as an earlier answer.

    Raises what `Desk.send` and `ingest_letter` raise; nothing is sent then.
    """
    from hashlib import sha256

    from ingest.pipeline import ingest_letter
    from rag.chain import refresh
    from rag.home import Home

    at = desk()
    name, data = at.send(id, by)
    draft = at.drafts.get(id)
    ingest_letter(name, data, Home(), draft.access, draft.rests_on)
    refresh(Home())
    at.sent(id, by, sha256(data).hexdigest())
