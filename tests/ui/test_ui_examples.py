from __future__ import annotations

import pytest

from rag.chain import Assistant
from rag.types import Language
from ui.ask.examples import examples


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_example_of_the_corpus_is_answered(assistant: Assistant, language: Language) -> None:
    def answered(question: str) -> bool:
        return assistant.ask(question, (), language).status == "answered"

    offered = examples(assistant.catalogue, language, answered)
    assert len(offered) >= 3
    assert all(answered(question) for question in offered)
    assert any("ØU10" in q and "2029" in q and ("årsværk" in q or "FTE" in q) for q in offered)


def test_questions_that_are_not_answered_are_not_offered(assistant: Assistant) -> None:
    tried: list[str] = []

    def refuse(question: str) -> bool:
        tried.append(question)
        return False

    assert examples(assistant.catalogue, "da", refuse) == ()
    assert tried


def test_examples_keep_to_the_documents_named(assistant: Assistant) -> None:
    offered = examples(assistant.catalogue, "da", lambda question: True, ["ØU02"])
    assert offered and all("ØU02" in question for question in offered)
