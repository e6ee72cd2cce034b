"""The logic of the figures page, run by Streamlit's AppTest over the corpus."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from streamlit.testing.v1 import AppTest

from ingest.pipeline import open_catalogue
from rag.chain import Assistant
from rag.home import VARIABLE, Home

SCRIPT = "from ui.figures.page import page\npage()"


@pytest.fixture
def app(corpus_home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(VARIABLE, str(corpus_home))
    return AppTest.from_string(SCRIPT, default_timeout=30).run()


def html(app: AppTest) -> str:
    """What the page says outside its tables."""
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def components(app: AppTest, kind: str) -> list[Any]:
    """The messages of the elements that AppTest has no class for."""
    return [getattr(e, "proto", None) for e in app.main if e.type == kind]


def tables(app: AppTest) -> list[str]:
    """The HTML of the tables with figures to choose."""
    return [json.loads(p.json)["html"] for p in components(app, "bidi_component")]


def points(app: AppTest) -> list[list[tuple[str, int, float | None]]]:
    """Name, year and value of each chart's points."""
    found = []
    for proto in components(app, "vega_lite_chart"):
        sets = [pyarrow.ipc.open_stream(d.data.data).read_all() for d in proto.datasets]
        values = next(s.to_pylist() for s in sets if "name" in s.column_names)
        told = [None if v["value"] is None else float(v["value"]) for v in values]
        found.append([(v["name"], v["year"], t) for v, t in zip(values, told, strict=True)])
    return found


def row(app: AppTest, name: str) -> list[str]:
    """What is printed in the cells of the one row of this name."""
    found = [r for t in tables(app) for r in t.split("<tr>") if name in r.split("</th>")[0]]
    assert len(found) == 1, found
    cells = re.findall(r"<td>(.*?)</td>", found[0])
    return [re.sub(r"<small>.*?</small>|<[^>]+>", "", cell) for cell in cells]


def choose(app: AppTest, assistant: Assistant, numbers: list[str], subjects: list[str]) -> None:
    found = assistant.catalogue.documents(numbers=numbers)
    app.multiselect[0].set_value([d.id for d in found]).run()
    app.multiselect[1].set_value(subjects).run()


def test_it_begins_with_the_nets_of_proposals_side_by_side(app: AppTest) -> None:
    told = html(app)
    assert "ØU02: 2024-priser; ØU10: 2026-priser" in told
    assert "dækker ikke »Investering - Anlæg«" in told
    no = "ikke i tabellen"
    assert row(app, "ØU02") == ["-1.500", "-2.500", "-3.000", "-3.000", no, no]
    assert row(app, "ØU10") == [no, no, "500", "400", "-150", "-700"]


def test_money_and_staff_are_drawn_apart_each_with_its_meaning(
    app: AppTest, assistant: Assistant
) -> None:
    choose(app, assistant, ["ØU02", "ØU10"], ["net", "fte"])
    money, staff = points(app)
    assert ("ØU10 · Samlet ændring (Netto)", 2029, -0.7) in money
    assert [v for name, _, v in staff if name.startswith("ØU10")] == [-2, -2, -3, -4]
    assert row(app, "ØU10 · Ændring i antal årsværk")[2:] == ["2", "2", "3", "4"], "as printed"
    told = html(app)
    assert "<h2>Beløb</h2>" in told and "<h2>Årsværk</h2>" in told
    assert "ØU10: Tabellen og teksten siger ikke det samme" in told


def test_blank_dash_and_zero_look_different_and_are_no_points(
    app: AppTest, assistant: Assistant
) -> None:
    choose(app, assistant, ["ØU02", "ØU10"], ["current_budget", "investment_operating"])
    assert row(app, "ØU02 · Investering - Drift")[:4] == ["tom", "tom", "tom", "1.000"]
    assert row(app, "ØU10 · Nuværende budget")[2:] == ["–"] * 4
    drawn = [p for chart in points(app) for p in chart if p[0] == "ØU02 · Investering - Drift"]
    assert [v for _, _, v in drawn] == [None, None, None, 1]


def test_a_row_told_twice_is_told_apart_and_periods_stand_last(
    app: AppTest, assistant: Assistant
) -> None:
    choose(app, assistant, ["ØK74"], ["investment_service"])
    assert row(app, "side 4")[-1] == row(app, "side 6")[-1] == "110.000"


def test_a_figure_chosen_shows_its_place(app: AppTest, assistant: Assistant) -> None:
    choose(app, assistant, ["ØU10"], ["net"])
    (figure,) = re.findall(r'data-choice="([^"]+)" aria-label="[^"]*2028: -150', tables(app)[0])
    app.session_state["figures-chosen"] = figure
    app.run()
    told = html(app)
    assert "<strong>-150</strong> (1.000 kr.) = −150.000 kr." in told
    assert "<mark>-150</mark>" in told
    assert re.search(r'aria-label="[^"]*2028: -150" aria-pressed="true"', tables(app)[0])
    next(b for b in app.button if b.label == "Luk").click().run()
    assert "<mark>" not in html(app)


def test_prose_is_left_out_until_asked_for(app: AppTest, assistant: Assistant) -> None:
    choose(app, assistant, ["ØU02"], ["fte"])
    assert "fra teksten" not in "".join(tables(app))
    app.toggle[0].set_value(True).run()
    no = "ikke i tabellen"
    assert row(app, "fra teksten") == [no, "3", no, "8"]


def test_nothing_chosen_and_a_document_without_figures_are_said(
    app: AppTest, assistant: Assistant
) -> None:
    choose(app, assistant, ["ØU02"], [])
    assert "Vælg mindst ét dokument" in html(app)
    app.multiselect[1].set_value(["net"]).run()
    answer = next(d for d in assistant.catalogue.documents() if d.kind == "politikersvar")
    app.multiselect[0].set_value([*app.multiselect[0].value, answer.id]).run()
    assert "har ingen tal for det valgte: samlet ændring (netto)" in html(app)


def test_an_empty_collection_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_catalogue(Home(tmp_path)).close()
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    app = AppTest.from_string(SCRIPT, default_timeout=30).run()
    assert "Der er ingen tal endnu" in html(app)


def test_the_findings_are_filtered_by_grade_and_document(
    app: AppTest, assistant: Assistant
) -> None:
    app.session_state["figures-tabs"] = "Fund"
    app.run()
    found = assistant.catalogue.findings()
    assert f"{len(found)} af {len(found)} fund" in html(app)
    soft = [f for f in found if f.severity == "soft"]
    app.multiselect[0].set_value(["soft"]).run()
    assert 0 < html(app).count('class="finding"') == len(soft) < len(found)
    (document,) = assistant.catalogue.documents(numbers=["ØU10"])
    own = [f for f in soft if any(p.document == document.id for p in f.places)]
    app.multiselect[2].set_value([document.id]).run()
    told = html(app)
    assert 0 < told.count('class="finding"') == len(own) < len(soft) and "450.000" in told
    assert any("side 1" in option for radio in app.radio for option in radio.options)
