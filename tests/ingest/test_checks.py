"""Findings: each kind is found when seeded into a clean document, and a clean one has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_documents import NOTE, Made, proposal

from rag.numerals import format_number
from rag.types import Finding

YEARS = (2026, 2027, 2028)


def shown(value: int) -> str:
    return format_number(Decimal(value))


@dataclass(frozen=True)
class Sound:
    """A proposal in which everything fits; amounts in 1.000 kr., a year each."""

    savings: tuple[int, ...]
    investments: tuple[int, ...]
    posts: tuple[int, ...]
    net: tuple[int, ...]
    total: int
    staff: tuple[str, ...]
    told_saving: int
    told_posts: int
    told_until: int = 2028
    framework: int | None = None
    second_caption: str = "Tabel 2. Fordeling på områder"


def sound(savings: tuple[int, ...], investments: tuple[int, ...], posts: tuple[int, ...]) -> Sound:
    net = tuple(i - s for s, i in zip(savings, investments, strict=True))
    staff = tuple(f"-{p}" for p in posts)
    return Sound(savings, investments, posts, net, sum(net), staff, savings[1], posts[1])


def made(s: Sound) -> Made:
    years = [str(y) for y in YEARS]
    document = (
        proposal("TU07", "Færre lamper på stierne", "2026-2028")
        .text("Tabel 1. Økonomi i forslaget")
        .table(
            ("1.000 kr., 2026-priser", *years, "I alt"),
            ("Besparelse", *(shown(-v) for v in s.savings), shown(-sum(s.savings))),
            ("Investering - Drift", *map(shown, s.investments), shown(sum(s.investments))),
            ("Samlet ændring (Netto)", *map(shown, s.net), shown(s.total)),
            ("Ændring i antal årsværk", *s.staff, ""),
        )
        .text(NOTE, s.second_caption)
        .table(("1.000 kr.", *years), ("Stier i byen", "1", "2", "3"))
        .heading("Konsekvens")
        .text(
            f"Der spares {shown(s.savings[0] * 1000)} kr. i 2026 og "
            f"{shown(s.told_saving * 1000)} kr. i 2027.",
            f"Der nedlægges {s.posts[0]} stillinger i 2026 og {s.told_posts} stillinger i 2027.",
            "Der er lagt 7 mio. kr. ind i rammen i 2026-2028.",
            f"Rammen på 7 mio. kr. gælder for 2026-{s.told_until}.",
        )
    )
    if s.framework is not None:
        document.text(f"Heri er en rammebesparelse på {shown(s.framework * 1000)} kr. i 2026.")
    return document


def findings(s: Sound) -> list[Finding]:
    return list(made(s).content().findings)


sums = st.integers(1, 90_000)
series = st.tuples(sums, sums, sums)
# Numbers of posts differ, so that a wrong one is not the right one of another year.
posts = st.lists(st.integers(2, 40), min_size=3, max_size=3, unique=True).map(tuple)
documents = st.builds(sound, series, series, posts)


@settings(max_examples=40)
@given(documents)
def test_a_clean_document_has_no_findings(document: Sound) -> None:
    assert [f.message.en for f in findings(document)] == []


SEEDS: dict[str, Callable[[Sound], Sound]] = {
    "net row": lambda s: replace(s, net=(s.net[0] + 1, s.net[1] - 1, s.net[2])),
    "total column": lambda s: replace(s, total=s.total + 1),
    "staff without minus": lambda s: replace(s, staff=tuple(map(str, s.posts))),
    "saving told otherwise": lambda s: replace(s, told_saving=s.savings[1] + 1),
    "posts told otherwise": lambda s: replace(s, told_posts=max(s.posts) + 1),
    "periods": lambda s: replace(s, told_until=2029),
    "framework saving": lambda s: replace(
        s, framework=max(*s.savings, *s.investments, *map(abs, s.net)) + 1
    ),
    "label": lambda s: replace(s, second_caption="Tabel 1. Fordeling på områder"),
}
KINDS = {
    "net row": ("identity", "hard"),
    "total column": ("identity", "hard"),
    "staff without minus": ("sign", "hard"),
    "saving told otherwise": ("table_against_prose", "hard"),
    "posts told otherwise": ("table_against_prose", "hard"),
    "periods": ("prose_against_prose", "hard"),
    "framework saving": ("claim_without_row", "soft"),
    "label": ("label", "soft"),
}


@pytest.mark.parametrize("seed", SEEDS)
@settings(max_examples=8)
@given(document=documents)
def test_a_seeded_contradiction_is_found(seed: str, document: Sound) -> None:
    found = findings(SEEDS[seed](document))
    assert {(f.kind, f.severity) for f in found} == {KINDS[seed]}
    assert all(f.places for f in found)
    if KINDS[seed][0] not in ("identity", "claim_without_row"):
        assert all(len(f.places) >= 2 for f in found)


def test_a_finding_names_where_both_things_stand() -> None:
    base = sound((100, 200, 300), (10, 20, 30), (2, 3, 4))
    source = made(SEEDS["staff without minus"](base)).source()
    from ingest.assemble import assemble

    (found,) = assemble(source).findings
    texts = [source.page(p.page).text[p.start : p.end] for p in found.places]
    assert texts[0] == "Ændring i antal årsværk\t2\t3\t4\t"
    assert "nedlægges 2 stillinger" in texts[1]
    assert "2 (2026), 3 (2027)" in found.message.da
    assert found.message.da != found.message.en


def test_findings_change_no_figure() -> None:
    base = sound((100, 200, 300), (10, 20, 30), (2, 3, 4))
    wrong = made(SEEDS["net row"](base)).content()
    net = [f for f in wrong.figures if f.table and f.concept == "net" and f.year]
    assert [f.value for f in net] == [Decimal(v) for v in (-89, -181, -270)]


def quiet(*rows: tuple[str, ...], head: tuple[str, ...] = ("1.000 kr.", "2026", "2027")) -> Made:
    return Made().heading("Økonomi").table(head, *rows)


HEAD = ("1.000 kr.", "2026", "2027")
FITS: dict[str, Made] = {
    "two groups, each with its sum": quiet(
        ("Udgifter", "", ""),
        ("Løn", "10", "10"),
        ("Varer", "5", "5"),
        ("Udgifter i alt", "15", "15"),
        ("Indtægter", "", ""),
        ("Salg", "-3", "-4"),
        ("Indtægter i alt", "-3", "-4"),
        ("I alt", "12", "11"),
    ),
    "blank cells count as nothing": quiet(
        ("Løn", "10", ""), ("Varer", "", "5"), ("I alt", "10", "5")
    ),
    "the same caption twice, over a table that goes on": Made()
    .heading("Økonomi")
    .text("Tabel 1. Veje")
    .table(HEAD, ("Løn", "1", "2"))
    .text("Tabel 1. Veje")
    .table(HEAD, ("Varer", "3", "4")),
    "a saving more, told of one thing": proposal("TU07", "Lys")
    .table(HEAD, ("Besparelse", "-200", "-300"))
    .text("Der spares 200.000 kr. i 2026 og 300.000 kr. i 2027.")
    .text("Der spares yderligere 50.000 kr. i 2027 på vejsalt."),
    "levels are not summed": quiet(("Antal årsværk", "2", "4"), ("Årsværk i alt", "9", "9")),
}


@pytest.mark.parametrize("case", FITS)
def test_what_fits_is_left_alone(case: str) -> None:
    assert [f.message.en for f in FITS[case].content().findings] == []


FALSE_ALARMS: dict[str, Made] = {
    "a subtotal counts in the grand total": quiet(
        ("Løn", "10", "10"), ("Drift i alt", "10", "10"), ("Anlæg", "5", "5"), ("I alt", "15", "15")
    ),
    "a subtotal counts in the net": quiet(
        ("Løn", "10", "10"),
        ("Varer", "5", "5"),
        ("Udgifter i alt", "15", "15"),
        ("Indtægter", "-3", "-3"),
        ("Netto", "12", "12"),
    ),
    "an of-which row is part of the row above": quiet(
        ("Løn", "10", "10"), ("heraf vikarer", "5", "5"), ("Varer", "5", "5"), ("I alt", "15", "15")
    ),
    "columns without years are summed apart": quiet(
        ("Løn", "10", "12"), ("Varer", "5", "6"), ("I alt", "15", "18"),
        head=("1.000 kr.", "Ramme", "Forbrug"),
    ),
    "a sentence that begins with a table's name is no caption": Made()
    .heading("Økonomi")
    .text("Tabel 1 viser, at veje koster mest.", "Tabel 1 viser også parkerne."),
}  # fmt: skip


@pytest.mark.parametrize("case", FALSE_ALARMS)
def test_no_false_alarm(case: str) -> None:
    assert [f.message.en for f in FALSE_ALARMS[case].content().findings] == []


def test_rows_of_years_add_up_to_their_total() -> None:
    document = (
        Made()
        .heading("Regnskab")
        .text("Beløb i hele kr.")
        .table(("År", "Udgift"), ("2024", "1.500"), ("2025", "1.600"), ("I alt", "3.200"))
    )
    assert [f.kind for f in document.content().findings] == ["identity"]
