"""Reads files in beside the sessions: it goes on when its page is left, and tells how far it is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

from rag.errors import RaadsvarError
from rag.types import Access, Text
from ui.shared import unforeseen

if TYPE_CHECKING:
    from ingest.pipeline import FileReport
    from ingest.uploads import Upload
    from rag.chain import Assistant


@dataclass
class Work:
    """Files handed in at one time, and how far their reading is."""

    names: tuple[str, ...]
    reports: list[FileReport] = field(default_factory=list)
    waiting: bool = False
    done: bool = False
    error: Text | None = None

    @property
    def current(self) -> str | None:
        """The name of the file that is being read, None when all are."""
        count = len(self.reports)
        return self.names[count] if count < len(self.names) else None


@st.cache_resource(show_spinner=False)
def _all(folder: str) -> dict[str, list[Work]]:
    """Return what each user of a data folder has handed in since the server started."""
    return {}


def works(asked: Assistant, user: str) -> list[Work]:
    """Return what a user has handed in and not put away, the newest last."""
    return _all(str(asked.home.folder)).setdefault(user, [])


def start(
    asked: Assistant, user: str, seen: frozenset[Access], uploads: Sequence[Upload], level: Access
) -> None:
    """Begin to read files in, for a user who may see documents of the levels `seen`."""
    work = Work(tuple(u.name for u in uploads))
    works(asked, user).append(work)
    arguments = asked, work, tuple(uploads), level, seen
    threading.Thread(target=_read, args=arguments, name="uploads", daemon=True).start()


def _read(
    asked: Assistant,
    work: Work,
    uploads: Sequence[Upload],
    level: Access,
    seen: frozenset[Access],
) -> None:
    from ingest.uploads import ingest_uploads
    from rag.chain import refresh

    def waits() -> None:
        work.waiting = True

    def progress(report: FileReport) -> None:
        work.waiting = False
        work.reports.append(report)

    try:
        ingest_uploads(uploads, asked.home, level, seen, progress, waits)
        refresh(asked.home)
    except RaadsvarError as error:
        work.error = error.message
    except Exception as error:  # the thread has nobody else to tell
        work.error = unforeseen(error)
    finally:
        work.done = True
