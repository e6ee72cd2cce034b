from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ui.safe import html, label

MARKDOWN = MarkdownIt("gfm-like", {"linkify": False})
NASTY = [
    "koster $5 mio.$ og *mere*",
    "<script>alert(1)</script> & <b>fed</b>",
    "_a_ __b__ ~~c~~ `d` | e",
    "[link](http://example.org) www.example.org a@example.org",
    ":red[rød] :smile: :material/home:",
    "# 1. Resumé",
    "- punkt",
    "1. punkt",
    "> citat",
    "---",
    "a -> b <- c => d",
    "&amp; &#36; \\",
]


def shown(markdown: str) -> str:
    """What a reader of the Markdown sees, were it HTML; fails if there is any markup."""
    rendered = MARKDOWN.render(markdown).strip()
    inner = re.fullmatch(r"<p>([^<]*)</p>", rendered)
    assert inner, rendered
    return unescape(inner[1]).replace("\u2060", "")


@pytest.mark.parametrize("text", NASTY)
def test_label_shows_the_letters_of_text_that_looks_like_markup(text: str) -> None:
    assert shown(label(text)) == text


@given(st.text(st.sampled_from("aæ 1$*_~`<>[]()#+-.!|&:;\\/@={}^\"'"), min_size=1))
def test_label_shows_any_text_letter_by_letter(text: str) -> None:
    line = " ".join(text.split())
    if line:
        assert shown(label(text)) == line


def test_label_leaves_no_latex_directive_name_or_arrow() -> None:
    safe = label("$x$ :red[y] :smile: a -> b www.dr.dk")
    assert not re.search(r"(?<!\\)\$|:\w|->|www\.", safe)


@given(st.text())
def test_html_shows_any_text_letter_by_letter(text: str) -> None:
    safe = html(text)
    assert unescape(safe) == text
    assert not re.search(r"[<>\"']", safe)
