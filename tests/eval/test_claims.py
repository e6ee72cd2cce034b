"""The gate's yardstick: what is shipped of it is met, and a file that is none is refused."""

from collections import Counter
from pathlib import Path

import pytest

from eval.claims.__main__ import main
from eval.claims.known import OPEN, SHARED, load_sentences
from eval.claims.run import run, table
from rag.errors import InputError

FALSE_KINDS = {"value", "year", "unit", "row", "column", "direction", "status", "actor", "subject"}


def test_the_open_pile_has_every_kind_in_both_languages() -> None:
    sentences = load_sentences()
    assert len({s.id for s in sentences}) == len(sentences)
    kinds = Counter(s.kind for s in sentences if not s.true)
    assert set(kinds) == FALSE_KINDS and min(kinds.values()) >= 10
    assert {s.language for s in sentences if s.true} == {"da", "en"}


def test_false_sentences_on_the_shipped_corpus_are_not_bound() -> None:
    shipped = [s for s in load_sentences() if not s.documents.startswith(SHARED)]
    results = list(run([s for s in shipped if s.documents == "corpus"]))
    assert len(results) > 50
    assert [r.sentence.text for r in results if r.found == "bound" and not r.sentence.true] == []
    true = [r for r in results if r.sentence.true]
    assert sum(not r.right for r in true) <= len(true) * 0.05
    assert table(results)[1].split()[:2] == ["false", "actor"]


def test_what_is_not_here_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pile = tmp_path / "pile.jsonl"
    line = next(n for n in OPEN.read_text("utf8").splitlines() if '"corpus"' in n)
    pile.write_text(line.replace('"corpus"', '"shared/nowhere"') + "\n", "utf8")
    assert main([str(pile)]) == 0
    assert "1 sentences were left out" in capsys.readouterr().out
    pile.write_text("{}", "utf8")
    with pytest.raises(InputError):
        load_sentences(pile)
    assert main([str(pile)]) == 2
