"""What tests of several rooms share: a catalogue of the corpus shipped."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import settings

from eval.cache import Cached, cache_folder
from ingest.pipeline import ingest
from rag.chain import Assistant
from rag.home import CHECKOUT, Home
from rag.search import embed
from rag.search.embed import load_embedder
from rag.search.sentence_model import SentenceModel

# Machines are shared and slow at times: how long an example takes tells nothing. The same
# examples each time: a fault that chance finds in one run holds up work that did not make it.
# `pytest --hypothesis-profile=default` looks for new ones.
settings.register_profile("raadsvar", deadline=None, derandomize=True)
settings.load_profile("raadsvar")

_opened = embed._sentence_model


@cache
def _kept(folder: Path) -> SentenceModel:
    """The sentence model, opened once, its vectors of passages kept between runs.

    It makes a dozen a second, and opening it takes longer than most tests.
    """
    model = _opened(folder)
    plain = SimpleNamespace(
        name=model.name,
        dimensions=model.dimensions,
        embed_query=model.embed_query,
        embed_passages=model.embed_passages,
    )
    model.embed_passages = Cached(plain, cache_folder()).embed_passages  # type: ignore[method-assign]
    return model


embed._sentence_model = _kept


@pytest.fixture(scope="session")
def corpus_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder filled from the corpus shipped; not to be written to."""
    folder = tmp_path_factory.mktemp("corpus")
    ingest([CHECKOUT / "corpus"], Home(folder), load_embedder())
    return folder


@pytest.fixture(scope="session")
def assistant(corpus_home: Path) -> Iterator[Assistant]:
    shared = Assistant(Home(corpus_home))
    yield shared
    shared.catalogue.close()
