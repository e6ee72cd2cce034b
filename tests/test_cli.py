"""The `raadsvar` command: its commands, JSON, exit codes and messages in both languages."""

from __future__ import annotations

import gc
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from made_pdfs import proposal_pdf
from typer.testing import CliRunner, Result

import cli
from ingest.pipeline import ingest
from rag.chain import refresh
from rag.home import Home
from rag.search.embed import load_embedder

ROOT = Path(__file__).parents[1]
SCHEMA = json.loads((ROOT / "rag" / "answer.schema.json").read_text("utf8"))
ROWS = [("Besparelse", "-100", "-200", "-300", "-400"),
        ("Ændring i antal årsværk", "-1", "-2", "-3", "-4")]  # fmt: skip
QUESTION = "Hvor mange årsværk nedlægger TU07 i 2029?"
Command = Callable[..., Result]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command on a data folder of its own."""
    monkeypatch.setenv("RAADSVAR_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RAADSVAR_LANGUAGE", raising=False)

    def run(*arguments: object, stdin: str = "") -> Result:
        return CliRunner().invoke(cli.app, [str(a) for a in arguments], input=stdin)

    return run


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one proposal, and the file it was read from."""
    folder = tmp_path_factory.mktemp("cli")
    proposal_pdf(
        folder / "tu07.pdf",
        "TU07",
        "Lys på stierne",
        ROWS,
        "Lamperne på stierne slukkes hver aften kl. 23 for at spare strøm.",
    )
    home = Home(folder / "home")
    ingest([folder / "tu07.pdf"], home, load_embedder())
    refresh(home)
    return folder


def quietly(home: Path, **more: str) -> dict[str, Any]:
    environment = {**os.environ, "RAADSVAR_HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    return {"capture_output": True, "text": True, "check": False, "cwd": ROOT, "env": environment}


@pytest.fixture
def asking(filled: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command on the filled data folder itself, for what only reads."""
    monkeypatch.setenv("RAADSVAR_HOME", str(filled / "home"))
    return command


@pytest.fixture
def stocked(filled: Path, tmp_path: Path, command: Command) -> Command:
    """The command on a copy of the filled data folder."""
    # A command that has ended may still hold its catalogue: closing it takes files away.
    gc.collect()
    shutil.copytree(filled / "home", tmp_path / "home")
    return command


def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RAADSVAR_LANGUAGE", "en")


def answers(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    for answer in found:
        jsonschema.validate(answer, SCHEMA)
    return found


# --------------------------------------------------------------------------- ingest


def test_ingest_reports_each_file_and_the_sum(command: Command, tmp_path: Path) -> None:
    path = proposal_pdf(tmp_path / "tu07.pdf", "TU07", "Lys", ROWS)
    first = command("ingest", path)
    assert first.exit_code == 0
    assert "✓ tu07.pdf: læst ind, 1 dokument(er), 8 tal" in first.stdout
    assert first.stdout.splitlines()[-1] == "1 læst ind"
    again = command("ingest", path)
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (0, "1 uændret")


def test_ingest_goes_on_after_an_unreadable_file_and_says_so(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ind"
    folder.mkdir()
    (folder / "brudt.pdf").write_bytes(b"%PDF-1.4 slut")
    proposal_pdf(folder / "tu07.pdf", "TU07", "Lys", ROWS)
    danish = command("ingest", folder)
    assert danish.exit_code == 1
    assert "brudt.pdf" in danish.stderr and danish.stdout.splitlines()[-1] == (
        "1 læst ind, 1 kunne ikke læses"
    )
    english(monkeypatch)
    told = command("ingest", folder)
    assert told.exit_code == 1
    assert "brudt.pdf" in told.stderr and told.stderr != danish.stderr
    assert told.stdout.splitlines()[-1] == "1 unchanged, 1 could not be read"


@pytest.mark.parametrize(
    ("language", "said"), [("da", "findes ikke"), ("en", "does not exist"), ("", "findes ikke")]
)
def test_ingest_of_what_is_not_there(
    command: Command, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("RAADSVAR_LANGUAGE", language)
    result = command("ingest", "/findes/ikke.pdf")
    assert result.exit_code == 2
    assert "/findes/ikke.pdf" in result.stderr and said in result.stderr
    assert "Traceback" not in result.output


def test_ingest_of_an_empty_folder_is_no_success(command: Command, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    assert command("ingest", tmp_path / "tom").exit_code == 1


def test_a_data_folder_that_cannot_be_used(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fil").write_text("x")
    monkeypatch.setenv("RAADSVAR_HOME", str(tmp_path / "fil"))
    for arguments in (("documents",), ("ask", QUESTION), ("reindex",), ("findings",)):
        result = command(*arguments)
        assert result.exit_code == 2
        assert str(tmp_path / "fil") in result.stderr and "RAADSVAR_HOME" in result.stderr


# ------------------------------------------------------------------------------ ask


def test_ask_prints_the_answer_with_its_places(asking: Command) -> None:
    result = asking("ask", QUESTION)
    assert result.exit_code == 0
    first, *rest = result.stdout.splitlines()
    assert "4 årsværk" in first and first.endswith("[1]")
    assert any(line.startswith("[1] ") and "tu07.pdf, s. 1" in line for line in rest)
    assert "-1 | -2 | -3 | -4" in result.stdout


def test_ask_json_keeps_its_promise(asking: Command) -> None:
    (answer,) = answers(asking("ask", "--json", QUESTION))
    assert (answer["status"], answer["language"]) == ("answered", "da")
    assert set(SCHEMA["required"]) == set(answer)
    (figure,) = answer["statements"][0]["figures"]
    assert figure["measure"] == "Ændring i antal årsværk"
    assert (figure["year"], figure["value"], figure["unit"]) == (2029, "-4", "årsværk")
    assert (figure["amount_dkk"], figure["effect"]) == (None, "cut")
    citation = answer["citations"][figure["citation"]]
    assert (citation["document"], citation["number"], citation["page"]) == ("tu07.pdf", "TU07", 1)
    assert citation["municipality"] == "Odense"
    assert "-4" in citation["quote"]


def test_ask_json_tells_money_in_kroner(asking: Command) -> None:
    (answer,) = answers(asking("ask", "--json", "What does TU07 save in 2027?"))
    assert answer["language"] == "en"
    (figure,) = answer["statements"][0]["figures"]
    assert (figure["value"], figure["unit"], figure["amount_dkk"]) == (
        "-200",
        "1.000 kr.",
        -200_000,
    )


def test_no_answer_is_an_answer_too(asking: Command) -> None:
    result = asking("ask", "--json", "Hvad koster TU99?")
    (answer,) = answers(result)
    assert (answer["status"], answer["why_not"]["code"]) == ("not_found", "unknown_document")
    assert "TU99" in asking("ask", "Hvad koster TU99?").stdout


def test_ask_of_an_empty_catalogue(command: Command) -> None:
    (answer,) = answers(command("ask", "--json", QUESTION))
    assert answer["why_not"]["code"] == "empty"


@pytest.mark.parametrize("arguments", [("ask",), ("ask", ""), ("ask", "--json")])
def test_ask_without_a_question(command: Command, arguments: tuple[str, ...]) -> None:
    assert command(*arguments).exit_code == 2


def lines(*requests: object) -> str:
    return "\n".join(json.dumps(r, ensure_ascii=False) for r in requests) + "\n"


def test_jsonl_answers_a_line_each_with_its_id(asking: Command) -> None:
    requests = lines(
        {"id": "a", "question": QUESTION},
        {"id": 7, "question": "og i 2028?", "history": [QUESTION]},
        {"id": None, "question": "And in 2027?",
         "history": [{"question": QUESTION, "answer": "Fire."}, "og i 2028?"]},
        {"id": ["x"], "question": "og i 2028?"},
        {"question": "Hvad sparer TU07 i 2026?"},
    )  # fmt: skip
    found = answers(asking("ask", "--jsonl", stdin=requests + "\n  \n"))
    assert [a["id"] for a in found] == ["a", 7, None, ["x"], None]
    values = [[f["value"] for s in a["statements"] for f in s["figures"]] for a in found]
    assert values[:3] == [["-4"], ["-3"], ["-2"]]
    assert values[4] == ["-100"]
    assert values[3] != ["-3"]


def test_jsonl_without_lines_answers_nothing(asking: Command) -> None:
    assert answers(asking("ask", "--jsonl", stdin="")) == []


@pytest.mark.parametrize(
    "line",
    [
        "ikke json",
        "{",
        "[]",
        '"tekst"',
        "42",
        "null",
        '{"id": 1}',
        '{"question": 42}',
        '{"question": null}',
        '{"question": "x", "history": 3}',
        '{"question": "x", "history": null}',
        '{"question": "x", "history": [3]}',
        '{"question": "x", "history": [{"answer": "y"}]}',
    ],
)
def test_a_malformed_line_is_named_and_stops_with_2(asking: Command, line: str) -> None:
    result = asking("ask", "--jsonl", stdin=line + "\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Linje 1" in result.stderr and '"question"' in result.stderr
    assert "Traceback" not in result.output


def test_the_lines_before_a_malformed_one_are_answered(
    asking: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    english(monkeypatch)
    requests = lines({"id": 1, "question": QUESTION}, {"id": 2}, {"id": 3, "question": QUESTION})
    result = asking("ask", "--jsonl", stdin=requests)
    assert result.exit_code == 2
    assert [json.loads(x)["id"] for x in result.stdout.splitlines()] == [1]
    assert "Line 2" in result.stderr


@pytest.mark.parametrize(
    "line",
    [
        '{"question": "x", "history": [{"question": 3}]}',
        '{"question": "og i 2028?", "history": "Hvor mange årsværk nedlægger TU07 i 2029?"}',
    ],
)
def test_a_malformed_history_is_named_and_stops_with_2(asking: Command, line: str) -> None:
    result = asking("ask", "--jsonl", stdin=line + "\n")
    assert result.exit_code == 2
    assert "Linje 1" in result.stderr


# ------------------------------------------------------- documents, findings, remove


def test_documents(stocked: Command, tmp_path: Path) -> None:
    (tmp_path / "brudt.pdf").write_bytes(b"%PDF-1.4 slut")
    stocked("ingest", tmp_path / "brudt.pdf")
    shown = stocked("documents")
    assert shown.exit_code == 0
    assert all(x in shown.stdout for x in ("TU07", "Lys på stierne", "Odense", "tu07.pdf"))
    assert "brudt.pdf" in shown.stderr
    listed = json.loads(stocked("documents", "--json").stdout)
    (document,) = listed["documents"]
    assert (document["number"], document["file"], document["pages"]) == ("TU07", "tu07.pdf", [1, 1])
    assert (document["period"], document["rendition"]) == ("2026-2029", False)
    (failure,) = listed["failures"]
    assert failure["file"].endswith("brudt.pdf") and failure["code"] == "broken"


def test_documents_of_an_empty_catalogue(command: Command) -> None:
    listed = json.loads(command("documents", "--json").stdout)
    assert listed == {"documents": [], "failures": []}
    assert command("documents").exit_code == 0


def test_findings(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("Løn", "10", "10", "10", "10"), ("Varer", "1", "1", "1", "1"),
            ("I alt", "11", "11", "11", "12")]  # fmt: skip
    command("ingest", proposal_pdf(tmp_path / "skaev.pdf", "TU08", "Skævt", rows))
    command("ingest", proposal_pdf(tmp_path / "lige.pdf", "TU07", "Lige", ROWS))
    (finding,) = json.loads(command("findings", "--json").stdout)["findings"]
    assert (finding["kind"], finding["severity"]) == ("identity", "hard")
    assert all(p["document"] == "skaev.pdf" and p["quote"] for p in finding["places"])
    assert json.loads(command("findings", "TU07", "--json").stdout)["findings"] == []
    assert len(json.loads(command("findings", "skaev.pdf", "--json").stdout)["findings"]) == 1
    danish = command("findings", "TU08").stdout
    assert danish.startswith("[hard] identity: ") and "skaev.pdf, s. 1" in danish
    english(monkeypatch)
    assert command("findings", "TU08").stdout != danish


def test_remove(stocked: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = stocked("remove", "findes-ikke.pdf")
    assert unknown.exit_code == 2 and "findes-ikke.pdf" in unknown.stderr
    english(monkeypatch)
    gone = stocked("remove", "tu07.pdf")
    assert gone.exit_code == 0
    assert gone.stdout.strip() == "tu07.pdf is deleted."
    assert json.loads(stocked("documents", "--json").stdout)["documents"] == []
    (answer,) = answers(stocked("ask", "--json", QUESTION))
    assert answer["why_not"]["code"] == "empty"


def test_remove_asks_which_of_two_files_of_one_name(command: Command, tmp_path: Path) -> None:
    for folder, number in (("a", "TU07"), ("b", "TU08")):
        (tmp_path / folder).mkdir()
        command("ingest", proposal_pdf(tmp_path / folder / "x.pdf", number, "Lys", ROWS))
    result = command("remove", "x.pdf")
    assert result.exit_code == 2 and "2" in result.stderr
    assert len(json.loads(command("documents", "--json").stdout)["documents"]) == 2
    assert command("remove", tmp_path / "b" / "x.pdf").exit_code == 0
    (left,) = json.loads(command("documents", "--json").stdout)["documents"]
    assert left["number"] == "TU07"


def test_a_file_is_removed_by_any_of_its_names(command: Command, tmp_path: Path) -> None:
    for folder in ("a", "b", "c"):
        (tmp_path / folder).mkdir()
    for name in ("a/x.pdf", "b/y.pdf", "c/y.pdf"):
        proposal_pdf(tmp_path / name, "TU07", "Lys", ROWS)
        shutil.copy(tmp_path / "a" / "x.pdf", tmp_path / name) if name != "a/x.pdf" else None
        assert command("ingest", tmp_path / name).exit_code == 0
    assert command("access", "y.pdf", "staff").exit_code == 0
    gone = command("remove", "y.pdf")
    assert gone.exit_code == 0 and gone.stdout.strip() == "y.pdf er slettet."
    assert "flere navne" in gone.stderr and str(tmp_path / "a" / "x.pdf") in gone.stderr
    assert json.loads(command("documents", "--json").stdout)["documents"] == []


def test_nothing_of_a_removed_file_is_left_also_where_a_catalogue_was_set_aside(
    command: Command, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for name, text in (("a", "Valmuemarken koster 7 mio. kr."), ("b", "Kommunen slukker lys.")):
        (tmp_path / f"{name}.txt").write_text(f"Notat om {name}\n\n{text}\n")
        command("ingest", tmp_path / f"{name}.txt")
    catalogue = sqlite3.connect(home / "catalogue.sqlite")
    (lost,) = catalogue.execute(
        "SELECT source FROM source_path WHERE path LIKE '%b.txt'"
    ).fetchone()
    catalogue.execute("DROP TABLE naming")
    catalogue.commit()
    catalogue.close()
    (home / "files" / lost).unlink()
    assert command("rebuild").exit_code == 1
    assert (home / "catalogue.sqlite.damaged").exists()
    gone = command("remove", "a.txt")
    assert gone.exit_code == 0 and "beskadigede katalog" in gone.stderr
    left = [p for p in home.rglob("*") if p.is_file() and b"Valmuemarken" in p.read_bytes()]
    assert left == []


def test_what_waits_is_listed_and_released_by_name(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Ingen filer venter" in command("release").stderr
    monkeypatch.setenv("RAADSVAR_INTAKE", "staff")
    paths = [proposal_pdf(tmp_path / f"{n}.pdf", f"TU0{n}", "Lys", ROWS) for n in (1, 2, 3)]
    command("ingest", *paths)
    assert command("release").stdout.splitlines() == [str(p) for p in paths]
    unknown = command("release", "1.pdf", "9.pdf")
    assert unknown.exit_code == 2 and "0 filer hedder 9.pdf" in unknown.stderr

    def levels() -> list[str]:
        listed = json.loads(command("documents", "--json").stdout)["documents"]
        return [d["access"] for d in listed]

    assert levels() == ["staff"] * 3
    done = command("release", "1.pdf")
    assert done.exit_code == 0 and done.stdout.strip() == f"{paths[0]} er frigivet."
    assert levels() == ["public", "staff", "staff"]
    assert command("release", "--all").exit_code == 0 and levels() == ["public"] * 3


@pytest.mark.parametrize("made", ["tom", "skjult", "manifest"])
def test_where_there_is_nothing_to_read_it_says_so_and_why(
    command: Command, tmp_path: Path, made: str
) -> None:
    folder = tmp_path / "ind"
    (folder / "under").mkdir(parents=True)
    if made == "tom":
        (folder / "under").rmdir()
    if made == "skjult":
        (folder / ".git").mkdir()
        (folder / "a.xlsx").write_text("x")
    if made == "manifest":
        (folder / "manifest.yaml").write_text("documents: []\n")
    result = command("ingest", folder)
    assert result.exit_code == 1 and "Der var intet at læse" in result.stdout
    assert "sprunget over (tom mappe)" in result.stderr
    assert made != "skjult" or "(skjult)" in result.stderr


def test_a_data_folder_within_what_is_ingested_is_passed_over_as_one(
    command: Command, tmp_path: Path
) -> None:
    proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys", ROWS)
    other = tmp_path / "anden"
    (other / "files").mkdir(parents=True)
    (other / "ledger.jsonl").write_text("")
    for folder in (other, tmp_path / "home"):
        folder.mkdir(exist_ok=True)
        (folder / "noter.txt").write_text("Et notat i datamappen.")
    assert command("ingest", tmp_path / "a.pdf").exit_code == 0
    result = command("ingest", tmp_path)
    assert result.stdout.splitlines()[-1] == "1 uændret, 2 sprunget over"
    cause = "– sprunget over (Rådsvars egen datamappe)"
    assert f"{cause}: {other}, {tmp_path / 'home'}" in result.stderr
    for named in (tmp_path / "home", tmp_path / "home" / "files"):
        assert f"{cause}: {named}" in command("ingest", named).stderr


# ------------------------------------------------------------------ reindex, backup


def test_reindex_makes_the_indexes_again(stocked: Command, tmp_path: Path) -> None:
    for index in ("chroma", "words"):
        shutil.rmtree(tmp_path / "home" / index)
    result = stocked("reindex")
    assert result.exit_code == 0
    assert result.stdout.strip() == "Indeksene er bygget op igen."
    (answer,) = answers(stocked("ask", "--json", "Hvornår slukkes lamperne i TU07?"))
    assert answer["status"] == "answered" and "kl. 23" in answer["text"]


# --------------------------------------------------------------------------- damage


def changed(home: Path, statement: str) -> None:
    connection = sqlite3.connect(home / "catalogue.sqlite")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_older_catalogue_is_emptied_by_nothing_that_only_looks(
    stocked: Command, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    changed(home, "PRAGMA user_version = 1")
    before = (home / "catalogue.sqlite").read_bytes()
    for arguments in (("documents",), ("remove", "tu07.pdf"), ("access", "TU07", "staff"),
                      ("check", tmp_path / "brev.txt")):  # fmt: skip
        (tmp_path / "brev.txt").write_text("Vi sparer 3 mio. kr. i 2027.")
        result = stocked(*arguments)
        assert result.exit_code == 2 and "raadsvar rebuild" in result.stderr
    assert (home / "catalogue.sqlite").read_bytes() == before
    assert stocked("rebuild").exit_code == 0
    assert "TU07" in stocked("documents").stdout


def test_flipped_bytes_are_told_without_a_traceback(stocked: Command, tmp_path: Path) -> None:
    changed(tmp_path / "home", "UPDATE document SET body = substr(body, 5)")
    for arguments in (("documents",), ("ask", QUESTION), ("findings",)):
        result = stocked(*arguments)
        assert result.exit_code == 2 and "raadsvar rebuild" in result.stderr
        assert "Traceback" not in result.output and isinstance(result.exception, SystemExit)
    assert stocked("rebuild").exit_code == 0
    (answer,) = answers(stocked("ask", "--json", QUESTION))
    assert answer["status"] == "answered"


# ------------------------------------------------------------------------- as a program


def test_help_is_quick_and_names_every_command() -> None:
    best = 99.0
    for _ in range(3):
        start = time.perf_counter()
        result = subprocess.run([sys.executable, "-m", "cli", "--help"], **quietly(ROOT / "data"))
        best = min(best, time.perf_counter() - start)
    assert result.returncode == 0
    for name in ("ingest", "ask", "documents", "remove", "findings", "eval", "app", "reindex",
                 "backup", "restore", "rebuild", "release"):  # fmt: skip
        assert f"  {name} " in result.stdout
    assert best < 1.0  # 0.5 s on a machine that does nothing else


def test_the_program_from_end_to_end(filled: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "cli", "ask", "--jsonl"],
        input=lines({"id": 1, "question": QUESTION}),
        **quietly(filled / "home"),
    )
    assert (asked.returncode, asked.stderr) == (0, "")
    answer = json.loads(asked.stdout)
    assert answer["id"] == 1 and answer["status"] == "answered"


def test_no_language_is_danish_and_any_english_is_english(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, said in (("en", "does not exist"), ("en_GB.UTF-8", "does not exist"),
                           ("da_DK", "findes ikke"), ("de", "findes ikke")):  # fmt: skip
        monkeypatch.setenv("RAADSVAR_LANGUAGE", language)
        assert said in command("ingest", "/findes/ikke.pdf").stderr


def test_who_may_see_a_document(command: Command, tmp_path: Path) -> None:
    def level() -> str:
        (listed,) = json.loads(command("documents", "--json").stdout)["documents"]
        return str(listed["access"])

    path = proposal_pdf(tmp_path / "a.pdf", "TU07", "Lys på stierne", ROWS)
    assert command("ingest", "--access", "staff", path).exit_code == 0
    assert level() == "staff"
    assert command("ingest", path).exit_code == 0
    assert level() == "staff", "what was decided before holds"
    assert "closed" in command("access", "TU07", "closed").stdout
    assert level() == "closed"
    assert command("ask", QUESTION).exit_code == 0, "the command line sees everything"
    unknown = command("access", "XX99", "staff")
    assert unknown.exit_code == 2 and "XX99" in unknown.stderr
