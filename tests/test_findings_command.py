"""`raadsvar findings`: all of them, those of a document, and a document that is not there."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli


@pytest.fixture(autouse=True)
def corpus(corpus_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAADSVAR_HOME", str(corpus_home))
    monkeypatch.delenv("RAADSVAR_LANGUAGE", raising=False)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["findings", *arguments])


def test_each_finding_is_listed_with_its_places() -> None:
    result = run()
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert any(line.startswith("[hard] identity: ") and "5-30 mio. kr." in line for line in lines)
    assert any(line.startswith("    ØU02, ") and "s. 2: " in line for line in lines)


def test_a_document_is_named_by_number_or_file() -> None:
    found = json.loads(run("ØU02", "--json").output)["findings"]
    assert all(any(p["number"] == "ØU02" for p in f["places"]) for f in found)
    assert {"identity", "table_against_prose", "confirmed"} <= {f["kind"] for f in found}
    file = "oeu02_robotteknologi_budget-2024-2027.pdf"
    assert json.loads(run(file, "--json").output)["findings"] == found


def test_an_unknown_document_is_said_to_be_unknown() -> None:
    result = run("ØU99")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "ØU99" in result.stderr and "raadsvar documents" in result.stderr
