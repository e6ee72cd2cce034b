"""Proposals in which everything fits, varied, and the faults that can be put into one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from hypothesis import assume
from hypothesis import strategies as st
from made_documents import NOTE, Made, proposal

from rag.text.numbers import format_number

SCALES = {"1.000 kr.": 1_000, "mio. kr.": 1_000_000, "kr.": 1}
WORDS = {2: "to", 3: "tre", 4: "fire", 5: "fem", 6: "seks", 7: "syv", 8: "otte", 9: "ni"}
ADD = 37  # more than rounding explains, in any scale


def shown(value: Decimal | int) -> str:
    return format_number(Decimal(value)).replace("−", "-")


def told(value: int, scale: int, form: str) -> str:
    """An amount in full kroner or in millions, whatever the table is in."""
    whole = Decimal(value) * scale
    if form == "mio" and whole >= 1_000_000:
        return f"{shown(whole / 1_000_000)} mio. kr."
    return f"{shown(whole)} kr."


def posts_told(count: int, form: str) -> str:
    return f"{WORDS.get(count, count) if form == 'mio' else count} stillinger"


@dataclass(frozen=True)
class Plan:
    """What a made proposal says; amounts in the table's unit, a year each."""

    first: int
    unit: str
    saving: str
    net_label: str
    staff_label: str
    form: str
    savings: tuple[int, ...]
    investments: tuple[int, ...]
    posts: tuple[int, ...]
    wages: tuple[int, ...]
    goods: tuple[int, ...]
    parts: tuple[tuple[int, int], ...]
    # The faults, none of them at first.
    net_off: int = 0
    total_off: int = 0
    subrow_off: int = 0
    of_which_off: int = 0
    heading_off: int = 0
    signed: bool = True
    told_saving_off: int = 0
    saving_shift: int = 0
    told_posts_off: int = 0
    again_off: int = 0
    until: int = 0
    framework: bool = False
    hires: bool = False
    refers: bool = False
    second_label: str = "Tabel 2"
    gap: bool = False
    told_past: int = 0
    no_unit: bool = False
    short: bool = False

    @property
    def years(self) -> list[int]:
        return [self.first + n for n in range(len(self.savings))]

    @property
    def scale(self) -> int:
        return SCALES[self.unit]


def made(p: Plan) -> Made:
    years = [str(y) for y in p.years]
    last = p.years[-1]
    net = [i - s for s, i in zip(p.savings, p.investments, strict=True)]
    net_shown = [net[0] + p.net_off, *net[1:]]
    total = sum(net_shown) + p.total_off
    drift = [w + g for w, g in zip(p.wages, p.goods, strict=True)]
    low, high = (sum(part[end] for part in p.parts) for end in (0, 1))
    document = (
        proposal("TU07", "Færre lamper på stierne", f"{p.first}-{last}")
        .text("Tabel 1. Økonomi i forslaget")
        .table(
            (f"{p.unit}, {p.first}-priser", *years, "I alt"),
            (p.saving, *(shown(-v) for v in p.savings), shown(-sum(p.savings))),
            ("Investering - Drift", *map(shown, p.investments), shown(sum(p.investments))),
            (p.net_label, *map(shown, net_shown), shown(total)),
            (p.staff_label, *(f"{'-' if p.signed else ''}{n}" for n in p.posts), ""),
        )
        .text(NOTE, f"{p.second_label}. Udgifter til stierne")
        .table(
            (p.unit, *years),
            ("Vedligehold", *map(shown, drift)),
            ("- Løn", shown(p.wages[0] + p.subrow_off), *map(shown, p.wages[1:])),
            ("- Varer", *map(shown, p.goods)),
            ("Belysning", *map(shown, p.wages)),
            ("heraf pærer", shown(p.wages[0] + p.of_which_off), *map(shown, p.wages[1:])),
        )
        .text("Tabel 3. Brugere")
        .table(
            ("", *[str(y + (p.gap and y > p.years[1])) for y in p.years]),
            ("Længde" if p.no_unit else "Antal cyklister", *["11", "12", "13", "14"][: len(years)]),
            ("Bredde" if p.no_unit else "Antal løbere", *["21", "22", "23", "24"][: len(years)]),
        )
        .heading("Konsekvens")
        .text(_saves(p), _closes(p))
        .text(f"Til lamper er der afsat {told(7, p.scale, p.form)} i {p.first}-{last}.")
        .text(f"De {told(7, p.scale, p.form)} til lamper gælder for {p.first}-{last + p.until}.")
        .text(_again(p, 0), "Stierne bliver pænere.", _again(p, p.again_off))
        .text(f"Materialer til pærer i alt ({low + p.heading_off}-{high} mio. kr.)")
        .items(*(f"Arbejdets {n}. del ({a}-{b} mio. kr.)" for n, (a, b) in enumerate(p.parts, 1)))
        .heading("Sammenhæng")
        .text("Forslaget har ingen sammenhæng til andre forslag.")
    )
    if p.framework:
        document.text(f"Heri er en rammebesparelse på {told(99_999, p.scale, '')} i {p.first}.")
    if p.hires:
        document.text("Der ansættes desuden nye konsulenter til opgaven.")
    if p.refers:
        document.text("Forslaget bygger videre på ØU03 fra en tidligere aftale.")
    if p.told_past:
        amount = told(p.investments[-1], p.scale, p.form)
        document.text(f"Der investeres {amount} i {last}-{last + p.told_past}.")
    if p.short:
        document.text("Skiltene koster 3 mio. at sætte op.", "Buskene koster 4 mio. kr. at klippe.")
    return document


def _saves(p: Plan) -> str:
    values = [p.savings[0], p.savings[1] + p.told_saving_off]
    years = [p.years[0], p.years[1] + p.saving_shift]
    pairs = [f"{told(v, p.scale, p.form)} i {y}" for v, y in zip(values, years, strict=True)]
    return f"Der spares {' og '.join(pairs)}."


def _closes(p: Plan) -> str:
    counts = p.posts[0], p.posts[1] + p.told_posts_off
    first, second = (posts_told(n, p.form) for n in counts)
    return f"Der nedlægges {first} i {p.years[0]} stigende til {second} i {p.years[1]}."


def _again(p: Plan, off: int) -> str:
    amount = told(53 + off, p.scale, p.form)
    return f"Tilsynet med stierne koster {amount} i {p.first}{' igen' if off else ''}."


FAULTS: dict[str, tuple[Callable[[Plan], Plan], str, str]] = {
    "net row": (lambda p: replace(p, net_off=ADD), "identity", "hard"),
    "total column": (lambda p: replace(p, total_off=ADD), "identity", "hard"),
    "sub-rows": (lambda p: replace(p, subrow_off=ADD), "identity", "hard"),
    "of which": (lambda p: replace(p, of_which_off=ADD), "identity", "hard"),
    "list": (lambda p: replace(p, heading_off=-1), "identity", "hard"),
    "staff sign": (lambda p: replace(p, signed=False), "sign", "hard"),
    "saving": (lambda p: replace(p, told_saving_off=ADD), "table_against_prose", "hard"),
    "posts": (lambda p: replace(p, told_posts_off=50), "table_against_prose", "hard"),
    "year": (lambda p: replace(p, saving_shift=1), "table_against_prose", "hard"),
    "said again": (lambda p: replace(p, again_off=ADD), "prose_against_prose", "hard"),
    "period": (lambda p: replace(p, until=1), "prose_against_prose", "hard"),
    "framework": (lambda p: replace(p, framework=True), "claim_without_row", "soft"),
    "hires": (lambda p: replace(p, hires=True), "claim_without_row", "soft"),
    "refers": (lambda p: replace(p, refers=True), "claim_without_row", "soft"),
    "one number": (lambda p: replace(p, second_label="Tabel 1"), "label", "soft"),
    "missing year": (lambda p: replace(p, gap=True), "label", "soft"),
    "past the table": (lambda p: replace(p, told_past=2), "label", "soft"),
    "no unit": (lambda p: replace(p, no_unit=True), "label", "soft"),
    "millions of what": (lambda p: replace(p, short=True), "label", "soft"),
}


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    count = draw(st.integers(3, 4))
    amounts = iter(
        draw(
            st.lists(
                st.integers(1_001, 9_999), min_size=20, max_size=20, unique_by=lambda n: n % 97
            )
        )
    )

    def row() -> tuple[int, ...]:
        return tuple(next(amounts) for _ in range(count))

    savings = row()
    # "2 mio. kr." told of a year with 1.987 is rounded, and no fault.
    assume(all(abs(a - b) * 10 > max(a, b) for a, b in pairwise(savings)))
    parts = draw(
        st.lists(st.tuples(st.integers(3, 9), st.integers(10, 19)), min_size=2, max_size=4)
    )
    return Plan(
        first=draw(st.integers(2024, 2031)),
        unit=draw(st.sampled_from(sorted(SCALES))),
        saving=draw(st.sampled_from(["Effektivisering", "Besparelse", "Omstilling"])),
        net_label=draw(st.sampled_from(["Samlet ændring (Netto)", "Netto", "Nettoændring"])),
        staff_label=draw(
            st.sampled_from(["Ændring i antal årsværk", "Antal stillinger", "Årsværk"])
        ),
        form=draw(st.sampled_from(["mio", "kr"])),
        savings=savings,
        investments=row(),
        posts=tuple(
            draw(st.lists(st.integers(2, 40), min_size=count, max_size=count, unique=True))
        ),
        wages=row(),
        goods=row(),
        parts=tuple(parts),
    )
