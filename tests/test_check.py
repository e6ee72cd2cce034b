"""`raadsvar check`: verdicts for each figure of a text, and the exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

import cli

TRUE = "ØU10 nedlægger 4 stillinger i 2029 og sparer 2,2 mio. kr. i 2029."
FALSE = TRUE.replace("4 stillinger", "5 stillinger")
Check = Callable[..., Result]


@pytest.fixture
def check(corpus_home: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    monkeypatch.setenv("RAADSVAR_HOME", str(corpus_home))
    monkeypatch.delenv("RAADSVAR_LANGUAGE", raising=False)

    def run(*arguments: object, stdin: str = "") -> Result:
        return CliRunner().invoke(cli.app, ["check", *map(str, arguments)], input=stdin)

    return run


@pytest.mark.parametrize(("text", "code"), [(TRUE, 0), (FALSE, 1)])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
def test_a_file_is_checked(text: str, code: int, suffix: str, check: Check, tmp_path: Path) -> None:
    path = tmp_path / f"svar{suffix}"
    if suffix == ".docx":
        document = docx.Document()
        document.add_paragraph(text)
        document.save(str(path))
    else:
        path.write_text(text, "utf8")
    result = check(path)
    assert result.exit_code == code, result.output
    assert ("✗" in result.output) == bool(code)


def test_standard_input_and_json(check: Check) -> None:
    result = check("-", "--json", stdin=FALSE)
    assert result.exit_code == 1
    verdicts = json.loads(result.output)["verdicts"]
    assert all(set(v) == {"text", "verdict", "place", "elsewhere"} for v in verdicts)
    assert [v["verdict"] for v in verdicts] == ["bound", "found_elsewhere", "bound"]
    held = verdicts[2]["place"]
    assert (held["number"], held["page"]) == ("ØU10", 1)
    assert "ØU02" in verdicts[1]["elsewhere"]


def test_a_markdown_table_is_checked_cell_by_cell(check: Check, tmp_path: Path) -> None:
    path = tmp_path / "svar.md"
    path.write_text(
        "# ØU10\n\n| 1.000 kr. | 2026 | 2027 | 2028 | 2029 |\n| --- | --- | --- | --- | --- |\n"
        "| Effektivisering | -1.000 | -1.100 | -1.650 | -2.300 |\n",
        "utf8",
    )
    wrong = [
        v for v in json.loads(check(path, "--json").output)["verdicts"] if v["verdict"] != "bound"
    ]
    assert [v["text"] for v in wrong] == ["-2.300"]


def test_a_text_without_figures_has_nothing_wrong(check: Check) -> None:
    result = check("-", "--json", stdin="Forvaltningen vender tilbage med et svar.")
    assert (result.exit_code, json.loads(result.output)) == (0, {"verdicts": []})


def test_a_file_that_cannot_be_read_is_named(check: Check, tmp_path: Path) -> None:
    result = check(tmp_path / "borte.txt")
    assert result.exit_code == 2
    assert "borte.txt" in result.output
