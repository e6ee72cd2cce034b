"""Vectors come behind the reading: what can be done before they are in, and what cannot."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import app
from eval.run import run_collections
from eval.sets import OWN, Collection
from rag.chain import Assistant
from rag.errors import InputError
from rag.home import VARIABLE, Home
from rag.search.embed import load_embedder
from rag.store.catalogue import Catalogue

TEXT = "# Broen ved havnen\n\nBroen koster 4 mio. kr. i 2026, og den åbner i maj.\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A data folder of a document that has been read, and has no vector yet."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    (tmp_path / "bro.md").write_text(TEXT, "utf8")
    run = CliRunner().invoke(app, ["ingest", "--no-wait", str(tmp_path / "bro.md")])
    assert run.exit_code == 0, run.output
    return Home()


def percent(home: Home) -> int:
    with closing(Catalogue(home)) as catalogue:
        return catalogue.embedding_progress(load_embedder().name).percent


def test_a_document_is_asked_about_before_its_vectors_are_in(home: Home) -> None:
    assert percent(home) == 0
    assistant = Assistant(home)
    assert "4 mio. kr." in assistant.ask("Hvad koster broen i 2026?").text
    assert assistant.retriever.hits("Hvornår åbner broen?", 1)
    assistant.catalogue.close()


@pytest.mark.parametrize("command", ["reindex", "ingest"])
def test_the_next_command_makes_them(home: Home, tmp_path: Path, command: str) -> None:
    paths = [str(tmp_path / "bro.md")] if command == "ingest" else []
    assert CliRunner().invoke(app, [command, *paths]).exit_code == 0
    assert percent(home) == 100


def test_nothing_is_measured_before_they_are_in(home: Home) -> None:
    kept = home.folder / "known_answers.jsonl"
    known = {"id": "a", "question": "Hvad koster broen i 2026?", "language": "da"}
    kept.write_text(json.dumps(known) + "\n", "utf8")
    with pytest.raises(InputError) as caught:
        run_collections([Collection(OWN, None, (kept,))], home)
    assert "0 %" in caught.value.message.da and "raadsvar reindex" in caught.value.message.da
