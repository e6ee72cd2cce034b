from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ingest.placement import LooseRow, place


def loose(label: str, *texts: str, sums: bool = False) -> LooseRow:
    return LooseRow(label, texts, None, sums)


def whole(label: str, *texts: str, sums: bool = False) -> LooseRow:
    return LooseRow(label, texts, tuple(range(len(texts))), sums)


def test_the_net_row_tells_where_a_lone_value_stands() -> None:
    rows = [
        whole("Nuværende budget", "90", "80", "70", "70"),
        whole("Omstilling", "-1", "-2", "-3", "-4"),
        loose("Investering", "1"),
        whole("Netto", "-1", "-2", "-3", "-3", sums=True),
    ]
    assert place(rows, 4, None)[2] == (3,)


def test_two_readings_are_none() -> None:
    rows = [whole("A", "1", "1"), loose("B", "5"), loose("Netto", "6", sums=True)]
    assert place(rows, 2, None)[1:] == [None, None]


def test_the_total_column_rules_out() -> None:
    # 5 + 10 = 15: the three values are two years and their sum; which two is open.
    assert place([loose("A", "5", "10", "15")], 3, 3) == [None]
    assert place([loose("A", "5", "10", "15")], 2, 2) == [(0, 1, 2)]


def test_a_row_of_the_same_name_and_values_stands_alike() -> None:
    twin = LooseRow("Pulje", ("5", "10", "15"), (1, 2, 3))
    assert place([loose("Pulje ØU 1112", "5", "10", "15")], 3, 3, [twin]) == [(1, 2, 3)]
    assert place([loose("Pulje", "5", "9", "14")], 3, 3, [twin]) == [None]


@given(
    st.lists(st.lists(st.integers(1, 10**4), min_size=4, max_size=4), min_size=1, max_size=3),
    st.data(),
)
def test_what_is_placed_is_placed_right(grid: list[list[int]], data: st.DataObject) -> None:
    blanks = [data.draw(st.sets(st.integers(0, 3), max_size=3)) for _ in grid]
    kept = [[c for c in range(4) if c not in b] for b in blanks]
    rows = [loose(f"r{i}", *(str(grid[i][c]) for c in columns)) for i, columns in enumerate(kept)]
    sums = [sum(grid[i][c] for i, cs in enumerate(kept) if c in cs) for c in range(4)]
    rows.append(whole("I alt", *map(str, sums), sums=True))
    for way, columns in zip(place(rows, 4, None), kept, strict=False):
        assert way is None or way in set(combinations(range(4), len(columns)))
        # Where one way remains it is the true one: the true one always adds up.
        assert way is None or list(way) == columns
