"""Heads and units of tables whose cells are known: several levels, titles, words over values."""

from __future__ import annotations

import random

import pytest

from ingest.assemble import Content, assemble
from ingest.read import read_bytes


def content(page: str) -> Content:
    return assemble(read_bytes("tal.html", f"<h1>Tal</h1>{page}".encode()))


def row(*cells: str) -> str:
    return "<tr>" + "".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in cells) + "</tr>"


@pytest.mark.parametrize("seed", range(8))
def test_words_on_two_levels_name_the_columns(seed: int) -> None:
    rng = random.Random(seed)
    over, under = ["Ansøgt", "Bevilget"], ["Drift", "Anlæg", "Øvrigt"][: rng.randint(2, 3)]
    corner = '<td rowspan="2">Forening</td>' if rng.random() < 0.5 else "Forening"
    below = [] if corner.startswith("<td") else [""]
    head = row(corner, *(f'<td colspan="{len(under)}">{word}</td>' for word in over))
    names = [f"Klub {letter}" for letter in "ABC"]
    values = [[str(rng.randint(100, 999)) for _ in range(2 * len(under))] for _ in names]
    body = "".join(row(n, *v) for n, v in zip(names, values, strict=True))
    page = f"<table>{head}{row(*below, *under, *under)}{body}</table>"
    heads = [f"{a} {b}" for a in over for b in under]
    wanted = [
        (f"{name} ({head})", value)
        for name, own in zip(names, values, strict=True)
        for head, value in zip(heads, own, strict=True)
    ]
    assert [(f.measure, f.text) for f in content(page).figures] == wanted


def test_a_cell_over_all_columns_is_a_title_and_no_head() -> None:
    page = f"""<table>{row('<td colspan="3">Afskedigelser</td>')}{row("", "Sygdom", "Andet")}
    {row("Skole", "5", "6")}{row("Vej", "7", "8")}</table>"""
    figures = content(page).figures
    assert [f.measure for f in figures][:2] == ["Skole (Sygdom)", "Skole (Andet)"]


def test_a_heads_unit_holds_where_the_head_says_no_more() -> None:
    page = f"""<table>{row("Nr.", "Tiltag", "Beløb i kr.", "Følge")}
    {row("1", "Belysning", "130.000", "Mørke")}{row("2", "Trappe", "80.000", "Omvej")}</table>"""
    assert {(f.unit, f.scale) for f in content(page).figures} == {("kr.", 1)}


def test_an_amount_in_a_sentence_or_a_label_is_no_unit() -> None:
    page = f"""<p>Rammen overskrides med 5,5 mio. kr.</p>
    <table>{row("Mål", "Antal")}{row("Budget på 70 mio. kr. eller mere", "136")}
    {row("Andre mål", "4")}</table>"""
    assert all(f.unit != "kr." for f in content(page).figures if f.table)
