"""Known answers for drafts: what is reached is held; the judging itself can fail."""

from decimal import Decimal
from pathlib import Path

import pytest

from draft.desk import Desk
from draft.records import Drafts
from eval.drafts import MEASURES, KnownDraft, Part, load, run, score
from eval.drafts import ExpectedFigure as Expected
from rag.chain import Assistant
from rag.errors import InputError
from rag.home import Home
from rag.store.records import Records

MISSED = {"figures_right": 2, "sources_right": 1, "parts_answered": 1}
"""How many drafts are known to miss a measure; lower it with what is mended."""


def test_the_known_drafts_reach_what_they_did(tmp_path: Path) -> None:
    known = load()
    assert len(known) >= 20
    scores = list(run(known, Home(tmp_path)))
    missed = {m: [s.id for s in scores if not getattr(s, m)] for m in MEASURES}
    assert all(len(ids) <= MISSED.get(m, 0) for m, ids in missed.items()), missed
    assert all(s.altered in (1.0, None) for s in scores), "an altered figure went out"


@pytest.mark.parametrize(
    ("part", "sources", "measure"),
    [
        (Part((Expected(Decimal(5), "årsværk", 2029),)), ["oeu10"], "figures_right"),
        (Part((Expected(Decimal(4), "årsværk", 2028),)), ["oeu10"], "figures_right"),
        (Part(words=("noget helt andet",)), ["oeu10"], "figures_right"),
        (Part(), ["oeu02"], "sources_right"),
        (Part(refused=True), ["oeu10"], "parts_answered"),
        (Part(refused=True), ["oeu10"], "nothing_invented"),
    ],
)
def test_a_wrong_expectation_is_missed(
    part: Part, sources: list[str], measure: str, assistant: Assistant, tmp_path: Path
) -> None:
    files = {d.file for d in assistant.catalogue.documents()}
    named = frozenset(f for f in files if f.startswith(tuple(sources)))
    known = KnownDraft("x", "shipped", "Hvor mange årsværk sparer ØU10 i 2029?", (part,), named)
    records = Records(Home(tmp_path))
    assert not getattr(score(known, Desk(assistant, Drafts(records))), measure)
    records.close()


def test_a_line_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    path.write_text('{"id": "x"}\n', "utf8")
    with pytest.raises(InputError, match=r"drafts\.jsonl:1"):
        load(path)
