"""`raadsvar check`: verdicts for each figure of a text, and the exit code."""

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
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
    assert all(set(v) == {"text", "verdict", "part", "place", "elsewhere"} for v in verdicts)
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


def comments(path: Path) -> list[str]:
    return [comment.text for comment in docx.Document(str(path)).comments]


def commented(path: Path) -> list[str]:
    """Return the words that the comments of a Word file are set on."""
    found: list[str] = []
    for paragraph in docx.Document(str(path)).element.body.iter(qn("w:p")):
        on = False
        for element in paragraph:
            if element.tag == qn("w:commentRangeStart"):
                on = True
                found.append("")
            elif element.tag == qn("w:commentRangeEnd"):
                on = False
            elif on:
                found[-1] += "".join(t.text or "" for t in element.iter(qn("w:t")))
    return found


def test_a_word_file_comes_back_with_a_comment_at_each_flagged_figure(
    check: Check, tmp_path: Path
) -> None:
    document = docx.Document()
    document.add_paragraph("ØU10 sparer 4 årsværk i 2029, ikke mere.")
    paragraph = document.add_paragraph()
    paragraph.add_run("ØU10 ")
    paragraph.add_run("sparer 5 års").bold = True
    paragraph.add_run("værk i 2029, sagde han.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Om ØU10"
    table.cell(0, 1).text = "ØU10 sparer 9 årsværk i 2027"
    source, marked = tmp_path / "svar.docx", tmp_path / "svar-kommenteret.docx"
    document.save(str(source))
    assert check(source, "--docx", marked).exit_code == 1
    assert commented(marked) == ["5 årsværk i 2029", "9 årsværk i 2027"]
    assert comments(marked)[0].startswith("5 årsværk i 2029 står et andet sted: ")
    texts = [p.text for p in docx.Document(str(marked)).paragraphs]
    assert texts == [p.text for p in document.paragraphs], "not a letter of it is changed"
    runs = docx.Document(str(marked)).paragraphs[1].runs
    assert [r.text for r in runs if r.bold] == ["sparer ", "5 års"]


def test_a_text_comes_back_as_word_with_comments(check: Check, tmp_path: Path) -> None:
    source, marked = tmp_path / "svar.txt", tmp_path / "svar.docx"
    source.write_text(f"{TRUE}\n\n{FALSE}", "utf-8")
    assert check(source, "--docx", marked).exit_code == 1
    assert [w.split()[0] for w in commented(marked)] == ["5"]
    missing = tmp_path / "ingen" / "svar.docx"
    assert check(source, "--docx", missing).exit_code == 2
