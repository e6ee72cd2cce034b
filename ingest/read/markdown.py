"""Reads Markdown (CommonMark with pipe tables)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.read.build import PageBuilder, SourceBuilder
from ingest.read.grid import add_grid
from ingest.read.text_lines import unmark
from rag.store.source import BlockKind, SourceDocument

_FRONT = re.compile(r"\A---\s*\n(.*?)\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_FIELD = re.compile(r"^([\w -]+):\s*(.+)$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


def read_markdown(path: str, data: bytes, text: str) -> SourceDocument:
    """Return the content of a Markdown file: `data` are its bytes, decoded in `text`.

    Mark-up is removed: of a link its text stays, of embedded HTML its content.
    A front matter's fields are metadata. The file is one page.
    """
    metadata: dict[str, str] = {}
    front = _FRONT.match(text)
    if front:
        metadata = {k.strip().lower(): v.strip(" \"'") for k, v in _FIELD.findall(front[1])}
        text = text[front.end() :]
    builder = SourceBuilder()
    page = builder.page()
    parser = MarkdownIt("commonmark").enable("table")
    # Pipe-less continuation lines and hard breaks both end up as one line.
    _add(parser.parse(_COMMENT.sub(" ", text)), page, builder)
    return builder.source(data, path, "text/markdown", paged=False, metadata=metadata)


def _add(tokens: Sequence[Token], page: PageBuilder, builder: SourceBuilder) -> None:
    lists: list[Token] = []
    rows: list[list[str]] = []
    heads = 0
    number = ""
    kind: BlockKind = "paragraph"
    level = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = f"{token.info}{token.markup} " if token.info else ""
            kind, level = "item", len(lists) - 1
        elif token.type == "heading_open":
            kind, level = "heading", int(token.tag[1:])
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "thead_close":
            heads = len(rows)
        elif token.type == "table_close":
            add_grid(page, builder.new_table(), rows, heads if any(rows[0][1:]) else 0)
            rows, heads = [], 0
        elif token.type == "inline" and rows:
            rows[-1].append(plain(token))
        elif token.type == "inline":
            _lines(page, kind, number, plain(token), level)
            kind, level, number = "paragraph", 0, ""
        elif token.type in ("fence", "code_block", "html_block"):
            for line in unmark_block(token.content).splitlines():
                page.add("paragraph", line)


def _lines(page: PageBuilder, kind: BlockKind, number: str, text: str, level: int) -> None:
    """Add a block; a hard break in a paragraph starts a new one, as in an address."""
    for line in text.split("\v"):
        page.add(kind, number + line, level)
        number = ""


def plain(token: Token) -> str:
    """Return an inline token's text; a hard break is a vertical tab."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append("\n")
        elif child.type == "hardbreak" or re.fullmatch(r"<br\s*/?>", child.content, re.IGNORECASE):
            parts.append("\v")
        elif child.type == "image":
            parts.append(plain(child))
    return "".join(parts)


def unmark_block(text: str) -> str:
    """Return a block of embedded HTML or code without tags."""
    return re.sub(r"</?[a-zA-Z][^<>]*>", " ", unmark(text))
