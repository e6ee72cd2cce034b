"""`raadsvar draft`: the whole way on the command line, over a catalogue of its own."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import cli

Run = Callable[..., Result]
QUESTION = "Hvor mange årsværk sparer ØU10 i 2027?"
LATER = """Budget
2026-2029

Prioriteringsforslag

Nr. ØU10

Overskrift\tAnvendelse af kunstig intelligens i Høje-Taastrup Kommune
Udvalg\tØkonomiudvalget

Beløb i 1.000 kr. 2026-priser\t2026\t2027\t2028\t2029
Effektivisering\t-1.000\t-1.100\t-1.650\t-2.200
Ændring i antal årsværk\t-2\t-5\t-6\t-7

Note: (-) = mindreudgift/merindtægt, (+) = merudgift/mindreindtægt
"""


@pytest.fixture
def run(corpus_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    home = shutil.copytree(corpus_home, tmp_path / "home")
    monkeypatch.setenv("RAADSVAR_HOME", str(home))
    monkeypatch.delenv("RAADSVAR_LANGUAGE", raising=False)

    def invoke(*arguments: object, code: int = 0, stdin: str = "") -> Result:
        result = CliRunner().invoke(cli.app, [*map(str, arguments)], input=stdin)
        assert result.exit_code == code, result.output
        return result

    return invoke


def shown(run: Run, id: int) -> dict[str, object]:
    found: dict[str, object] = json.loads(run("draft", "show", id, "--json").stdout)
    return found


def test_from_question_to_sent_answer_to_precedent_to_a_later_budget(
    run: Run, tmp_path: Path
) -> None:
    asked = tmp_path / "spm.txt"
    asked.write_text(f"Fra: Rikke Dam (F)\nEmne: AI\n\n{QUESTION}\n", "utf-8")
    out = run("draft", "new", asked, "--date", "2026-04-21", "--due", "2026-05-08", "--by", "Grete")
    assert "en reduktion på 2 årsværk i 2027" in out.stdout
    assert "2026-05-08" in run("draft", "list").stdout
    text = "Forslaget ØU10 foreslår en reduktion på 2 årsværk i 2027."
    run("draft", "edit", 1, "-", "--by", "Grete", "--field", "sagsbehandler=Grete", stdin=text)
    letter = tmp_path / "svar.docx"
    run("draft", "export", 1, letter)
    assert letter.read_bytes()[:2] == b"PK"
    run("draft", "check", 1, "--approve", "--by", "Ole")
    run("draft", "send", 1, "--by", "Grete")
    record = shown(run, 1)
    assert record["status"] == "sent"
    assert [e["what"] for e in record["events"]][-3:] == ["checked", "exported", "sent"]  # type: ignore[attr-defined]

    again = run("draft", "new", "Hvor mange årsværk skærer ØU10 i 2027?").stdout
    assert "AI · Rikke Dam (F)" in again and "i dag" not in again

    run("remove", "oeu10_kunstig-intelligens_budget-2026-2029.pdf")
    (tmp_path / "oeu10.txt").write_text(LATER, "utf-8")
    run("ingest", tmp_path / "oeu10.txt")
    flagged = run("draft", "show", 2).stdout
    assert "Svaret siger 2 årsværk i 2027; i dag: Forslaget ØU10 har -5 årsværk i 2027" in flagged
    changed = run("draft", "new", QUESTION).stdout
    assert "en reduktion på 5 årsværk i 2027" in changed, "a sent answer is no source of a figure"


def test_an_altered_figure_is_held_until_accepted_by_name(run: Run, tmp_path: Path) -> None:
    run("draft", "new", QUESTION)
    run("draft", "edit", 1, "-", stdin="ØU10 sparer 9 årsværk i 2027.")
    target = tmp_path / "svar.txt"
    assert "holdes tilbage" in run("draft", "export", 1, target, code=2).stderr
    assert not target.exists()
    told = run("draft", "check", 1, code=1).stdout
    number = next(line.split()[0] for line in told.splitlines() if "9 årsværk" in line)
    assert "Missing option" in run("draft", "accept", 1, number, code=2).stderr
    run("draft", "accept", 1, number, "--by", "Grete", "--reason", "Nyt notat")
    run("draft", "export", 1, target, "--notes")
    assert "Godkendt af Grete: Nyt notat" in target.read_text("utf-8")
    (accepted,) = shown(run, 1)["acceptances"]  # type: ignore[misc]
    assert (accepted["by"], accepted["reason"]) == ("Grete", "Nyt notat")


def test_versions_taking_over_and_errors(run: Run, tmp_path: Path) -> None:
    run("draft", "new", QUESTION)
    run("draft", "edit", 1, "-", "--by", "Grete", stdin="Kort svar.")
    assert "- Kort svar." not in run("draft", "versions", 1, "--compare", 1).stdout
    assert "+ Kort svar." in run("draft", "versions", 1, "--compare", 1).stdout
    run("draft", "versions", 1, "--restore", 1)
    assert len(shown(run, 1)["versions"]) == 3  # type: ignore[arg-type]
    run("draft", "take", 1, "--by", "Ole")
    assert shown(run, 1)["owner"] == "Ole"
    assert "intet udkast 7" in run("draft", "show", 7, code=2).stderr
    assert "intet felt" in run("draft", "edit", 1, "--field", "x=1", code=2).stderr
    missing = tmp_path / "ingen" / "svar.docx"
    assert "kan ikke skrives" in run("draft", "export", 1, missing, code=2).stderr


def test_the_template_is_explained_and_copied(run: Run, tmp_path: Path) -> None:
    told = run("draft", "template").stdout
    assert "{{ sagsnummer_f2 }}" in told and "RAADSVAR_TEMPLATE" in told
    run("draft", "template", tmp_path / "egen.docx")
    assert (tmp_path / "egen.docx").read_bytes()[:2] == b"PK"
