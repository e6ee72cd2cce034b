"""From a file as read to figures: every kind of table, and the invariants of places."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import NOTE, Made, cells, one, proposal

from ingest.assemble import Content, assemble
from rag.store.source import SourceDocument

D = Decimal


def economy() -> Made:
    return (
        proposal("TU07", "Færre lamper på stierne")
        .table(
            ("Beløb i 1.000 kr. 2026-priser", "2026", "2027", "2028", "2029"),
            ("Nuværende budget", "-", "-", "-", "-"),
            ("Budgetændring – drift", "", "", "", ""),
            ("Besparelse", "-1.100", "-200", "", "0"),
            ("Investering - Anlæg", "", "", "", ""),
            ("Samlet ændring (Netto)", "-1.100", "-200", "", "0"),
            ("Personalekonsekvenser", "", "", "", ""),
            ("Ændring i antal årsværk", "-1", "-1½", "", "-2,5"),
        )
        .text(NOTE)
    )


def test_a_column_a_year() -> None:
    content = economy().content()
    figure = one(content.figures, "Besparelse", 2026)
    assert (figure.text, figure.value, figure.amount) == ("-1.100", D(-1100), D(-1_100_000))
    assert (figure.unit, figure.scale, figure.price_level) == ("kr.", 1000, "2026-priser")
    assert (figure.group, figure.concept) == ("Budgetændring – drift", "efficiency")
    assert [y for _, y, _ in cells(content.figures, "Besparelse")] == [2026, 2027, 2028, 2029]


def test_blank_dash_and_zero_are_three_states() -> None:
    figures = economy().content().figures
    blank, zero = one(figures, "Besparelse", 2028), one(figures, "Besparelse", 2029)
    dash = one(figures, "Nuværende budget", 2028)
    assert [(f.state, f.value) for f in (blank, dash, zero)] == [
        *(("blank", None), ("dash", None), ("value", D(0))),
    ]


def test_the_tables_unit_does_not_hold_for_staff() -> None:
    staff = [f for f in economy().content().figures if f.measure == "Ændring i antal årsværk"]
    assert {(f.unit, f.scale, f.price_level, f.group) for f in staff} == {
        ("årsværk", 1, None, "Personalekonsekvenser")
    }
    assert [f.value for f in staff] == [D(-1), D("-1.5"), None, D("-2.5")]


def test_a_measure_with_blank_cells_is_a_row_and_a_heading_opens_a_group() -> None:
    figures = economy().content().figures
    anlaeg = [f for f in figures if f.measure == "Investering - Anlæg"]
    assert [f.state for f in anlaeg] == ["blank"] * 4
    assert not [f for f in figures if f.measure in ("Budgetændring – drift",
                                                    "Personalekonsekvenser")]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "scale"),
    [
        ("1.000 kr.", 1000),
        ("Beløb i 1.000 kr.", 1000),
        ("t.kr.", 1000),
        ("tkr.", 1000),
        ("i tusinde kr.", 1000),
        ("1.000.000 kr.", 10**6),
        ("mio. kr.", 10**6),
        ("Mio. kroner, 2026 p/l", 10**6),
        ("mia. kr.", 10**9),
        ("kr.", 1),
        ("hele kr.", 1),
        ("Hele kroner", 1),
    ],
)
@pytest.mark.parametrize("where", ["head", "caption"])
def test_units(head: str, scale: int, where: str) -> None:
    made = Made().heading("Økonomi")
    if where == "caption":
        made.text(f"Tabel 1. Drift, {head}").table(("", "2026", "2027"), ("Veje", "1,5", "2"))
    else:
        made.table((head, "2026", "2027"), ("Veje", "1,5", "2"))
    figure = one(made.content().figures, "Veje", 2026)
    assert (figure.unit, figure.scale, figure.amount) == ("kr.", scale, D("1.5") * scale)


def test_a_row_has_its_own_unit() -> None:
    made = Made().heading("Økonomi").table(
        ("1.000 kr.", "2026"), ("Veje", "10"), ("Grønt (mio. kr.)", "2"), ("Dækning i pct.", "45"),
        ("Løn til 2 stillinger", "900"),
    )  # fmt: skip
    figures = made.content().figures
    units = [(f.measure, f.unit, f.scale) for f in figures if f.table]
    assert units == [
        ("Veje", "kr.", 1000),
        ("Grønt (mio. kr.)", "kr.", 10**6),
        ("Dækning i pct.", "pct.", 1),
        ("Løn til 2 stillinger", "kr.", 1000),
    ]


def test_a_row_a_year() -> None:
    made = Made().heading("Regnskab for parker").text("Beløb i hele kr.")
    made.table(
        ("År", "Udgift", "Indtægt"),
        *(("2024", "1.500", "200"), ("2025", "1.600", "-"), ("I alt", "3.100", "200")),
    )
    figures = made.content().figures
    assert cells(figures) == [
        *(("Udgift", 2024, "1.500"), ("Indtægt", 2024, "200")),
        *(("Udgift", 2025, "1.600"), ("Indtægt", 2025, "-")),
        *(("Udgift", "2024-2025", "3.100"), ("Indtægt", "2024-2025", "200")),
    ]
    assert one(figures, "Indtægt", 2025).state == "dash"
    assert {(f.unit, f.scale) for f in figures} == {("kr.", 1)}


def test_accounts_and_budgets_have_their_years() -> None:
    made = Made().heading("Drift").table(
        ("mio. kr.", "Regnskab 2024", "Budget 2025"), ("Veje", "12,5", "13,0"), ("Grønt", "4,0", "")
    )  # fmt: skip
    figures = made.content().figures
    assert cells(figures) == [
        *(("Veje (Regnskab 2024)", 2024, "12,5"), ("Veje (Budget 2025)", 2025, "13,0")),
        *(("Grønt (Regnskab 2024)", 2024, "4,0"), ("Grønt (Budget 2025)", 2025, "")),
    ]
    assert one(figures, "Grønt (Budget 2025)", 2025).state == "blank"


def test_two_columns_of_one_year_are_told_apart() -> None:
    made = Made().heading("Drift").table(
        ("1.000 kr.", "Budget 2026", "Regnskab 2026", "2027"), ("Veje", "1", "2", "3")
    )  # fmt: skip
    assert cells(made.content().figures) == [
        ("Veje (Budget 2026)", 2026, "1"),
        ("Veje (Regnskab 2026)", 2026, "2"),
        ("Veje", 2027, "3"),
    ]


def test_the_total_column_spans_the_years() -> None:
    made = Made().heading("Drift").table(
        ("1.000 kr., 2026 p/l", "2026", "2027", "I alt"), ("Veje", "1", "2", "3")
    )  # fmt: skip
    figures = made.content().figures
    assert cells(figures) == [("Veje", 2026, "1"), ("Veje", 2027, "2"), ("Veje", "2026-2027", "3")]
    assert {f.price_level for f in figures} == {"2026 p/l"}


def test_numbers_under_other_heads() -> None:
    made = (
        Made()
        .heading("Skolerne")
        .table(
            ("Skole", "Adresse", "Elever", "Andel", "Konto"),
            *(("Nordskolen", "Vejen 1", "312", "40 %", "3301"),),
            *(("Sydskolen", "Gaden", "468-500", "60 %", "3302"),),
        )
    )
    figures = made.content().figures
    assert cells(figures) == [
        *(("Nordskolen (Elever)", None, "312"), ("Nordskolen (Andel)", None, "40 %")),
        *(("Sydskolen (Elever)", None, "468-500"), ("Sydskolen (Andel)", None, "60 %")),
    ]
    assert one(figures, "Nordskolen (Andel)").unit == "pct."
    spread = one(figures, "Sydskolen (Elever)")
    assert (spread.value, spread.low, spread.high) == (None, D(468), D(500))


def test_a_table_of_text_is_read_as_prose() -> None:
    made = (
        Made()
        .heading("Behov")
        .table(
            ("Område", "Behov"),
            ("Netværk", "Et nyt netværk i byen (10-50 mio. kr.)"),
            ("Mad", "Køkkenet får 2 mio. kr. i 2026."),
        )
    )
    figures = made.content().figures
    assert not [f for f in figures if f.table]
    assert [(f.text, f.low, f.high, f.year) for f in figures] == [
        ("10-50", D(10), D(50), None),
        ("2", None, None, 2026),
    ]


def test_a_row_without_columns_is_placed_by_arithmetic_or_not_at_all() -> None:
    head = ("1.000 kr.", "2026", "2027", "2028", "I alt")
    made = Made().heading("Drift").table(head, ("Veje", "5", "7", "12"), aligned=False)
    # 5 + 7 = 12 fits three ways: none is stored.
    assert cells(made.content().figures) == []
    made = Made().heading("Drift").table(
        head, ("Veje", "1", "2", "3", "6"), ("Grønt", "4", "4"), ("I alt", "5", "2", "3", "10"),
        aligned=False,
    )  # fmt: skip
    figures = made.content().figures
    assert one(figures, "Grønt", 2026).text == "4"
    assert [one(figures, "Grønt", y).state for y in (2027, 2028)] == ["blank", "blank"]
    assert one(figures, "Grønt", "2026-2028").text == "4"


def test_the_same_bytes_give_the_same_ids() -> None:
    source = economy().text("Der spares 1,1 mio. kr. i 2026.").source()
    first, second = assemble(source), assemble(source)
    assert first == second
    ids = [x.id for kind in (first.documents, first.figures, first.findings, first.passages)
           for x in kind]  # fmt: skip
    assert len(ids) == len(set(ids))
    assert all(i.startswith(source.id[:16]) for i in ids)


def test_a_column_without_a_year_beside_years_is_kept() -> None:
    made = Made().heading("Drift").table(
        ("mio. kr.", "Regnskab 2024", "Budget 2025", "Afvigelse"), ("Veje", "12,5", "13,0", "0,5")
    )  # fmt: skip
    assert "0,5" in [text for _, _, text in cells(made.content().figures)]


# ------------------------------------------------------------------ invariants

texts = st.sampled_from(
    [
        "Der spares 2 mio. kr. i 2026 og 3 mio. kr. i 2027.",
        "Nr. TU07",
        "Nr. BU12",
        "Punkt 1: Godkendelse",
        "Punkt 2: Skole",
        "Tabel 1. Økonomi, 1.000 kr.",
        "Der nedlægges 4 stillinger, f.eks. i driften, stigende til 6 stillinger i 2028.",
        "Overskrift: Lys",
        "Den 3. marts 2026 spurgte Ida Ørum Å (V) om 10-15 pct. af tiden.",
        "”Citat” af én é − 1½ årsværk ● og 150–160 boliger i perioden 2026-2029.",
        "x",
    ]
)
numbers = st.one_of(
    st.sampled_from(["", "-", "–", "0", "½", "1½", "10-15", "-1.000", "(2,5)", "40 %", "ord"]),
    st.integers(-99_999, 99_999).map(str),
)
heads = st.sampled_from(
    [
        ("1.000 kr.", "2026", "2027", "I alt"),
        ("År", "Udgift", "Indtægt", ""),
        ("Post", "Regnskab 2025", "Budget 2025", "Rest"),
        ("", "", "", ""),
    ]
)
labels = st.sampled_from(
    ["Besparelse", "Ændring i antal årsværk", "I alt", "2025", "2026", "", "Netto", "Løn"]
)
tables = st.tuples(
    heads,
    st.lists(st.tuples(labels, numbers, numbers, numbers), min_size=1, max_size=4),
    st.booleans(),
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("heading"), texts),
        st.tuples(st.just("text"), texts),
        st.tuples(st.just("item"), texts),
        st.tuples(st.just("table"), tables),
        st.tuples(st.just("page"), st.none()),
    ),
    min_size=1,
    max_size=14,
)


@st.composite
def files(draw: st.DrawFn) -> SourceDocument:
    made = Made(paged=draw(st.booleans()))
    for kind, what in draw(steps):
        if kind == "heading":
            made.heading(what)
        elif kind == "text":
            made.text(what)
        elif kind == "item":
            made.items(what)
        elif kind == "table":
            head, rows, aligned = what
            made.table(head, *(r if aligned else [c for c in r if c] for r in rows),
                       aligned=aligned)  # fmt: skip
        else:
            made.page()
    return made.source()


def ranges(source: SourceDocument, content: Content) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where each document begins and ends: page and offset."""
    from ingest.split import split

    parts = split(source)
    assert len(parts) == len(content.documents)
    return {
        d.id: ((p.blocks[0].page, p.blocks[0].start), (p.blocks[-1].page, p.blocks[-1].end))
        for d, p in zip(content.documents, parts, strict=True)
        if p.blocks
    }


@settings(max_examples=150)
@given(files())
def test_everything_stands_at_its_place(source: SourceDocument) -> None:
    content = assemble(source)
    within = ranges(source, content)
    for p in content.passages:
        assert source.page(p.page).text[p.start : p.end] == p.text
        first, last = within[p.document]
        assert first <= (p.page, p.start) <= (p.page, p.end) <= last
    for f in content.figures:
        text = source.page(f.place.page).text
        assert f.place.page == f.context.page
        if f.state == "blank":
            assert f.place == f.context
        elif f.table:
            assert text[f.place.start : f.place.end] == f.text
        else:
            assert f.text in text[f.place.start : f.place.end]
        assert f.context.start <= f.place.start <= f.place.end <= f.context.end
        first, last = within[f.document]
        assert first <= (f.context.page, f.context.start)
        assert (f.context.page, f.context.end) <= last
        assert f.place.document == f.context.document == f.document
    for d in content.documents:
        assert d.first_page <= d.last_page
        for table in d.tables:
            for row in table.rows:
                text = source.page(row.place.page).text
                assert all(text[c.start : c.end] == c.text for c in row.cells or ())
    ids = {f.id for f in content.figures}
    for finding in content.findings:
        assert set(finding.figures) <= ids
        assert {p.document for p in finding.places} <= set(within)


@settings(max_examples=100)
@given(files())
def test_passages_hold_every_block_once(source: SourceDocument) -> None:
    content = assemble(source)
    covered = [(p.page, p.start, p.end) for p in content.passages]
    assert covered == sorted(covered)
    for block in source.blocks:
        holding = [c for c in covered if c[0] == block.page and c[1] <= block.start < c[2]]
        assert len(holding) == 1 and block.end <= holding[0][2]


@settings(max_examples=100)
@given(files())
def test_a_value_is_what_was_printed(source: SourceDocument) -> None:
    for f in assemble(source).figures:
        assert (f.state == "blank") == (f.text == "")
        if f.state != "value":
            assert f.value is f.low is f.high is None
        else:
            assert (f.value is None) == (f.low is not None) == (f.high is not None)
        assert f.unit != "årsværk" or f.scale == 1
