"""The reader, on its bundled model: pairs, spans, and what it tells apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from rag.answering.reader import BEGIN, END, TOKENIZER, Read, encoded, load_reader
from rag.answering.windows import Window, windows
from rag.errors import ModelError
from rag.types import CouncilDocument, Passage

DOCUMENT = CouncilDocument("d", "s", "d.pdf", "budgetnotat", "Havnebadet i Vejle")


def window(text: str) -> Window:
    (found,) = windows(Passage("p", "d", 1, 0, len(text), "", text), DOCUMENT)
    return found


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    found = Tokenizer.from_file(str(TOKENIZER))
    found.no_padding()
    found.no_truncation()
    return found


@given(text=st.text("abcæøå 12.\n", min_size=1, max_size=80), at=st.integers(0, 79))
def test_tokens_of_a_range_cover_it(tokenizer: Tokenizer, text: str, at: int) -> None:
    pair = encoded(tokenizer, "Hvad koster det?", "Havnebadet", text)
    assert pair.ids[0] == BEGIN and pair.ids[-1] == END
    if at < len(text) and not text[at].isspace():
        tokens = pair.tokens(at, at + 1)
        assert tokens is not None
        start, end = pair.offsets[tokens[0] - pair.first]
        assert start <= at < end


def test_the_span_is_the_likeliest_that_does_not_end_before_it_starts() -> None:
    offsets = ((0, 3), (4, 7), (8, 11))
    starts, ends = np.array([0.1, 0.2, 0.7]), np.array([0.6, 0.3, 0.1])
    read = Read(window("abc def ghi"), 0.0, offsets, starts, ends)
    # 0.1·0.6, 0.2·0.3 and 0.7·0.1 lie on or after the diagonal; the last is most.
    assert read.span == (8, 11)
    assert read.share(0, 11) == pytest.approx(1.0)
    assert read.share(0, 3) == pytest.approx((0.1 * 0.6) ** 0.5)


def test_it_prefers_what_answers_and_marks_the_words() -> None:
    texts = [
        "Havnebadet åbner den 1. juni 2026.",
        "Anlægget af havnebadet koster 12,5 mio. kr.",
        "Kommunen har 14 skoler og 9 børnehaver.",
    ]
    reads = load_reader().read("Hvad koster havnebadet?", [window(t) for t in texts])
    best = max(reads, key=lambda read: read.score)
    start, end = best.span
    assert "12,5" in best.window.text[start:end]


def test_windows_read_together_are_read_as_alone() -> None:
    texts = [window("Badet koster 3 mio. kr."), window("Det blev vedtaget den 4. marts. " * 9)]
    together = load_reader().read("Hvad koster badet?", texts)
    alone = [load_reader().read("Hvad koster badet?", [text])[0] for text in texts]
    for one, other in zip(together, alone, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-3)
        assert one.span == other.span


def test_a_missing_model_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("rag.answering.reader.Reader.__init__", _missing)
    load_reader.cache_clear()
    try:
        with pytest.raises(ModelError):
            load_reader()
    finally:
        load_reader.cache_clear()


def _missing(self: object, folder: object) -> None:
    raise FileNotFoundError("model.onnx")
