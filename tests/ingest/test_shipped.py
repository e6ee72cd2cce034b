"""The documents that come with the program are read once: what a user does with them stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.pipeline import ingest_bytes, open_catalogue
from ingest.shipped import ingest_shipped
from rag.home import Home


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Notat {name}\n\nTekst om {name}.\n", encoding="utf-8")
    return folder


def outcomes(corpus: Path, home: Home) -> dict[str, str]:
    reports = ingest_shipped(corpus, home)
    return {r.path.name: r.outcome for r in reports}


def test_what_was_deleted_or_replaced_stays_so_until_it_is_shipped_changed(
    corpus: Path, tmp_path: Path
) -> None:
    home = Home(tmp_path / "data")
    assert outcomes(corpus, home) == {"a.txt": "added", "b.txt": "added"}
    assert outcomes(corpus, home) == {"a.txt": "unchanged", "b.txt": "unchanged"}

    catalogue = open_catalogue(home)
    deleted = catalogue.source_at(str(corpus / "a.txt"))
    assert deleted is not None
    catalogue.remove(deleted)
    ingest_bytes(str(corpus / "b.txt"), b"En nyere udgave.\n", catalogue)
    assert outcomes(corpus, home) == {}
    assert catalogue.document_count() == 1

    (corpus / "a.txt").write_text("Notat a\n\nEn ny tekst.\n", encoding="utf-8")
    assert outcomes(corpus, home) == {"a.txt": "added"}
    assert catalogue.document_count() == 2
