"""A row's identity is its whole path: headings, label columns, merged and blank labels."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import Made

from ingest.assemble import assemble
from ingest.read import read_bytes
from rag.types import Figure

HEAD = ("Skole", "Post", "2026", "2027")
POSTS = ("Undervisning", "Befordring", "Materialer", "Rengøring")
SCHOOLS = ("Bøgeskolen", "Åskolen", "Bakkeskolen", "Lundeskolen")


def figures(made: Made) -> list[Figure]:
    return list(made.content().figures)


def told(made: Made) -> list[tuple[str | None, str, int | None, str]]:
    return [(f.group, f.measure, f.year, f.text) for f in figures(made) if f.state == "value"]


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(SCHOOLS), min_size=2, max_size=4, unique=True),
    st.lists(st.sampled_from(POSTS), min_size=2, max_size=4, unique=True),
    st.booleans(),
)
def test_two_label_columns_are_one_path(schools: list[str], posts: list[str], merged: bool) -> None:
    rows = [
        ("" if merged and n else school, post, f"{i}{n}1", f"{i}{n}2")
        for i, school in enumerate(schools, 1)
        for n, post in enumerate(posts)
    ]
    made = Made().heading("Skoler").text("Beløb i 1.000 kr.").table(HEAD, *rows)
    assert [(f.measure, f.year, f.value) for f in figures(made)] == [
        (f"{school}: {post}", year, Decimal(f"{i}{n}{k}"))
        for i, school in enumerate(schools, 1)
        for n, post in enumerate(posts)
        for k, year in ((1, 2026), (2, 2027))
    ]


def test_a_year_may_stand_beside_what_it_is_of_or_before_it() -> None:
    beside = (("Skole", "2025", "10", "11"), ("", "2026", "12", "13"), ("Vej", "2025", "14", "15"))
    made = Made().heading("Tal").table(("Område", "År", "Budget", "Regnskab"), *beside)
    assert told(made)[1:3] == [
        ("Skole", "Skole (Regnskab)", 2025, "11"), ("Skole", "Skole (Budget)", 2026, "12"),
    ]  # fmt: skip
    before = (("2025", "Skole", "10", "11"), ("", "Vej", "12", "13"), ("2026", "Skole", "14", "15"))
    made = Made().heading("Tal").table(("År", "Område", "Budget", "Regnskab"), *before)
    assert told(made)[2:5] == [
        ("2025", "Vej (Budget)", 2025, "12"), ("2025", "Vej (Regnskab)", 2025, "13"),
        ("2026", "Skole (Budget)", 2026, "14"),
    ]  # fmt: skip


def test_headings_under_headings_are_a_path() -> None:
    made = Made().heading("Tal").table(
        ("1.000 kr.", "2026"),
        ("Kultur", ""), ("Drift", ""), ("Løn", "1"), ("Varer", "2"), ("Anlæg", ""), ("Løn", "3"),
        ("Teknik", ""), ("Drift", ""), ("Løn", "4"),
    )  # fmt: skip
    assert [(f.group, f.measure) for f in figures(made)] == [
        ("Kultur › Drift", "Kultur › Drift: Løn"),
        ("Kultur › Drift", "Varer"),
        ("Kultur › Anlæg", "Kultur › Anlæg: Løn"),
        ("Teknik › Drift", "Teknik › Drift: Løn"),
    ]


@pytest.mark.parametrize("first", ["Bygning", "Område"])
def test_a_second_column_of_names_is_part_of_a_rows_name(first: str) -> None:
    rows = (("Tune", "Elevator", "12"), ("Hede", "Tag", "13"), ("Mose", "Tag", "14"))
    made = Made().heading("Tal").table((first, "Projekt", "2026"), *rows)
    assert [f.measure for f in figures(made)] == ["Tune: Elevator", "Hede: Tag", "Mose: Tag"]


def test_a_second_column_that_says_what_the_names_do_is_no_part_of_them() -> None:
    rows = (("Midler til anlæg", "Anlæg", "12"), ("Midler til drift", "Drift", "13"))
    made = Made().heading("Tal").table(("Post", "Ramme", "2026"), *rows, ("I alt", "", "25"))
    assert [f.measure for f in figures(made)] == ["Midler til anlæg", "Midler til drift", "I alt"]


def test_heads_of_two_levels_in_a_page_without_marks() -> None:
    page = """<h1>Tal</h1><table>
    <tr><td></td><td>2025</td><td colspan="2">2026</td></tr>
    <tr><td>Område</td><td>Regnskab</td><td>Oprindeligt</td><td>Korrigeret</td></tr>
    <tr><td>Skole</td><td>10</td><td>11</td><td>12</td></tr>
    <tr><td>Vej</td><td>13</td><td>14</td><td>15</td></tr></table>"""
    from ingest.assemble import assemble

    content = assemble(read_bytes("tal.html", page.encode()))
    assert [(f.measure, f.year, f.text) for f in content.figures][:3] == [
        ("Skole (2025 Regnskab)", 2025, "10"),
        ("Skole (2026 Oprindeligt)", 2026, "11"),
        ("Skole (2026 Korrigeret)", 2026, "12"),
    ]


def test_a_row_whose_value_is_of_several_columns_leaves_the_others_their_paths() -> None:
    head = "<tr><th>Skole</th><th>Post</th><th>2026</th><th>2027</th></tr>"
    first = '<tr><td rowspan="2">Åskolen</td><td>Løn</td><td>11</td><td>12</td></tr>'
    second = '<tr><td>Varme</td><td colspan="2">95</td></tr>'
    third = '<tr><td rowspan="2">Lundeskolen</td><td>Løn</td><td>21</td><td>22</td></tr>'
    fourth = "<tr><td>Varme</td><td>91</td><td>92</td></tr>"
    page = f"<p>Beløb i 1.000 kr.</p><table>{head}{first}{second}{third}{fourth}</table>"
    content = assemble(read_bytes("a.html", page.encode()))
    assert [(f.group, f.year, f.text) for f in content.figures] == [
        ("Åskolen", 2026, "11"),
        ("Åskolen", 2027, "12"),
        ("Lundeskolen", 2026, "21"),
        ("Lundeskolen", 2027, "22"),
        ("Lundeskolen", 2026, "91"),
        ("Lundeskolen", 2027, "92"),
    ]
