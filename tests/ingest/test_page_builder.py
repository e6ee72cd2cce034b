"""Offsets fit the text whatever is added."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ingest.read.build import PageBuilder, SourceBuilder, clean
from rag.store.source import Box

BOX = Box(1, 2, 3, 4)
texts = st.text(max_size=12)
words = st.text(st.sampled_from("aåe\u0301\u030a \u00ad\n\t-1"), max_size=5)
runs = st.lists(st.tuples(words, st.sampled_from([BOX, None])), max_size=5)
contents = st.one_of(texts, runs)


@given(
    st.lists(st.tuples(st.sampled_from(["heading", "paragraph", "item"]), texts), max_size=6),
    st.lists(st.lists(texts, min_size=1, max_size=4), max_size=4),
)
def test_ranges_hold_what_was_added(blocks, rows):
    builder = SourceBuilder()
    page = builder.page()
    added = [(kind, clean(text)) for kind, text in blocks if page.add(kind, text)]
    table = builder.new_table()
    for cells in rows:
        if page.row(cells, table):
            added.append(("row", "\t".join(clean(cell) for cell in cells)))
    source = builder.source(b"x", "x.txt", "text/plain", paged=False)
    assert [(b.kind, source.text(b)) for b in source.blocks] == added
    assert source.pages[0].text == "\n".join(text for _, text in added)
    kept = [[clean(c) for c in cells] for cells in rows if any(clean(c) for c in cells)]
    got = [list(source.cell_texts(b)) for b in source.blocks if b.kind == "row"]
    assert got == kept


@given(st.lists(contents, max_size=5), st.lists(contents, min_size=1, max_size=4))
def test_spans_in_range_ordered_and_visible(blocks, cells):
    builder = PageBuilder(1)
    for content in blocks:
        builder.add("paragraph", content)
    builder.row(cells, 1)
    page = builder.page()
    assert unicodedata.is_normalized("NFC", page.text)
    end = 0
    for span in page.spans:
        assert end <= span.start < span.end <= len(page.text)
        assert page.text[span.start : span.end].strip() == page.text[span.start : span.end]
        end = span.end
    for block in builder.blocks:
        assert 0 <= block.start < block.end <= len(page.text)
        assert "\n" not in page.text[block.start : block.end]
        for a, b in block.cells:
            assert block.start <= a <= b <= block.end
            assert "\t" not in page.text[a:b]


@given(texts)
def test_clean_is_idempotent(text):
    assert clean(clean(text)) == clean(text)


def test_runs_are_joined_as_given():
    page = PageBuilder(1)
    page.add("paragraph", [("omstil", BOX), ("lingsplan", BOX), (" ", None), ("i\u00ad dag", BOX)])
    assert page.page().text == "omstillingsplan i dag"
    assert [(s.start, s.end) for s in page.page().spans] == [(0, 6), (6, 15), (16, 21)]


def test_blank_cells_are_empty_ranges():
    page = PageBuilder(1)
    assert page.row(["Netto", "", "-2,5", ""], 1)
    assert not page.row(["", " "], 1)
    (block,) = page.blocks
    assert page.page().text == "Netto\t\t-2,5\t"
    assert block.cells == ((0, 5), (6, 6), (7, 11), (12, 12))
