"""The collections of documents that known answers are asked over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rag.errors import InputError
from rag.home import CHECKOUT, Home
from rag.types import Text

if TYPE_CHECKING:
    from ingest.pipeline import FileReport
    from rag.search.embed import Embedder

HERE = Path(__file__).parent
CORPUS = CHECKOUT / "corpus"
OWN = "own"
"""The name of the data folder's own collection."""


@dataclass(frozen=True)
class Collection:
    """Sets of known answers, and the folder of the documents they are asked over.

    `documents` is None where they are asked over a data folder as it is.
    """

    name: str
    documents: Path | None
    questions: tuple[Path, ...]


_SHIPPED = ("questions.jsonl", "blind.jsonl", "blind_kinds.jsonl")
SHIPPED = Collection("shipped", CORPUS, tuple(HERE / name for name in _SHIPPED))
MADE = Collection("made", HERE / "made", (HERE / "made" / "questions.jsonl",))
UNSEEN = Collection("unseen", HERE / "unseen", (HERE / "unseen" / "questions.jsonl",))
_FRESH = ("questions.jsonl", "second.jsonl")
FRESH = Collection("fresh", HERE / "fresh", tuple(HERE / "fresh" / name for name in _FRESH))
HOUSE = (SHIPPED, MADE, UNSEEN, FRESH)
"""What the house asks of every version of itself."""


def set_of(questions: Path) -> Collection:
    """Return a collection of another file of known answers, asked over the shipped documents."""
    return Collection(questions.name, CORPUS, (questions,))


def known_answers(home: Home) -> Path:
    """Return the file of the known answers that users keep in a data folder."""
    return home.folder / "known_answers.jsonl"


def offered(home: Home) -> list[Collection]:
    """Return the collections of the house, and a data folder's own where it has any answers."""
    kept = known_answers(home)
    return [*HOUSE, *([Collection(OWN, None, (kept,))] if kept.exists() else [])]


@contextmanager
def opened(collection: Collection, home: Home) -> Iterator[Home]:
    """Yield a data folder that holds the collection: `home` itself, or one gone at the end.

    Raises InputError for a document that cannot be read.
    """
    if collection.documents is None:
        yield home
        return
    with holding([collection.documents]) as (made, _):
        yield made


def check_complete(home: Home) -> None:
    """Raise InputError while passages of a data folder have no vector: half would not count."""
    from rag.search.embed import load_embedder
    from rag.store.catalogue import Catalogue

    with closing(Catalogue(home)) as catalogue:
        made = catalogue.embedding_progress(load_embedder().name)
    if not made.complete:
        raise InputError(
            Text(
                f"Meningssøgningen er ikke klar i {home.folder} ({made.percent} %), så en måling "
                "ville ikke gælde. Kør »raadsvar reindex«, eller vent, til appen er færdig.",
                f"Search by meaning is not ready in {home.folder} ({made.percent} %), so that what "
                "is measured would not hold. Run `raadsvar reindex`, or wait for the app.",
            )
        )


@contextmanager
def holding(
    paths: Sequence[Path], embedder: Embedder | None = None
) -> Iterator[tuple[Home, list[FileReport]]]:
    """Yield a data folder of files and folders, gone at the end, and the report of each file.

    They are embedded by `embedder`, or the one configured. Raises InputError for a document
    that cannot be read.
    """
    from eval.cache import Cached, cache_folder
    from ingest.pipeline import ingest
    from rag.search.embed import load_embedder

    with TemporaryDirectory(prefix="raadsvar-eval-") as folder:
        made = Home(Path(folder))
        kept = embedder or Cached(load_embedder(), cache_folder())
        reports = ingest(paths, made, kept, access="public")
        for report in reports:
            if report.error is not None:
                raise InputError(report.error)
        yield made, reports
