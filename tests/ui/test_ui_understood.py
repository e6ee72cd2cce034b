from __future__ import annotations

from typing import get_args

import pytest

from rag.chain import Assistant
from rag.query import Filter, Operation, Query, Turn
from ui.ask import texts
from ui.ask.understood import understood, understood_html


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Hvor mange årsværk sparer ØU10 i 2029?", ("ØU10", "årsværk", "2029")),
        ("Hvornår stillede Mikkel Skovgaard sit spørgsmål?", ("hvornår der blev spurgt",)),
        ("Hvad står der om robotter?", ("om »robotter«",)),
        ("Hvilke forslag handler om AI?", ("prioriteringsforslag", "hvilke dokumenter der er")),
    ],
)
def test_it_says_of_what_what_and_when(
    assistant: Assistant, question: str, parts: tuple[str, ...]
) -> None:
    query = assistant.ask(question).query
    assert query is not None and set(parts) <= set(understood(query, "da"))


def test_a_follow_up_shows_what_it_carried_over(assistant: Assistant) -> None:
    history = [Turn("Hvor mange årsværk sparer ØU10 i 2029?")]
    query = assistant.ask("og i 2028?", history).query
    assert query is not None and understood(query, "da") == ("ØU10", "årsværk", "2028")


def test_years_in_a_row_are_a_span_and_arithmetic_is_said() -> None:
    query = Query("?", "en", "figure", years=(2026, 2027, 2028), operation="sum", amount="money")
    assert understood(query, "en") == ("amounts", "2026-2028", "added up")
    assert understood(Query("?", "da", "figure", years=(2026, 2028)), "da") == ("2026, 2028",)


def test_a_question_read_as_another_and_a_filter_are_shown_and_escaped() -> None:
    query = Query("<b>?", "da", "prose", within=Filter(kinds=("notat",)))
    html = understood_html(query, "og?", "da")
    assert "læst som »&lt;b&gt;?«" in html and "svar kun fra notat" in html
    assert understood_html(Query("?", "da", "prose"), "?", "da") == ""


def test_every_operation_has_a_name() -> None:
    assert set(get_args(Operation)) == set(texts.OPERATIONS)
