"""A collection of documents that a test makes, and the assistant that answers from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from ingest.pipeline import ingest
from rag.chain import Assistant
from rag.home import Home
from rag.search.embed import load_embedder


def written(folder: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write texts as Markdown, each under its name; return the files."""
    files = [folder / f"{name}.md" for name in texts]
    for file, text in zip(files, texts.values(), strict=True):
        file.write_text(text, "utf8")
    return files


@contextmanager
def collected(home: Path, *paths: Path) -> Iterator[Assistant]:
    """Yield the assistant over the files and folders `paths`, all of which can be read."""
    reports = ingest(paths, Home(home), load_embedder())
    assert reports and [r.error for r in reports] == [None] * len(reports)
    made = Assistant(Home(home))
    yield made
    made.catalogue.close()


def collected_texts(folder: Path, texts: Mapping[str, str]) -> AbstractContextManager[Assistant]:
    """Return the assistant over texts, which are written to `folder` as `written` does."""
    return collected(folder / "home", *written(folder, texts))
