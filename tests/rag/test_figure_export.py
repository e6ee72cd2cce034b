"""Figures taken along as CSV and XLSX, and what a comparison begins with."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from rag.chain import Assistant
from rag.figures.comparison import subjects, suggestion
from rag.figures.export import table, to_csv, to_xlsx
from rag.figures.series import Series, find_series
from rag.types import CouncilDocument


@pytest.fixture(scope="module")
def shipped(assistant: Assistant) -> tuple[dict[str, CouncilDocument], list[Series]]:
    catalogue = assistant.catalogue
    return {d.id: d for d in catalogue.documents()}, find_series(catalogue.figures())


def row_of(
    shipped: tuple[dict[str, CouncilDocument], list[Series]], number: str, subject: str
) -> Series:
    documents, series = shipped
    return next(
        s for s in series
        if s.subject == subject and s.first.table and documents[s.first.document].number == number
    )  # fmt: skip


def test_csv_opens_in_a_danish_spreadsheet(
    shipped: tuple[dict[str, CouncilDocument], list[Series]],
) -> None:
    series = [row_of(shipped, "ØU10", "fte"), row_of(shipped, "ØU02", "investment_operating")]
    data = to_csv(table(series, shipped[0], "da"))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [(r["År"], r["Trykt"], r["Beløb"], r["Med meningens fortegn"]) for r in rows[:4]] == [
        ("2026", "2", "2", "-2"),
        ("2027", "2", "2", "-2"),
        ("2028", "3", "3", "-3"),
        ("2029", "4", "4", "-4"),
    ]
    blank, *_, last = rows[4:]
    assert (blank["Trykt"], blank["Tilstand"], blank["Beløb"]) == ("", "tom celle", "")
    assert (last["Trykt"], last["Beløb"], last["Enhed"]) == ("1.000", "1000000", "kr.")
    assert last["Trykt enhed"] == "1.000 kr." and last["Prisniveau"] == "2024-priser"
    assert last["Side"] == "1"


def test_a_workbook_has_numbers_text_and_notes(
    shipped: tuple[dict[str, CouncilDocument], list[Series]],
) -> None:
    rows = table([row_of(shipped, "ØU10", "net")], shipped[0], "en")
    book = load_workbook(io.BytesIO(to_xlsx(rows, ["=ikke en formel"], "en")))
    sheet, notes = book.worksheets
    values = [[c.value for c in row] for row in sheet.iter_rows()]
    amounts = [row[values[0].index("Amount")] for row in values[1:]]
    assert amounts == [500_000, 400_000, -150_000, -700_000]
    assert [row[values[0].index("Printed")] for row in values[1:]] == ["500", "400", "-150", "-700"]
    assert notes["A1"].value == "=ikke en formel" and notes["A1"].data_type == "s"


@pytest.mark.parametrize("text", ['=HYPERLINK("x")', "@SUM(A1)", "+cmd|x", "-2+3+cmd"])
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    ((shown, number),) = csv.reader(io.StringIO(to_csv([[text, "-1.500"]]).decode("utf-8-sig")),
                                    delimiter=";")  # fmt: skip
    assert shown == f"'{text}" and number == "-1.500"


def test_decimals_have_a_comma() -> None:
    assert b"-0,5;1000000\r\n" in to_csv([[Decimal("-0.50"), Decimal("1E6")]])


def test_the_subjects_that_most_documents_share_stand_first(
    shipped: tuple[dict[str, CouncilDocument], list[Series]],
) -> None:
    named = subjects(s for s in shipped[1] if s.first.table)
    assert next(iter(named)) == "net" and named["fte"].da == "årsværk"


def test_the_beginning_is_what_one_municipality_s_documents_have_in_common(
    shipped: tuple[dict[str, CouncilDocument], list[Series]],
) -> None:
    documents, series = shipped
    found = suggestion(list(documents.values()), series)
    assert found is not None
    ids, subject = found
    assert subject == "net"
    assert {"ØU02", "ØU10"} <= {documents[id].number for id in ids}
    assert {documents[id].municipality for id in ids} == {"Høje-Taastrup"}


def test_nothing_is_suggested_where_nothing_has_a_value(
    shipped: tuple[dict[str, CouncilDocument], list[Series]],
) -> None:
    documents, series = shipped
    blank = [Series(tuple(replace(f, value=None) for f in s.figures)) for s in series]
    assert suggestion(list(documents.values()), blank) is None
    assert suggestion([], []) is None
