"""Makes the catalogue again from the copies of the files and from the ledger."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial

from ingest.pipeline import FileReport, Progress, ingest
from rag.errors import CatalogueDamagedError, CatalogueOutdatedError, DamagedError
from rag.home import Home
from rag.store.catalogue import Catalogue
from rag.store.ledger import Ledger
from rag.store.salvage import witnessed

# What flipped bytes, read as if they were sound, make the code that meets them raise.
_HARM = (DamagedError, LookupError, ValueError, TypeError, ArithmeticError)
_BESIDE = ("", "-wal", "-shm")


def rebuild(
    home: Home,
    progress: Progress = lambda report, done, total: None,
    on_wait: Callable[[], None] = lambda: None,
) -> list[FileReport]:
    """Read every file again from its copy, and return a report of each.

    A sound catalogue answers meanwhile; one that is damaged or lost is made anew,
    under the names and decisions of the ledger. A copy that nobody has a name for
    comes in closed. Raises CatalogueTooNewError.
    """
    with home.writing(on_wait):
        read = partial(ingest, [], home, None, progress, on_wait)
        try:
            _ready(home)
            reports = read()
        except (*_HARM, CatalogueDamagedError):
            _set_aside(home)
            reports = read()
        # What a lost copy said stands nowhere else.
        if not any(r.outcome == "failed" for r in reports):
            home.aside.unlink(missing_ok=True)
        home.restored.unlink(missing_ok=True)
        return reports


def _ready(home: Home) -> None:
    """Have every file be read again, where the catalogue can be kept in use."""
    try:
        with closing(Catalogue(home)) as catalogue:
            catalogue.read_again()
    except CatalogueOutdatedError:
        Catalogue.renew(home).close()


def _set_aside(home: Home) -> None:
    """Move a damaged catalogue away, after what the ledger lacks of it is in the ledger."""
    ledger = Ledger(home.ledger)
    ledger.rewrite(witnessed(home, harmed=True))
    home.catalogue.replace(home.aside)
    for suffix in _BESIDE:
        home.catalogue.with_name(home.catalogue.name + suffix).unlink(missing_ok=True)
