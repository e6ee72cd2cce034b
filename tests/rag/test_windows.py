"""What the reader reads: windows of passages, and what stands above them."""

import datetime as dt
import itertools

from hypothesis import given
from hypothesis import strategies as st

from rag.answering.windows import LONGEST, named, units, windows
from rag.types import CouncilDocument, Passage

DAY = dt.date(2025, 3, 4)
DOCUMENT = CouncilDocument(
    "d", "s", "d.pdf", "dagsordenspunkt", "Havnebadet", municipality="Vejle", date=DAY
)
LINES = st.lists(st.text("abc. \tÆ1", min_size=1, max_size=300), min_size=1, max_size=12)


def passage(text: str, section: str = "Økonomi") -> Passage:
    return Passage("p", "d", 1, 7, 7 + len(text), section, text)


@given(LINES)
def test_windows_hold_every_letter_once_and_in_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = windows(passage(text), DOCUMENT)
    held = "".join(text[w.start : w.end] for w in found)
    assert [c for c in held if not c.isspace()] == [c for c in text if not c.isspace()]
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@given(LINES)
def test_no_window_is_longer_than_the_longest_but_for_a_single_unit(lines: list[str]) -> None:
    for window in windows(passage("\n".join(lines)), DOCUMENT):
        assert window.end - window.start <= LONGEST or len(units(window.text)) == 1


def test_what_stands_above_names_place_day_title_and_heading() -> None:
    assert named(DOCUMENT, "Økonomi") == "Vejle, 2025-03-04 › Havnebadet › Økonomi"


def test_a_tables_head_stands_above_its_later_rows() -> None:
    rows = "\n".join(f"Skole {n}\t{n}.000\t{n}.500" for n in range(80))
    first, *others = windows(passage(f"Post\t2026\t2027\n{rows}"), DOCUMENT)
    assert "2026" not in first.above
    assert others and all("Post | 2026 | 2027" in w.above for w in others)


def test_a_row_is_one_unit_and_prose_is_cut_into_sentences() -> None:
    text = "Prisen er høj. Den stiger.\nLeje\t1. maj. 5\t7"
    assert [text[a:b] for a, b in units(text)] == [
        "Prisen er høj.",
        "Den stiger.",
        "Leje\t1. maj. 5\t7",
    ]
