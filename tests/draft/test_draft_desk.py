"""A draft's way: edited, held, accepted, checked, let out; nothing a person wrote is lost."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from draft.desk import PROGRAM, Desk, HeldError
from draft.form import draft_json
from draft.inquiry import read_inquiry
from draft.records import Drafts
from draft.text import claimed, heading, marks
from draft.versions import difference
from ingest.pipeline import open_catalogue
from rag.chain import Assistant
from rag.errors import InputError
from rag.home import Home
from rag.store.records import Records
from rag.types import Access

QUESTION = "Hvor mange årsværk sparer ØU10 i 2027 og 2029?"
TRUE = "Forslaget ØU10 foreslår en reduktion på 2 årsværk i 2027 og 4 årsværk i 2029."
FALSE = TRUE.replace("4 årsværk", "7 årsværk")


@pytest.fixture
def draft(desk: Desk) -> int:
    return desk.open(read_inquiry(QUESTION), "Grete", dt.date(2026, 5, 8))


def test_an_altered_figure_holds_the_draft_until_a_named_person_accepts_it(
    desk: Desk, draft: int
) -> None:
    desk.edit(draft, FALSE, "Grete")
    with pytest.raises(HeldError, match="7 årsværk"):
        desk.export(draft, "docx", "Grete")
    with pytest.raises(HeldError):
        desk.approve(draft, "Grete")
    (held,) = desk.check(draft).held
    assert held.verdict.elsewhere and "ØU10 har 4 årsværk i 2029" in held.verdict.elsewhere.da
    for by, reason in (("", "set i notat"), ("Grete", " ")):
        with pytest.raises(InputError, match="name and a reason"):
            desk.accept(draft, held, by, reason)
    desk.accept(draft, held, "Grete Holm", "Opgjort i notat af 3. maj")
    assert desk.export(draft, "txt", "Grete")
    assert "Godkendt af Grete Holm" in desk.export(draft, "txt", "Grete", True).decode()
    record = draft_json(desk.drafts.get(draft), desk.drafts, desk.check(draft), "da")
    (accepted,) = record["acceptances"]
    assert (accepted["text"].split()[0], accepted["by"]) == ("7", "Grete Holm")
    assert accepted["reason"] == "Opgjort i notat af 3. maj" and accepted["at"]


def test_an_acceptance_holds_for_its_sentence_alone(desk: Desk, draft: int) -> None:
    desk.edit(draft, FALSE, "Grete")
    desk.accept(draft, desk.check(draft).held[0], "Grete", "set")
    desk.edit(draft, f"{FALSE}\n\nDet er i alt 7 årsværk i 2029.", "Grete")
    assert len(desk.check(draft).held) == 1
    desk.edit(draft, FALSE.replace("foreslår", "siger"), "Grete")
    assert len(desk.check(draft).held) == 1


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("Byrådet har vedtaget ØU10.", "partly"),
        ("Byrådet vedtog ØU03 »Justering af den administrative organisation« med Budget 2023.",
         "bound"),
        ("Byrådet har besluttet at bygge en svømmehal.", "not_found"),
    ],
)  # fmt: skip
def test_a_decision_is_told_only_where_a_document_says_so(
    desk: Desk, draft: int, sentence: str, outcome: str
) -> None:
    desk.edit(draft, sentence, "Grete")
    told = [j.verdict.outcome for j in desk.check(draft).judged if j.verdict.kind == "decision"]
    assert told == [outcome]


def test_what_is_proposed_or_denied_is_no_decision(desk: Desk, draft: int) -> None:
    desk.edit(draft, "ØU10 er ikke vedtaget. Det foreslås, at midlerne afsat flyttes.", "Grete")
    assert not [j for j in desk.check(draft).judged if j.verdict.kind == "decision"]


def test_versions_are_kept_compared_and_restored(desk: Desk, draft: int) -> None:
    first = desk.check(draft).text
    desk.edit(draft, TRUE, "Grete")
    desk.edit(draft, f"{TRUE}  \n", "Grete")
    desk.again(draft, "Ole")
    desk.restore(draft, 2, "Ole")
    found = desk.drafts.versions(draft)
    assert [v.author for v in found] == [PROGRAM, "Grete", PROGRAM, "Ole"]
    assert [v.text for v in found] == [first, TRUE, first, TRUE]
    assert [v.number for v in found] == [1, 2, 3, 4] and found[3].note == "= 2"
    assert found[1].verdicts[1]["sha256"], "what bore it out then is kept"
    assert difference("a\nb", "a\nc") == ["  a", "- b", "+ c"]
    with pytest.raises(InputError, match="no version 9"):
        desk.restore(draft, 9, "Ole")


def test_status_owner_and_due_date_follow_the_work(desk: Desk, draft: int) -> None:
    assert (desk.drafts.get(draft).status, desk.drafts.get(draft).owner) == ("new", "Grete")
    later = desk.open(read_inquiry("Hvad koster ØU02?"), "Ole", dt.date(2026, 6, 1))
    undated = desk.open(read_inquiry("Hvad koster ØU10?"), "Ole")
    desk.edit(draft, TRUE, "Grete")
    assert desk.drafts.get(draft).status == "in_draft"
    desk.approve(draft, "Ole")
    assert desk.drafts.get(draft).status == "checked"
    desk.take_over(draft, "Ole")
    assert desk.drafts.get(draft).owner == "Ole"
    assert [d.id for d in desk.drafts.all()] == [draft, later, undated]
    desk.sent(draft, "Ole", "f" * 64)
    assert [d.id for d in desk.drafts.all()] == [later, undated, draft]
    with pytest.raises(InputError, match="was sent"):
        desk.edit(draft, FALSE, "Grete")
    told = [(e.what, e.by) for e in desk.drafts.events(draft)]
    assert told == [("opened", "Grete"), ("checked", "Ole"), ("taken_over", "Ole"), ("sent", "Ole")]


def test_a_mark_left_keeps_a_draft_from_being_sent(desk: Desk, draft: int) -> None:
    desk.edit(draft, f"{TRUE} [SKRIV: se efter]", "Grete")
    assert desk.export(draft, "txt", "Grete")
    with pytest.raises(InputError, match="not written yet"):
        desk.send(draft, "Grete")


def test_fields_are_set_by_name(desk: Desk, draft: int) -> None:
    desk.fill(draft, "spoerger", "Rikke Dam (F)", "Grete")
    desk.fill(draft, "emne", "AI", "Grete")
    desk.fill(draft, "dato", "8. maj 2026", "Grete")
    desk.fill(draft, "sagsnummer_f2", "2026 - 10323", "Grete")
    text = desk.export(draft, "txt", "Grete").decode()
    assert "Politikersvar til Rikke Dam (F) - AI" in text
    assert "08-05-2026" in text and "Sagsnummer i F2\n2026 - 10323" in text
    with pytest.raises(InputError, match="no field"):
        desk.fill(draft, "hvem", "?", "Grete")


def test_the_record_outlives_the_program(desk: Desk, draft: int, tmp_path: Path) -> None:
    desk.edit(draft, TRUE, "Grete")
    again = Records(Home(tmp_path / "records"))
    kept = Drafts(again)
    assert kept.get(draft) == desk.drafts.get(draft)
    assert [v.text for v in kept.versions(draft)][-1] == TRUE
    again.close()
    with pytest.raises(InputError, match="no draft 99"):
        kept_missing = desk.drafts.get(99)
        assert kept_missing


def test_marks_and_the_question_itself_claim_nothing() -> None:
    text = f"{heading(1, 'Hvad er 5 mio. kr.?')}\n\nSvar [SKRIV: 7 mio. kr.] her"
    blanked = claimed(text, ["Hvad er 5 mio. kr.?"])
    assert len(blanked) == len(text) and "5" not in blanked and "7" not in blanked
    assert "5" in claimed(text, ["Hvad er 6 mio. kr.?"])
    assert [text[a:b] for a, b in marks(text)] == ["[SKRIV: 7 mio. kr.]"]


def test_a_draft_is_for_those_who_may_see_all_that_it_tells_of(
    corpus_home: Path, tmp_path: Path
) -> None:
    home = Home(Path(shutil.copytree(corpus_home, tmp_path / "home")))
    whole = Assistant(home)
    (closed,) = whole.catalogue.documents(numbers=["ØU02"])
    catalogue = open_catalogue(home)
    catalogue.decide(closed.id, "closed")
    catalogue.close()
    records = Records(home)
    named = Desk(whole, Drafts(records))
    secret = named.open(read_inquiry("Hvor mange årsværk nedlægger ØU02 i 2025?"), "Grete")
    shared = named.open(read_inquiry("Hvor stor er effektiviseringen i ØU10 i 2027?"), "Grete")
    staff = frozenset[Access]({"public", "staff"})
    seen = Drafts(records, staff)
    assert [d.id for d in seen.all()] == [shared]
    with pytest.raises(InputError, match="no draft"):
        seen.get(secret)
    assert named.drafts.get(secret).access == "closed"
    named.edit(secret, TRUE, "Grete")
    assert [d.id for d in seen.all()] == [shared], "the closed version is still in it"
    own = Desk(whole.seen_by(staff), seen)
    text = own.check(own.open(read_inquiry("Hvor mange årsværk nedlægger ØU02?"), "Ole")).text
    assert "årsværk i 2025" not in text
    named.edit(shared, f"{TRUE} Se ØU02.", "Grete")
    assert shared not in [d.id for d in seen.all()], "a name alone tells that it is there"
    records.close()


@pytest.mark.parametrize("step", ["log", "update", "save"])
def test_a_draft_that_was_not_made_whole_is_not_there(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = desk.drafts.all()

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(desk.drafts, step, killed)
    with pytest.raises(KeyboardInterrupt):
        desk.open(read_inquiry(QUESTION), "Grete")
    assert desk.drafts.all() == before


@pytest.mark.parametrize("step", ["update", "save"])
def test_an_edit_is_kept_whole_or_not_at_all(
    desk: Desk, draft: int, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = desk.drafts.get(draft), desk.drafts.versions(draft)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(desk.drafts, step, killed)
    with pytest.raises(KeyboardInterrupt):
        desk.edit(draft, TRUE, "Grete")
    assert (desk.drafts.get(draft), desk.drafts.versions(draft)) == before
