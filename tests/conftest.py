"""What tests of several rooms share: a catalogue of the corpus shipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from ingest.pipeline import ingest
from rag.chain import Assistant
from rag.home import CHECKOUT, Home
from rag.search.embed import load_embedder

# Machines are shared and slow at times: how long an example takes tells nothing. The same
# examples each time: a fault that chance finds in one run holds up work that did not make it.
# `pytest --hypothesis-profile=default` looks for new ones.
settings.register_profile("raadsvar", deadline=None, derandomize=True)
settings.load_profile("raadsvar")


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
