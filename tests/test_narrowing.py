"""Narrowing a document reaches everything that was made before of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from made_pdfs import pdf, proposal_pdf

from draft.desk import Desk
from draft.inquiry import read_inquiry
from draft.records import Drafts
from eval.form import run_json
from eval.own import add_own
from eval.run import run_collections
from eval.runs import Runs
from eval.sets import OWN, offered
from ingest.pipeline import ingest, ingest_letter
from ingest.rebuild import rebuild
from rag.answer import Answer
from rag.chain import Assistant, refresh
from rag.errors import InputError
from rag.home import Home
from rag.redraw import as_seen, told_by
from rag.search.embed import load_embedder
from rag.store.catalogue import Catalogue
from rag.store.conversations import Conversations, feedback
from rag.store.records import Records
from rag.store.told import is_hidden, told_of
from rag.types import Access

ROWS = [("Besparelse", "-100", "-200", "-300", "-400")]
OTHER = [("Gevinst", "-11", "-22", "-33", "-44")]
PUBLIC: frozenset[Access] = frozenset({"public"})
STAFF: frozenset[Access] = frozenset({"public", "staff"})


class House:
    """A data folder with ZX41 and TU07, both public, and what people make of them."""

    def __init__(self, folder: Path) -> None:
        made = [
            proposal_pdf(folder / "zx41.pdf", "ZX41", "Kvaderhuset på Læsø", ROWS),
            proposal_pdf(folder / "tu07.pdf", "TU07", "Lamper på stierne", OTHER),
        ]
        self.home = Home(folder / "home")
        ingest(made, self.home, load_embedder())
        refresh(self.home)
        self.whole = Assistant(self.home)
        self.public, self.staff = self.whole.seen_by(PUBLIC), self.whole.seen_by(STAFF)
        self.records = Records(self.home)

    def narrow(self, number: str = "ZX41", level: Access = "closed") -> None:
        (document,) = self.whole.catalogue.documents(numbers=[number])
        self.whole._indexes.catalogue.decide(document.id, level)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.records.close()
    made.whole.catalogue.close()


# ------------------------------------------------------------------- conversations


@pytest.mark.parametrize(
    "question",
    ["Hvad sparer ZX41 i 2035?", "Hvor mange årsværk koster ZX41?", "Hvad sparer ZX41 i 2027?"],
)
def test_an_answer_kept_in_history_goes_with_the_document(house: House, question: str) -> None:
    answer = house.public.ask(question)
    assert "ZX41" in answer.text
    told = told_by(question, answer, house.public.catalogue)
    mine = Conversations(house.records, "anne")
    turn = mine.add(conversation := mine.start("x"), question, answer, told)
    mine.judge(turn, "down", "ZX41 er forkert", told_of("ZX41 er forkert", house.public.catalogue))
    (kept,) = mine.turns(conversation)
    assert kept.answer and as_seen(kept.answer, house.public.catalogue, kept.told) == kept.answer
    house.narrow()
    assert as_seen(kept.answer, house.public.catalogue, kept.told) is None
    assert as_seen(kept.answer, house.whole.catalogue, kept.told) is not None
    (thumb,) = feedback(house.records)
    assert is_hidden(thumb.told, "", house.public.catalogue)
    # What an older version kept without it is judged by its words.
    assert as_seen(kept.answer, house.public.catalogue) is None


def test_a_question_asked_in_vain_is_no_sign_that_there_is_a_document(house: House) -> None:
    house.narrow()
    for number in ("ZX41", "QQ99"):
        question = f"Hvad sparer {number} i 2027?"
        answer = house.public.ask(question)
        told = told_by(question, answer, house.public.catalogue)
        assert as_seen(answer, house.public.catalogue, told) is not None
        assert as_seen(answer, house.public.catalogue) is not None


def test_a_newer_version_that_is_closed_hides_what_was_made_of_the_older(
    house: House, tmp_path: Path
) -> None:
    question = "Hvad sparer ZX41 i 2035?"
    answer = house.public.ask(question)
    told = told_by(question, answer, house.public.catalogue)
    path = proposal_pdf(tmp_path / "zx41.pdf", "ZY42", "Palæet", ROWS)
    ingest([path], house.home, load_embedder(), access="closed")
    assert as_seen(answer, house.public.catalogue, told) is None


def test_a_common_title_names_no_document(house: House, tmp_path: Path) -> None:
    assert told_of("Et notat om lamper på vejene", house.whole.catalogue) == ()
    assert len(told_of("Se lamper  på Stierne.", house.whole.catalogue)) == 1
    assert len(told_of("Se tu 07", house.whole.catalogue)) == 1


# --------------------------------------------------------------------------- drafts


def opened(house: House, question: str, text: str = "") -> int:
    desk = Desk(house.staff, Drafts(house.records, STAFF, house.staff.catalogue))
    id = desk.open(read_inquiry(question), "Grete")
    if text:
        desk.edit(id, text, "Grete")
    return id


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvad sparer ZX41 i 2027?", ""),
        ("Hvad er nyt?", "ZX41 er nævnt."),
        ("Hvad er nyt?", "Kvaderhuset på Læsø er nævnt."),
        ("Hvad sker der med ZX41, og hvad er nyt?", "Intet."),
    ],
)
def test_a_draft_goes_with_a_document_it_tells_of(house: House, question: str, text: str) -> None:
    id, other = opened(house, question, text), opened(house, "Hvad er gevinsten i TU07 i 2027?")
    drafts = Drafts(house.records, STAFF, house.staff.catalogue)
    assert [d.id for d in drafts.all()] == [other, id]
    house.narrow()
    assert [d.id for d in drafts.all()] == [other]
    with pytest.raises(InputError, match="no draft"):
        drafts.get(id)
    assert Drafts(house.records).get(id)
    # One that an older version kept is judged by its words.
    house.records.database.rows("UPDATE draft SET told = NULL")
    assert [d.id for d in drafts.all()] == [other]


def test_a_reason_tells_too(house: House) -> None:
    id = opened(house, "Hvad er nyt?", "Det koster 5 mio. kr. i 2027.")
    desk = Desk(house.staff, Drafts(house.records, STAFF, house.staff.catalogue))
    (held,) = desk.check(id).held
    desk.accept(id, held, "Grete", "Det står i ZX41")
    house.narrow()
    assert desk.drafts.all() == []


def test_who_drafts_on_what_they_cannot_see_keeps_their_draft(house: House) -> None:
    house.narrow()
    id = opened(house, "Hvad sparer ZX41 i 2027?")
    assert Drafts(house.records, STAFF, house.staff.catalogue).get(id).access == "public"


def test_a_letter_sent_is_as_narrow_as_what_it_rests_on(house: House, tmp_path: Path) -> None:
    id = opened(house, "Hvad er gevinsten i TU07 i 2027?", "Forslaget er godt, jf. ZX41.")
    draft = Drafts(house.records, STAFF, house.staff.catalogue).get(id)
    data = pdf(tmp_path / "brev.pdf", "# Svar", "Forslaget er godt.").read_bytes()
    ingest_letter("brev.pdf", data, house.home, draft.access, draft.rests_on)

    def level() -> Access:
        return next(d.access for d in house.whole.catalogue.documents() if d.file == "brev.pdf")

    assert level() == "public"
    house.narrow(level="staff")
    assert level() == "staff"
    house.whole._indexes.catalogue.decide_file("brev.pdf", "staff")
    house.narrow()
    assert level() == "closed"
    ingest_letter("brev.pdf", data + b" ", house.home, "public")
    assert level() == "closed"


def test_a_letter_follows_what_is_read_in_the_place_of_what_it_rests_on(tmp_path: Path) -> None:
    home, folder = Home(tmp_path / "home"), tmp_path / "ind"
    folder.mkdir()

    def agenda(*items: str, more: str = "") -> None:
        lines = [line for n, item in enumerate(items, 1)
                 for line in (f"# Punkt {n}: {item}", f"Om {item}. {more}")]  # fmt: skip
        ingest([pdf(folder / "dagsorden.pdf", *lines)], home, load_embedder())

    def catalogue() -> Catalogue:
        return Catalogue(home)

    def level(title: str) -> Access:
        with closing(catalogue()) as opened:
            return next(d.access for d in opened.documents() if title in (d.title, d.file))

    agenda("Vejene", "Skolen", "Havnen")
    with closing(catalogue()) as opened:
        school = next(d.id for d in opened.documents() if d.title == "Skolen")
    data = pdf(tmp_path / "brev.pdf", "# Svar", "Skolen er god.").read_bytes()
    ingest_letter("brev.pdf", data, home, "public", [school])
    agenda("Vejene", "Skolen", "Havnen", more="Nyt.")
    with closing(catalogue()) as opened:
        (road, new) = [d.id for d in opened.documents() if d.title in ("Vejene", "Skolen")]
        assert new != school
        opened.decide(road, "closed")
        assert level("brev.pdf") == "public"
        opened.decide(new, "staff")
    assert level("brev.pdf") == "staff"
    # Also after another one, which lacks what was closed, and when the catalogue is made again.
    agenda("Skolen", "Havnen", more="Nyest.")
    assert level("brev.pdf") == level("Skolen") == "closed"
    home.catalogue.unlink()
    rebuild(home)
    with closing(catalogue()) as opened:
        opened.decide(next(d.id for d in opened.documents() if d.title == "Skolen"), "staff")
    assert level("brev.pdf") == level("Skolen") == "staff"


def test_where_no_title_is_as_before_a_letter_is_as_narrow_as_all_of_the_file(
    tmp_path: Path,
) -> None:
    home, path = Home(tmp_path / "home"), tmp_path / "a.pdf"
    ingest([pdf(path, "# Skolen", "Om skolen.")], home, load_embedder())
    with closing(Catalogue(home)) as opened:
        (school,) = [d.id for d in opened.documents()]
    data = pdf(tmp_path / "brev.pdf", "# Svar", "Skolen er god.").read_bytes()
    ingest_letter("brev.pdf", data, home, "public", [school])
    pdf(path, "# Punkt 1: Skolerne", "Om skolen.", "# Punkt 2: Lukket punkt", "Om x.")
    ingest([path], home, load_embedder())
    with closing(Catalogue(home)) as opened:
        assert {d.file: d.access for d in opened.documents()}["brev.pdf"] == "closed"


# ----------------------------------------------------------------------- evaluation


def own(house: House, levels: frozenset[Access]) -> dict[str, object]:
    (collection,) = [c for c in offered(house.home) if c.name == OWN]
    run = run_json(run_collections([collection], house.home, levels=levels))
    Runs(house.records).add(run)
    return run


def test_runs_and_known_answers_go_with_the_document(house: House) -> None:
    for number in ("ZX41", "TU07"):
        figures = [{"amount": -200000, "unit": "kr.", "year": 2027}]
        add_own(house.home, {"id": number, "question": f"Hvad er besparelsen i {number} i 2027?",
                "language": "da", "type": "lookup",
                "expected": {"status": "answered", "figures": figures}})  # fmt: skip
    assert len(own(house, PUBLIC)["outcomes"]) == 2  # type: ignore[arg-type]
    (kept,) = Runs(house.records).all()
    assert kept.is_seen(PUBLIC, house.public.catalogue)
    house.narrow()
    assert not kept.is_seen(PUBLIC, house.public.catalogue)
    assert kept.is_seen(PUBLIC | {"closed"}, house.whole.seen_by(PUBLIC | {"closed"}).catalogue)
    assert not kept._replace(told=None).is_seen(PUBLIC, house.public.catalogue)
    run = own(house, PUBLIC)
    assert [o["id"] for o in run["outcomes"]] == ["TU07"]  # type: ignore[attr-defined]
    assert "ZX41" not in json.dumps(run)


# ---------------------------------------------------------------------------- ranks


def test_what_hidden_documents_hold_does_not_show_in_ranks(tmp_path: Path) -> None:
    plain = [
        pdf(tmp_path / "a.pdf", "# Hus", "Kvaderhuset har mange rum, og taget er nyt."),
        pdf(tmp_path / "b.pdf", "# Tag", "Lamperne har mange rum, og taget er nyt."),
        *(pdf(tmp_path / f"c{n}.pdf", "# Vej", f"Lamperne nr. {n} er nye.") for n in range(3)),
    ]
    secret = [
        pdf(tmp_path / f"s{n}.pdf", "# Hus", f"Kvaderhuset nr. {n} er nyt.") for n in range(12)
    ]
    ranks = []
    for name, hidden in (("without", []), ("with", secret)):
        home = Home(tmp_path / name)
        ingest(plain, home, load_embedder())
        ingest(hidden, home, load_embedder(), access="closed")
        refresh(home)
        whole = Assistant(home)
        seen = whole.seen_by(PUBLIC)
        found = seen.retriever.words.search([("kvaderhus", 1.0), ("lampe", 1.0)], 9)
        text = {p.id: p.text for p in whole.catalogue.passages()}
        ranks.append([text[id] for id, _ in found])
        whole.catalogue.close()
    assert ranks[0] and ranks[0] == ranks[1]


def test_an_answer_to_nobody_tells_of_nothing(house: House) -> None:
    assert told_by("Hej?", Answer("not_found", "da"), house.public.catalogue) == ()
