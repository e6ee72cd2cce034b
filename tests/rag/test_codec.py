from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from decimal import Decimal
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.answer import Calculation, Citation
from rag.query import Query
from rag.store import spans
from rag.store.codec import decode, encode, shape
from rag.store.source import Box, Page, SourceDocument, Span
from rag.types import CouncilDocument, Figure, Finding, Passage, Place, Text

# What is not a number does not equal itself, and no figure or page has it, nor the infinite.
st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


@pytest.mark.parametrize(
    "kind",
    [
        Box,
        Calculation,
        Citation,
        CouncilDocument,
        Figure,
        Finding,
        Page,
        Passage,
        Place,
        Query,
        SourceDocument,
        Span,
        Text,
    ],
)
def test_every_type_comes_back_as_it_was(kind: type) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.from_type(kind))
    def comes_back(value: object) -> None:
        assert decode(kind, encode(value)) == value

    comes_back()


def test_defaults_take_no_room() -> None:
    assert encode(Place("d", 1, 2, 3)) == '{"document":"d","page":1,"start":2,"end":3}'


def test_a_type_may_gain_a_field_with_a_default() -> None:
    old = make_dataclass("Thing", [("a", int)])
    new = make_dataclass("Thing", [("a", int), ("b", tuple[int, ...], (1,))])
    assert decode(new, encode(old(3))) == new(3)


@dataclass
class Inner:
    a: int


@dataclass
class Outer:
    inner: tuple[Inner, ...]


class Pair(NamedTuple):
    a: int
    b: Outer | None


def test_the_shape_follows_every_field_within(monkeypatch: pytest.MonkeyPatch) -> None:
    before = shape(Pair)
    assert shape(Pair) == before
    monkeypatch.setitem(Inner.__annotations__, "c", "str")
    assert shape(Pair) != before


def test_what_has_no_json_form_is_refused() -> None:
    bad = make_dataclass("Bad", [("a", set)])
    with pytest.raises(TypeError, match="set"):
        encode(bad({1}))


coordinates = st.floats(min_value=-20_000, max_value=20_000)
boxes = st.builds(Box, coordinates, coordinates, coordinates, coordinates)
offsets = st.integers(0, 10_000_000)


@settings(deadline=None)
@given(st.lists(st.builds(Span, offsets, offsets, boxes)))
def test_packed_spans_are_exact_to_a_tenth_of_a_point(given_spans: list[Span]) -> None:
    found = spans.unpack(spans.pack(given_spans))
    assert [(s.start, s.end) for s in found] == [(s.start, s.end) for s in given_spans]
    for one, other in zip(found, given_spans, strict=True):
        assert one.box == pytest.approx(other.box, abs=0.0501)


def test_a_page_of_words_packs_small() -> None:
    words = [
        Span(7 * n, 7 * n + 6, Box(70 + 45.3 * (n % 10), 70 + 14.4 * (n // 10), 110, 82 + n // 10))
        for n in range(500)
    ]
    assert len(spans.pack(words)) < 8 * len(words)
