"""Markdown, with pipe tables and embedded HTML."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import Unreadable, read_bytes

TEXT = """---
title: "Låse på rådhuset"
---
# Nye *låse*

Dørene binder
om [vinteren](#), og <b>ingen</b> `kan` lukke.\\
Ny linje & én til.

## Forslag ##

- Første
  over to linjer
  - under
- Anden

3. Tredje

| 1.000 kr. | 2026 | 2027 |
|:--|--:|--:|
| **Drift** | | |
| Løn | -1,5 | |

<table><tr><td>Indlejret</td></tr></table>

<!-- skjult -->
> Citat
"""


def test_blocks():
    source = read_bytes("a.md", TEXT.encode())
    assert source.metadata == {"title": "Låse på rådhuset"}
    assert source.media_type == "text/markdown"
    found = [(b.kind, b.level, b.head, source.text(b)) for b in source.blocks]
    assert found == [
        ("heading", 1, False, "Nye låse"),
        ("paragraph", 0, False, "Dørene binder om vinteren, og ingen kan lukke."),
        ("paragraph", 0, False, "Ny linje & én til."),
        ("heading", 2, False, "Forslag"),
        ("item", 0, False, "Første over to linjer"),
        ("item", 1, False, "under"),
        ("item", 0, False, "Anden"),
        ("item", 0, False, "3. Tredje"),
        ("row", 0, True, "1.000 kr.\t2026\t2027"),
        ("row", 0, False, "Drift\t\t"),
        ("row", 0, False, "Løn\t-1,5\t"),
        ("paragraph", 0, False, "Indlejret"),
        ("paragraph", 0, False, "Citat"),
    ]


PARTS = st.sampled_from(
    ["# ", "- ", "1. ", "| a | b |\n", "|--|--|\n", "\n", "x", "<b>", "> ", "  "]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(PARTS, max_size=30).map("".join)))
def test_any_text_is_read_or_refused(text):
    try:
        source = read_bytes("a.md", text.encode())
    except Unreadable:
        return
    assert source.pages[0].text.split("\n") == [source.text(b) for b in source.blocks]
