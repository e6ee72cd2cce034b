"""Questions to real documents: their piles, their evidence, how answers are judged and summed."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from cli import app
from eval.fields import Line
from eval.real.evidence import taken, words_of
from eval.real.judge import Judge
from eval.real.known import Pile, RealQuestion, load_pile, read_question
from eval.real.measures import curve, interval, tally
from eval.real.report import log_opening, pile_json
from eval.real.run import RealOutcome, run_piles
from eval.real.source import text_of
from eval.real.told import Number, numbers_in, tells_date
from rag.errors import InputError
from rag.home import CHECKOUT, Home
from tests.ingest.test_read_firstagenda import item, meeting
from tests.made_pdfs import pdf

SHARED = CHECKOUT.parent / "shared"


def question(**more: object) -> RealQuestion:
    base = {"id": "q", "document": "a.txt", "question": "Hvad koster taget?", "language": "da"}
    base |= {"voice": "officer", "kind": "prose_figure", "words": [["tag"]]}
    place = {"document": "a.txt", "file": "f", "offset": 0, "length": 3, "words": "w"}
    return read_question(Line(Path("q"), 1), json.dumps({**base, "evidence": [place], **more}))


# ---------------------------------------------------------------- the piles


def test_no_meeting_and_no_municipality_is_in_two_piles() -> None:
    """Evidence counts too: what a pile is asked about is what could be learnt of it."""
    files: dict[str, set[str]] = {}
    for pile in get_args(Pile):
        for q in load_pile(pile):
            for document in (q.document, *(e.document for e in q.evidence)):
                files.setdefault(document.partition("#")[0], set()).add(pile)
    assert {file: piles for file, piles in files.items() if len(piles) > 1} == {}


def test_the_piles_are_as_large_and_as_mixed_as_they_must_be() -> None:
    piles = {pile: load_pile(pile) for pile in get_args(Pile)}
    everything = [q for found in piles.values() for q in found]
    assert len(everything) >= 2500 and len({q.id for q in everything}) == len(everything)
    assert len({q.document for q in everything}) >= 400
    assert min(len(piles["tune"]), len(piles["shut"])) >= 300
    share = len([q for q in everything if q.language == "en"]) / len(everything)
    trapped = len([q for q in everything if q.trap]) / len(everything)
    assert 0.18 < share < 0.25 and 0.12 < trapped < 0.17
    assert {q.writer for q in everything} == {*range(1, 8), *range(11, 15)}
    shut = {q.document for q in piles["shut"]}
    assert len({d for d in shut if "excerpts" in d}) >= 20 and any("firstagenda" in d for d in shut)


@pytest.mark.skipif(not (SHARED / "real").is_dir(), reason="the real documents are not here")
def test_evidence_still_stands_where_it_was() -> None:
    for entry in (e for q in load_pile("tune") for e in q.evidence):
        assert words_of(SHARED, entry)


@pytest.mark.skipif(not (SHARED / "real").is_dir(), reason="the real documents are not here")
def test_no_municipality_of_the_shut_pile_is_in_another() -> None:
    def municipalities(*piles: Pile) -> set[str]:
        documents = {q.document for p in piles for q in load_pile(p) if "excerpts" in q.document}
        heads = (text_of(SHARED, document).split("|")[0] for document in documents)
        return {head.removeprefix("Kommune:").strip() for head in heads}

    assert len(municipalities("shut")) >= 20
    assert municipalities("shut") & municipalities("learn", "tune") == set()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"trap": "never_told"}, "both"),
        ({"words": []}, "either"),
        ({"evidence": []}, "evidence"),
        ({"dates": ["12/6 2024"]}, "YYYY"),
        ({"kind": "guess"}, "kind"),
        ({"quote": "x"}, "quote"),
    ],
)
def test_a_question_that_nothing_could_be_judged_by_is_refused(
    more: dict[str, object], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        question(**more)


# ------------------------------------------------------------- the evidence


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A small world of documents, laid out as the real ones are."""
    made = tmp_path / "shared"
    for folder in ("real/firstagenda", "real/excerpts", "originals", "pdfs"):
        (made / folder).mkdir(parents=True)
    pool = item(
        "Svømmehallens tag",
        "<h3>Beslutning</h3><p>Byrådet godkendte tilbuddet den 3. maj 2023.</p>"
        "<h3>Fremstilling</h3><p>Taget på svømmehallen koster 1,4 mio. kr. i 2024.</p>",
        Id="i1",
    )
    (made / "real/firstagenda/moede.json").write_bytes(meeting(pool))
    (made / "real/excerpts/1.txt").write_text(
        "Kommune: Odder | Type: takster\nEn plads i Odder Svømmeklub koster 250 kr. om måneden.\n"
        "Formand for klubben er Asta Holm.\n",
        "utf8",
    )
    (made / "originals/o.txt").write_text("Et notat om veje.\n", "utf8")
    for name in ("aarhus_byraad_2025-08-27", "dagsbil"):
        pdf(made / f"pdfs/{name}.pdf", "Et notat om broer.")
    return made


def test_the_words_of_documents_are_read_as_they_always_were(shared: Path) -> None:
    """Offsets are committed: whoever changes this text moves them all."""
    assert text_of(shared, "real/firstagenda/moede.json#i1") == (
        "Svømmehallens tag\n23-001122\nBeslutning\nByrådet godkendte tilbuddet den 3. maj 2023.\n"
        "Fremstilling\nTaget på svømmehallen koster 1,4 mio. kr. i 2024."
    )


def test_evidence_is_found_again_and_a_changed_document_is_told(shared: Path) -> None:
    document = "real/excerpts/1.txt"
    evidence = taken(shared, document, "250 kr. om måneden")
    assert words_of(shared, evidence) == "250 kr. om måneden"
    assert "250" not in evidence.words
    with pytest.raises(InputError, match="does not stand there"):
        taken(shared, document, "300 kr.")
    (shared / document).write_text("Kommune: Odder\nAndet.\n", "utf8")
    from eval.real.source import sha256_of

    sha256_of.cache_clear()
    with pytest.raises(InputError, match="another one"):
        words_of(shared, evidence)
    with pytest.raises(InputError, match="no such document"):
        words_of(shared, type(evidence)("real/excerpts/2.txt", "f", 0, 1, "w"))


# ---------------------------------------------------------- what is told


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("1,4 mio. kr.", "1400000", "money"),
        ("1.234.500 kr.", "1234500", "money"),
        ("1,234,500 kr.", "1234500", "money"),
        ("2.200 t.kr.", "2200000", "money"),
        ("-2,5 pct.", "2.5", "percent"),
        ("2,5 procentpoint", "2.5", "points"),
        ("8,4 promille", "8.4", "promille"),
        ("12 500 elever", "12500", None),
        ("3½ stilling", "3.5", None),
        ("syv medlemmer", "7", None),
        ("1,5 mia. kr.", "1500000000", "money"),
        ("1.2 million", "1200000", "money"),
    ],
)
def test_a_number_is_read_with_its_scale_and_measure(text: str, value: str, measure: str) -> None:
    assert any(Decimal(value) in n.values and n.measure == measure for n in numbers_in(text))


def test_a_lone_mark_with_one_or_two_digits_is_a_decimal() -> None:
    assert numbers_in("2,5 pct.") == [Number(frozenset({Decimal("2.5")}), "percent")]


@pytest.mark.parametrize(
    "text", ["3. maj 2022", "3/5-2021", "May 3, 2021", "3-5 personer", "3.5 mio. kr."]
)
def test_another_years_day_and_a_bare_range_are_no_date(text: str) -> None:
    assert not tells_date(text, "2023-05-03")


def test_both_ends_of_a_range_have_its_unit() -> None:
    found = numbers_in("18-24 mio. kr.")
    assert [n.measure for n in found] == ["money", "money"]
    assert [Decimal(e) * 10**6 in n.values for e, n in zip((18, 24), found, strict=True)] == [
        True
    ] * 2


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1990, 2040))
def test_a_date_is_found_however_it_is_written(day: int, month: int, year: int) -> None:

    from rag.text.dates import spoken_date

    date = dt.date(year, month, day)
    for told in (
        spoken_date(date, "da"),
        spoken_date(date, "en"),
        f"{day}.{month}.{year}",
        f"{day:02}/{month:02}-{year}",
        date.isoformat(),
    ):
        assert tells_date(f"Mødet er {told}.", date.isoformat()), told
        other = date.replace(day=day % 28 + 1)
        assert not tells_date(f"Mødet er {told}.", other.isoformat()), told


# ------------------------------------------------------------- a whole run


def known(shared: Path, name: str, text: str, quote: str, document: str, **more: object) -> str:
    entry = {"id": name, "document": document, "question": text, "language": "da"}
    entry |= {"voice": "officer", "kind": "prose_figure", "writer": 1}
    if "trap" not in more:
        entry["evidence"] = [vars(taken(shared, document, quote))]
    return json.dumps({**entry, **more}, ensure_ascii=False)


def test_a_run_asks_each_place_and_judges_what_a_user_meets(shared: Path, tmp_path: Path) -> None:
    item_, text = "real/firstagenda/moede.json#i1", "real/excerpts/1.txt"
    price = {"figures": [{"amount": 1400000, "unit": "kr."}]}
    tag, cost = "Hvad koster svømmehallens tag i 2024?", "1,4 mio. kr. i 2024"
    wrong = {"figures": [{"amount": 1500000, "unit": "kr."}]}
    asta = {"kind": "who", "words": [["Asta Holm"]]}
    lines = [
        known(shared, "right", tag, cost, item_, **price),
        known(shared, "other", tag, cost, item_, **wrong),
        known(shared, "who", "Hvem er formand for Odder Svømmeklub?", "Asta Holm", text, **asta),
        known(shared, "trap", "Hvad koster ridehallens gulv?", "", item_, trap="never_told"),
    ]
    folder = tmp_path / "piles"
    folder.mkdir()
    (folder / "tune.jsonl").write_text("\n".join(lines), "utf8")
    heard: list[str] = []
    home = Home(tmp_path / "home")
    [(pile, outcomes)] = run_piles(
        shared, home, ["tune"], lambda what, done, total: heard.append(what), folder
    )
    verdicts = {o.question.id: o.verdict for o in outcomes}
    assert pile == "tune" and verdicts["right"] == "right" and verdicts["trap"] == "right"
    assert verdicts["other"] == "wrong_figure"
    assert verdicts["who"] in ("right", "near")
    assert {"greve", "others"} <= set(heard)
    told = pile_json("tune", outcomes)
    assert told["greve"]["questions"] == 3 and len(told["outcomes"]) == 4
    log = tmp_path / "log.jsonl"
    log_opening(outcomes, log)
    log_opening(outcomes, log)
    first, second = map(json.loads, log.read_text("utf8").splitlines())
    assert re.fullmatch(r"[0-9a-f]{40}\+?", first["commit"]) and first["totals"] == second["totals"]
    assert not any("Holm" in json.dumps(e) for e in (first, pile_json("shut", outcomes)))


def test_where_the_documents_are_not_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to measure"):
        run_piles(tmp_path, Home(tmp_path / "home"), ["tune"])


def test_the_shut_pile_is_opened_of_real_documents_only() -> None:
    result = CliRunner().invoke(app, ["eval", "--shut"])
    assert result.exit_code == 2 and "--real" in result.output


# ------------------------------------------------------------------ measures


def outcome(verdict: str, confidence: float | None = None, trap: str | None = None) -> RealOutcome:
    from rag.answer import Answer

    claims = verdict in ("right", "wrong", "wrong_figure") and trap is None
    answer = Answer("answered" if claims else "not_found", "da")
    asked = question(trap=trap, words=[], evidence=[]) if trap else question()
    return RealOutcome(asked, answer, verdict, confidence)  # type: ignore[arg-type]


def test_wrong_counts_wrong_figures_and_traps_are_not_answerable() -> None:
    found = [*map(outcome, ("right", "wrong", "wrong_figure", "near", "refused"))]
    of = tally([*found, outcome("right", trap="never_told")])
    assert (of.right, of.wrong, of.wrong_figures, of.near, of.refused) == (2, 2, 1, 1, 1)
    assert (of.answerable, of.answered) == (5, 3)
    assert of.share(3) == "50 % (19-81 %)"


def test_the_area_grows_with_more_wrong_answers_and_with_fewer_answers() -> None:
    right, wrong, refused = outcome("right"), outcome("wrong"), outcome("refused")
    good = curve([right] * 6 + [refused] * 4).area
    assert good < curve([right] * 6 + [wrong] * 4).area
    assert good < curve([right] * 4 + [refused] * 6).area
    # All claims right: no risk up to 6 of 10, then 1/7, 2/8, 3/9 and 4/10.
    assert good == pytest.approx((1 / 7 + 2 / 8 + 3 / 9 + 4 / 10) / 10)


def test_an_answer_that_is_sure_and_wrong_costs_more_than_an_unsure_one() -> None:
    sure = curve([outcome("wrong", 0.9), outcome("right", 0.5)]).area
    assert sure > curve([outcome("wrong", 0.5), outcome("right", 0.9)]).area


@given(st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_the_share(of: tuple[int, int]) -> None:
    low, high = interval(*of)
    assert 0 <= low <= (of[0] / of[1] if of[1] else 0.5) + 1e-12 and high <= 1
    assert high >= (of[0] / of[1] if of[1] else 0.5) - 1e-12


def test_a_number_without_a_unit_is_of_no_measure() -> None:
    assert numbers_in("i 14 dage") == [Number(frozenset({Decimal(14)}), None)]


def test_a_question_that_failed_is_an_error() -> None:
    assert Judge(Path()).verdict(question(), None) == "error"
