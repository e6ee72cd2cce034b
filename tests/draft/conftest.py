"""What the tests of drafts share: a desk over the corpus shipped, with records of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from draft.desk import Desk
from draft.records import Drafts
from rag.chain import Assistant
from rag.home import Home
from rag.store.records import Records


@pytest.fixture
def desk(assistant: Assistant, tmp_path: Path) -> Iterator[Desk]:
    records = Records(Home(tmp_path / "records"))
    yield Desk(assistant, Drafts(records))
    records.close()
