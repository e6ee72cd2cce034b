from __future__ import annotations

from dataclasses import replace

from rag.answer import WhyNot
from rag.chain import Assistant
from ui.ask.export import sheet_of
from ui.sources import find_sources


def test_what_comes_near_an_answer_stands_above_its_sources(assistant: Assistant) -> None:
    question = "Hvor mange årsværk nedlægger ØU10 i 2029?"
    found = assistant.ask(question)
    near = tuple(replace(s, figures=()) for s in found.statements)
    why = WhyNot("nothing_found", "Intet svarer på det.")
    answer = replace(found, status="not_found", statements=(), near=near, findings=(), why_not=why)
    sheet = sheet_of(question, answer, find_sources(assistant, answer))
    assert sheet.answer == (why.text, f"{near[0].text} [1] [2]")
    assert sheet.parts[-1].numbered and len(sheet.parts[-1].lines) == len(answer.citations)
