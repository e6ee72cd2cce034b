"""First drafts: every figure bound, a proposal told as one, what is not told said as such."""

import time

import pytest

from draft.desk import PROGRAM, Desk
from draft.inquiry import read_inquiry
from rag.chain import Assistant

ORIGINAL = "Har KK lignende initiativer som Aarhus?"
BUDGET = (
    "Hvor mange årsværk foreslås sparet på AI og robotter i 2026 og 2027, "
    "og hvad foreslås investeret?"
)


@pytest.mark.parametrize("question", [ORIGINAL, BUDGET])
def test_every_figure_of_a_first_draft_is_bound(desk: Desk, question: str) -> None:
    desk.assistant.ask(question)  # what is loaded once is loaded
    start = time.monotonic()
    id = desk.open(read_inquiry(question), "Grete")
    assert time.monotonic() - start < 2
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


def test_a_sum_is_shown_and_holds(desk: Desk) -> None:
    question = "Hvor meget sparer ØU10 i alt fra 2026 til 2029?"
    checked = desk.check(desk.open(read_inquiry(question), "Grete"))
    outcomes = {j.verdict.words[-8:]: j.verdict.outcome for j in checked.judged}
    assert "−1.000 − 1.100 − 1.650 − 2.200 = −5.950" in checked.text
    assert "computed" in outcomes.values() and not checked.held


def test_notes_tell_of_findings_and_of_newer_proposals(desk: Desk) -> None:
    draft = desk.drafts.get(desk.open(read_inquiry(BUDGET), "Grete"))
    notes = " ".join(note.da for note in draft.case.notes)
    assert "uden minus" in notes
    assert "nyere forslag om samme sag: Forslaget ØU10 (Budget 2026-2029)" in notes


def test_the_earlier_answer_is_the_precedent(desk: Desk, assistant: Assistant) -> None:
    id = desk.open(read_inquiry("Hvordan inddrages medarbejdere i arbejdet med AI?"), "Grete")
    found = desk.precedents(desk.drafts.get(id))
    assert [p.document.asker for p in found] == ["Mikkel Skovgaard (Ø)"]
    assert found[0].warnings == ()
    other = desk.open(read_inquiry("Hvor mange skoler lukkes?"), "Grete")
    assert desk.precedents(desk.drafts.get(other)) == []
