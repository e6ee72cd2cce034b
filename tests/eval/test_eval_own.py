"""Known answers of the users' own: kept whole, checked first, asked with the next run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.own import add_own, figure_of, own_answers
from eval.sets import known_answers
from rag.errors import InputError
from rag.home import Home

ENTRY: dict[str, Any] = {
    "id": "thumb-1",
    "question": "Hvor mange årsværk skærer ØU10 i 2029?",
    "language": "da",
    "type": "lookup",
    "expected": {"status": "answered", "figures": [{"amount": 4, "unit": "årsværk", "year": 2029}]},
}


def test_known_answers_are_kept_in_order_each_once(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert own_answers(home) == ()
    assert add_own(home, ENTRY).author == "user"
    # A line written by hand, without a line break after it, stays whole.
    path = known_answers(home)
    path.write_text(path.read_text("utf8").rstrip(), "utf8")
    add_own(home, {**ENTRY, "id": "thumb-2", "question": "Og i 2028?"})
    assert [k.id for k in own_answers(home)] == ["thumb-1", "thumb-2"]
    with pytest.raises(InputError, match="thumb-2” is kept already"):
        add_own(home, {**ENTRY, "id": "thumb-2"})
    assert len(own_answers(home)) == 2


def test_a_known_answer_is_kept_without_personal_numbers(tmp_path: Path) -> None:
    home = Home(tmp_path)
    asked = "Hvad fik borger 010203-1234 i ØU10, og hvor mange årsværk skæres i 2029?"
    kept = add_own(home, {**ENTRY, "question": asked})
    assert "●●●●●●-●●●●" in kept.question and "ØU10" in kept.question
    assert "010203" not in known_answers(home).read_text("utf8")


def test_what_nothing_could_be_judged_by_is_not_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    add_own(home, ENTRY)
    with pytest.raises(InputError, match="needs 'figures' or 'words'"):
        add_own(home, {**ENTRY, "id": "b", "expected": {"status": "answered"}})
    with pytest.raises(InputError, match="'question' is missing"):
        add_own(home, {**ENTRY, "id": "b", "question": " "})
    assert len(own_answers(home)) == 1


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("-2,2 mio. kr.", {"amount": -2_200_000, "unit": "kr.", "year": 2029}),
        ("2.200.000 kr.", {"amount": 2_200_000, "unit": "kr.", "year": 2029}),
        ("0,5 årsværk", {"amount": 0.5, "unit": "årsværk", "year": 2029}),
        ("10-15 mio. kr.", {"low": 10_000_000, "high": 15_000_000, "unit": "kr.", "year": 2029}),
        ("7,4 pct.", {"amount": 7.4, "unit": "pct.", "year": 2029}),
    ],
)
def test_a_figure_is_read_as_it_is_written(text: str, figure: dict[str, Any]) -> None:
    assert figure_of(text, 2029) == figure


@pytest.mark.parametrize("text", ["4", "mange kroner", "2 kr. og 3 kr."])
def test_what_is_not_one_figure_with_its_unit_is_told(text: str) -> None:
    with pytest.raises(InputError, match="is not one figure"):
        figure_of(text, None)
