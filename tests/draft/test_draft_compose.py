"""First drafts: every figure bound, a proposal told as one, what is not told said as such."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openai_server import Server, serving

from draft.compose import compose
from draft.desk import PROGRAM, Desk
from draft.inquiry import read_inquiry
from draft.records import Drafts
from rag.answer import WhyNot
from rag.chain import Assistant
from rag.home import Home
from rag.store.records import Records

ORIGINAL = "Har KK lignende initiativer som Aarhus?"
BUDGET = (
    "Hvor mange årsværk foreslås sparet på AI og robotter i 2026 og 2027, "
    "og hvad foreslås investeret?"
)


@pytest.mark.parametrize("question", [ORIGINAL, BUDGET])
def test_every_figure_of_a_first_draft_is_bound(desk: Desk, question: str) -> None:
    id = desk.open(read_inquiry(question), "Grete")
    checked = desk.check(id)
    amounts = [j.verdict for j in checked.judged if j.verdict.kind == "amount"]
    assert not checked.held and all(v.outcome == "bound" for v in amounts)
    assert desk.drafts.versions(id)[-1].author == PROGRAM


def test_a_budget_question_is_answered_part_by_part_with_the_figures(desk: Desk) -> None:
    text = desk.check(desk.open(read_inquiry(BUDGET), "Grete")).text
    first, second = text.split("Spørgsmål 2:")
    assert "foreslår en reduktion på 6 årsværk i 2026 og 8 årsværk i 2027" in first
    assert "0,5 årsværk i 2026 og 1 årsværk i 2027" in first
    assert "1,5 mio. kr. i 2026 og 1,5 mio. kr. i 2027" in second
    assert "2 mio. kr. i 2026 og 1 mio. kr. i 2027" in second
    assert "Dokumenterne oplyser ikke, at forslagene er vedtaget." in text


def test_what_an_earlier_answer_alone_says_is_marked_for_a_person(desk: Desk) -> None:
    checked = desk.check(desk.open(read_inquiry(ORIGINAL), "Grete"))
    assert "I politikersvaret til Mikkel Skovgaard (Ø) af 8. maj 2026 er det oplyst" in checked.text
    assert len(checked.marks) == 1 and "tidligere svar" in checked.text
    assert "har noget lignende i gang" not in checked.text, "the old question is no answer"


def test_what_the_documents_do_not_tell_is_said_and_nothing_made_up(desk: Desk) -> None:
    id = desk.open(read_inquiry("Hvad koster en ny svømmehal i Ishøj?"), "Grete")
    checked = desk.check(id)
    assert checked.text.startswith("Det fremgår ikke af de dokumenter")
    assert len(checked.marks) == 1
    assert [j for j in checked.judged if j.verdict.kind == "amount"] == []


def test_of_what_only_comes_near_a_letter_tells_nothing(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Hvor mange årsværk nedlægger ØU10 i 2029?"
    found = assistant.ask(question)
    near = tuple(replace(s, figures=()) for s in found.statements)
    why = WhyNot("nothing_found", "Intet svarer på det.")
    answer = replace(found, status="not_found", statements=(), near=near, findings=(), why_not=why)
    monkeypatch.setattr(assistant, "ask", lambda *_: answer)
    composed = compose(read_inquiry(question), assistant, lambda _: True)
    assert composed.text.endswith("[SKRIV: svar på spørgsmål 1. Intet svarer på det.]")
    assert composed.notes == ()


def test_a_sum_is_shown_and_holds(desk: Desk) -> None:
    question = "Hvor meget sparer ØU10 i alt fra 2026 til 2029?"
    checked = desk.check(desk.open(read_inquiry(question), "Grete"))
    outcomes = {j.verdict.words[-8:]: j.verdict.outcome for j in checked.judged}
    assert "−1.000 − 1.100 − 1.650 − 2.200 = −5.950" in checked.text
    assert "computed" in outcomes.values() and not checked.held


def test_notes_tell_of_findings_and_of_newer_proposals(desk: Desk) -> None:
    draft = desk.drafts.get(desk.open(read_inquiry(BUDGET), "Grete"))
    notes = " ".join(note.da for note in draft.case.notes)
    assert "ØU02: Teksten vil tilføre medarbejdere" in notes and "uden minus" in notes
    assert "nyere forslag om samme sag: Forslaget ØU10 (Budget 2026-2029)" in notes


def test_the_earlier_answer_is_the_precedent(desk: Desk, assistant: Assistant) -> None:
    id = desk.open(read_inquiry("Hvordan inddrages medarbejdere i arbejdet med AI?"), "Grete")
    found = desk.precedents(desk.drafts.get(id))
    assert [p.document.asker for p in found] == ["Mikkel Skovgaard (Ø)"]
    assert found[0].warnings == ()
    other = desk.open(read_inquiry("Hvor mange skoler lukkes?"), "Grete")
    assert desk.precedents(desk.drafts.get(other)) == []


def written(lines: list[str]) -> str:
    return "\n".join(json.dumps({"text": t, "sources": [1]}, ensure_ascii=False) for t in lines)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    pytest.importorskip("langchain_openai")
    with serving() as server:
        monkeypatch.setenv("RAADSVAR_LLM", "openai:made")
        monkeypatch.setenv("RAADSVAR_LLM_URL", server.url)
        yield server


@pytest.fixture
def model_desk(model: Server, corpus_home: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose assistant has the model: it is asked for when an assistant is made."""
    records = Records(Home(tmp_path / "records"))
    assistant = Assistant(Home(corpus_home))
    yield Desk(assistant, Drafts(records))
    records.close()


def test_a_model_writes_the_draft_as_prose_under_the_gate(model: Server, model_desk: Desk) -> None:
    true = ["ØU10 nedlægger 4 årsværk i 2029.", "Forslaget ØU10 sparer 4 årsværk i 2029."]
    model.reply = lambda *_: written([*true, "ØU10 nedlægger 9 årsværk i 2029."])
    id = model_desk.open(read_inquiry("Hvor mange årsværk nedlægger ØU10 i 2029?"), "Grete")
    checked = model_desk.check(id)
    assert " ".join(true) in checked.text, "one paragraph"
    assert "9 årsværk" not in checked.text and not checked.held


def test_a_model_that_tells_a_proposal_as_decided_is_not_believed(
    model: Server, model_desk: Desk
) -> None:
    model.reply = lambda *_: written(["Byrådet har vedtaget ØU10, der sparer 4 årsværk i 2029."])
    id = model_desk.open(read_inquiry("Hvor mange årsværk nedlægger ØU10 i 2029?"), "Grete")
    checked = model_desk.check(id)
    assert "har vedtaget" not in checked.text and not checked.held


@pytest.mark.parametrize("fault", ["fails", "no protocol"])
def test_without_its_model_the_draft_is_that_of_the_documents(
    model: Server, model_desk: Desk, fault: str
) -> None:
    model.fault = fault
    id = model_desk.open(read_inquiry("Hvor mange årsværk nedlægger ØU10 i 2029?"), "Grete")
    text = model_desk.check(id).text
    assert "foreslår en reduktion på 4 årsværk i 2029." in text and "progmodel" not in text
