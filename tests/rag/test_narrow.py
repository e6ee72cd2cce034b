from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from rag.search.narrow import Scored, search_within


@given(
    st.lists(st.integers(0, 40), max_size=400),
    st.integers(1, 50),
    st.sets(st.integers(0, 40), min_size=1),
)
def test_within_some_documents_the_best_come_as_from_a_filter(
    homes: list[int], n: int, wanted: set[int]
) -> None:
    passages = [(f"p{i}", str(home), 1 / (i + 1)) for i, home in enumerate(homes)]
    filtered = []

    def search(k: int, documents: Sequence[str] | None) -> Scored:
        filtered.append(documents is not None)
        return [p for p in passages if documents is None or p[1] in documents][:k]

    names = [str(w) for w in wanted]
    best = [(id, score) for id, home, score in passages if home in names][:n]
    assert search_within(search, n, names, 41) == best
    assert search_within(search, n, None, 41) == [(id, s) for id, _, s in passages[:n]]


def test_where_most_documents_are_wanted_none_is_named() -> None:
    asked = []

    def search(k: int, documents: Sequence[str] | None) -> Scored:
        asked.append((k, documents))
        return [(f"p{i}", f"d{i % 100}", 1.0) for i in range(k)]

    assert len(search_within(search, 100, [f"d{i}" for i in range(90)], 100)) == 100
    assert len(search_within(search, 100, ["d1"], 10_000)) == 100
    assert [documents for _, documents in asked] == [None, ["d1"]]
