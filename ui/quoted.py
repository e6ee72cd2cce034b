"""Quotes as HTML: a table row with its columns, or words in their context."""

from __future__ import annotations

from textwrap import shorten

from rag.answer import Citation
from rag.store.source import Page
from rag.types import CouncilDocument, Language, Row, Table
from ui import texts
from ui.safe import html

_EXCERPT = 60  # characters
_NEIGHBOUR = 280  # characters shown of the paragraph before and after


def where(citation: Citation, language: Language) -> str:
    """Return where a quote stands: "side 2", or section and paragraph, as plain text."""
    if citation.document.paged:
        return f"{texts.PAGE.in_(language)} {citation.place.page}"
    parts = []
    if citation.place.section:
        parts.append(f"{texts.SECTION.in_(language)} »{citation.place.section}«")
    if citation.place.paragraph is not None:
        parts.append(f"{texts.PARAGRAPH.in_(language)} {citation.place.paragraph}")
    return ", ".join(parts)


def is_row(citation: Citation) -> bool:
    """Tell whether a quote is a table row: its cells are separated by tabs."""
    return "\t" in citation.quote


def excerpt(citation: Citation) -> str:
    """Return a few words that tell a quote from others: a row's label, or those at its mark."""
    if is_row(citation):
        return citation.quote.split("\t")[0]
    quote = " ".join(citation.quote.split())
    start = max(0, citation.mark.start - citation.place.start - _EXCERPT // 2)
    start = quote.rfind(" ", 0, start) + 1 if start else 0
    words = shorten(quote[start:], _EXCERPT, placeholder=" …")
    return f"… {words}" if start else words


def row_html(citation: Citation, document: CouncilDocument | None, language: Language) -> str:
    """Return a quoted table row, under its table's columns where `document` has the table."""
    found = _row(citation, document) if document else None
    head = ""
    cells = [html(cell) for cell in citation.quote.split("\t")]
    if found is not None:
        table, row = found
        corner, *heads = [html(column.head) for column in table.columns]
        named = "".join(f'<th scope="col">{head}</th>' for head in heads)
        head = f"<thead><tr><td>{corner}</td>{named}</tr></thead>"
        cells = [_marked(html(c.text), c.start, c.end, citation) for c in row.cells or ()]
    first, *rest = cells
    values = "".join(f"<td>{cell}</td>" for cell in rest)
    return (
        f'<div class="scroll" tabindex="0"><table class="figures" lang="da">'
        f"<caption>{texts.QUOTED_ROW.in_(language)}</caption>{head}"
        f'<tbody><tr><th scope="row">{first}</th>{values}</tr></tbody></table></div>'
    )


def quote_html(citation: Citation, language: Language) -> str:
    """Return a quoted sentence."""
    return (
        f'<blockquote lang="da" aria-label="{texts.QUOTE.in_(language)}">'
        f"»{html(citation.quote)}«</blockquote>"
    )


def context_html(citation: Citation, page: Page) -> str:
    """Return the quoted words marked in their paragraph, between the ones around it."""
    start, end = citation.place.start, citation.place.end
    text = page.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    before = text[:first].rstrip("\n").rpartition("\n")[2]
    after = text[last:].lstrip("\n").partition("\n")[0]
    around = (
        _short(before, end=True),
        html(text[first:start]) + f"<mark>{html(text[start:end])}</mark>" + html(text[end:last]),
        _short(after),
    )
    return (
        '<div class="context" lang="da">' + "".join(f"<p>{p}</p>" for p in around if p) + "</div>"
    )


def _row(citation: Citation, document: CouncilDocument) -> tuple[Table, Row] | None:
    place = citation.place
    for table in document.tables:
        for row in table.rows:
            own = row.place
            if (
                row.cells is not None
                and own.page == place.page
                and own.start < place.end
                and place.start < own.end
            ):
                return table, row
    return None


def _marked(cell: str, start: int, end: int, citation: Citation) -> str:
    mark = citation.mark
    exact = (mark.start, mark.end) != (citation.place.start, citation.place.end)
    if exact and start < end and start < mark.end and mark.start < end:
        return f"<mark>{cell}</mark>"
    return cell


def _short(text: str, end: bool = False) -> str:
    if len(text) <= _NEIGHBOUR:
        return html(text)
    return "… " + html(text[-_NEIGHBOUR:]) if end else html(text[:_NEIGHBOUR]) + " …"
