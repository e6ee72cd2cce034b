"""An answer on a sheet of its own, to be sent on: as plain text, as a page to print, as DOCX."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rag.types import Language

_PRINTED = """
@page { margin: 2.2cm; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #111;
  font: 11pt/1.5 Georgia, serif; }
h1 { font-size: 15pt; line-height: 1.3; } h2 { font-size: 11.5pt; margin: 1.6em 0 .4em; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25em .8em; border-bottom: 1px solid #999; text-align: right; }
th:first-child, td:first-child { padding-left: 0; text-align: left; font-weight: normal; }
li { margin-bottom: .5em; } li, tr { break-inside: avoid; }
footer { margin-top: 2em; font-size: 9pt; color: #555; }
"""


@dataclass(frozen=True)
class Part:
    """A part of a sheet under a heading: numbered lines, as sources are, or paragraphs."""

    heading: str
    lines: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Sheet:
    """A question and its answer, in words alone.

    `table` has its heads in the first row and is empty where figures need none.
    """

    title: str
    language: Language
    answer: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()
    parts: tuple[Part, ...] = ()
    made: str = ""


def as_text(sheet: Sheet) -> str:
    """Return a sheet as plain text."""
    blocks = [sheet.title, "\n".join(sheet.answer)]
    if sheet.table:
        blocks.append("\n".join("\t".join(row) for row in sheet.table))
    blocks += ["\n".join([f"{p.heading}:", *_lines(p)]) for p in sheet.parts]
    return "\n\n".join([*blocks, sheet.made]).strip() + "\n"


def as_html(sheet: Sheet) -> str:
    """Return a sheet as a page that stands alone and prints well."""
    body = [f"<h1>{escape(sheet.title)}</h1>", *(f"<p>{escape(a)}</p>" for a in sheet.answer)]
    if sheet.table:
        head, *rows = sheet.table
        body += ["<table><thead>", _row(head, "th"), "</thead><tbody>"]
        body += [*(_row(row, "td") for row in rows), "</tbody></table>"]
    for part in sheet.parts:
        kind = ("ol", "li") if part.numbered else ("div", "p")
        lines = "".join(f"<{kind[1]}>{escape(line)}</{kind[1]}>" for line in part.lines)
        body.append(f"<h2>{escape(part.heading)}</h2><{kind[0]}>{lines}</{kind[0]}>")
    return (
        f'<!doctype html><html lang="{sheet.language}"><head><meta charset="utf-8">'
        f"<title>{escape(sheet.title)}</title><style>{_PRINTED}</style></head>"
        f"<body>{''.join(body)}<footer>{escape(sheet.made)}</footer></body></html>"
    )


def as_docx(sheet: Sheet) -> bytes:
    """Return a sheet as a Word document."""
    from docx import Document

    document = Document()
    document.core_properties.title = sheet.title
    document.core_properties.language = {"da": "da-DK", "en": "en-GB"}[sheet.language]
    document.add_heading(sheet.title, level=1)
    for text in sheet.answer:
        document.add_paragraph(text)
    if sheet.table:
        table = document.add_table(rows=0, cols=len(sheet.table[0]), style="Light List")
        for row in sheet.table:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    for part in sheet.parts:
        document.add_heading(part.heading, level=2)
        for line in part.lines:
            document.add_paragraph(line, style="List Number" if part.numbered else None)
    document.sections[0].footer.paragraphs[0].text = sheet.made
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _lines(part: Part) -> Sequence[str]:
    if not part.numbered:
        return part.lines
    return [f"[{n}] {line}" for n, line in enumerate(part.lines, start=1)]


def _row(cells: Sequence[str], kind: str) -> str:
    return "<tr>" + "".join(f"<{kind}>{escape(cell)}</{kind}>" for cell in cells) + "</tr>"
