"""Versions and copies of one document: told when a file is read, and in the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_documents import Made
from made_pdfs import pdf

from ingest.pipeline import ingest
from rag.chain import Assistant
from rag.home import Home
from rag.search.embed import load_embedder


def proposal(path: Path, version: str, amount: str, number: str = "TU-17") -> Path:
    return pdf(
        path,
        "Budget 2026-2029",
        f"Prioriteringsforslag nr. {number}",
        f"Nr. {number}",
        f"Overskrift: Færre lamper på stierne {version}",
        [["Beløb i 1.000 kr.", "2026", "2027"], ["Besparelse", "-100", amount]],
        "Note: (-) = mindreudgift, (+) = merudgift",
    )


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_two_versions_are_told_at_reading_and_in_the_answer(tmp_path: Path, home: Home) -> None:
    files = [
        proposal(tmp_path / "a.pdf", "Version: Høringsudkast, maj 2025", "-1.200"),
        proposal(tmp_path / "b.pdf", "Version: Endelig udgave, juni 2025", "-900"),
    ]
    first, second = ingest(files, home, load_embedder())
    assert first.warnings == ()
    assert [w.da for w in second.warnings] == [
        "»TU-17 Færre lamper på stierne« er også inde som a.pdf (Høringsudkast, maj 2025)."
    ]
    assistant = Assistant(home)
    told = " ".join(s.text for s in assistant.ask("Hvad sparer TU-17 i 2027?").statements)
    assistant.catalogue.close()
    assert "TU-17 (Høringsudkast, maj 2025)" in told and "1.200.000 kr." in told
    assert "TU-17 (Endelig udgave, juni 2025)" in told and "900.000 kr." in told


def test_a_reissue_and_a_file_under_two_names_are_told(tmp_path: Path, home: Home) -> None:
    first = proposal(tmp_path / "a.pdf", "", "-900")
    again = proposal(tmp_path / "b.pdf", "Version: Genudsendt", "-900")
    copy = tmp_path / "c.pdf"
    copy.write_bytes(first.read_bytes())
    other = proposal(tmp_path / "d.pdf", "", "-700", number="TU-18")
    reports = ingest([first, again, copy, other], home, load_embedder())
    assert [[w.da for w in r.warnings] for r in reports] == [
        [],
        ["»TU-17 Færre lamper på stierne« er også inde som a.pdf, med de samme tal."],
        [
            "Filen er den samme som a.pdf, der er inde; den læses kun én gang.",
            "»TU-17 Færre lamper på stierne« er også inde som b.pdf (Genudsendt), "
            "med de samme tal.",
        ],
        [],
    ]


@pytest.mark.parametrize(
    ("line", "path", "version"),
    [
        ("Version: 2.1", "notat.docx", "2.1"),
        ("Høringsudkast af 3. maj 2025", "notat.docx", "Høringsudkast af 3. maj 2025"),
        ("Støj ved søen – revideret udgave", "notat.docx", "revideret udgave"),
        ("Der er støj.", "2025-05-stoej_hoeringsudkast.docx", "høringsudkast"),
        ("Der er støj.", "stoej v2.docx", "v2"),
        ("Den endelige udgave kommer i maj, siger forvaltningen.", "notat.docx", None),
        ("Udkast til aftale følger.", "notat.docx", None),
        ("Der er støj.", "hoering_om_stoej.docx", None),
    ],
)
def test_what_a_version_is_told_by(line: str, path: str, version: str | None) -> None:
    assert Made(path).heading("Notat om støj").text(line).document().version == version
