"""Draws a rendition as a PDF of council look, with reportlab."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

Block = dict[str, Any]

MARGIN = 74
FRAME_PADDING = 6  # reportlab pads every frame by this much
MARKS = {"dash": "-", "bullet": "•", "circle": "o"}
GREY = HexColor("#555555")
CELLS = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 4),
    ("RIGHTPADDING", (0, 0), (-1, -1), 4),
]
RULES = {
    "grid": [("GRID", (0, 0), (-1, -1), 0.6, black), ("BACKGROUND", (0, 0), (-1, 0), "#e6ecef")],
    "lines": [
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, black),
    ],
    "none": [],
}


def draw(source: dict[str, Any], foot: str, divisions: dict[str, str], target: Path) -> None:
    """Write the PDF of one source.

    Args:
        source: a parsed file of `sources/`.
        foot: the line that names the page a rendition, drawn on every page.
        divisions: lower-case word to the same word with soft hyphens where it may be divided.
        target: the file to write; the same arguments give the same bytes.
    """
    for name, file in (("Text", "Vera.ttf"), ("Bold", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))
    frame = partial(_page, head=source["head"], foot=foot)
    template = SimpleDocTemplate(
        str(target),
        pagesize=A4,
        leftMargin=MARGIN - FRAME_PADDING,
        rightMargin=MARGIN - FRAME_PADDING,
        topMargin=92 if source["head"] else 70,
        bottomMargin=78,
        title=f"{source['title']} (gengivelse)",
        author="Rådsvar",
        subject=foot,
        keywords="gengivelse",
        lang="da",
        invariant=1,
    )
    writer = _Writer(source["look"], divisions)
    template.build(
        list(writer.flow(source["body"])),
        onFirstPage=frame,
        onLaterPages=frame,
        canvasmaker=_Canvas,
    )


class _Canvas(Canvas):
    """A canvas that ends a text where its last letter stands.

    reportlab moves to a new line after the last one, which makes pypdf break a table's row after
    every cell; the PDFs that councils make do not.
    """

    def drawText(self, text: Any) -> None:  # noqa: N802  (reportlab's name)
        self._code.append(re.sub(r" T\*( \S+ 0 Td)? ET$", " ET", str(text.getCode())))


def _page(canvas: Canvas, template: SimpleDocTemplate, head: list[str], foot: str) -> None:
    """Draw the running head, the rendition's foot and the page number."""
    width, height = A4
    canvas.setFillColor(GREY)
    for i, line in enumerate(head):
        canvas.setFont("Bold" if i == 0 else "Text", 9)
        canvas.drawRightString(width - MARGIN, height - 40 - 12 * i, line)
    canvas.setFont("Text", 7)
    canvas.drawString(MARGIN, 48, foot)
    canvas.drawRightString(width - MARGIN, 34, f"Side {template.page}")


class _Writer:
    """Turns the blocks of a source into reportlab's flowables."""

    def __init__(self, look: Block, divisions: dict[str, str]) -> None:
        self.divisions = divisions
        self.styles = _styles(look)

    def flow(self, blocks: list[Block], style: str = "p", depth: int = 0) -> Iterator[Flowable]:
        for block in blocks:
            [(kind, content)] = block.items()
            if kind in MARKS:
                yield from self._items(content, MARKS[kind], style, depth)
            elif kind == "fields":
                yield from self._fields(content)
            elif kind == "table":
                yield from self._table(content)
            elif kind == "newpage":
                yield PageBreak()
            else:
                yield self._paragraph(content, style if kind == "p" else kind)

    def _paragraph(self, text: str, style: str | ParagraphStyle) -> Paragraph:
        divided = re.sub(r"\w+", self._divide, text)
        markup = divided.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>")
        return Paragraph(markup, self.styles[style] if isinstance(style, str) else style)

    def _divide(self, match: re.Match[str]) -> str:
        word = match[0]
        divided = iter(self.divisions.get(word.lower(), word.lower()))
        return "".join(c if c == "\u00ad" else word[i] for i, c in _numbered(divided))

    def _items(self, items: list[Any], mark: str, style: str, depth: int) -> Iterator[Flowable]:
        left = 14 * (depth + 1)
        look = ParagraphStyle(
            "item", self.styles[style], leftIndent=left, bulletIndent=left - 11, spaceAfter=3
        )
        for item in items:
            text, *inner = item if isinstance(item, list) else [item]
            paragraph = self._paragraph(text, look)
            yield Paragraph(paragraph.text, look, bulletText=mark)
            yield from self.flow(inner, style, depth + 1)
        yield Spacer(0, 4)

    def _fields(self, rows: list[list[str]]) -> Iterator[Flowable]:
        cells = [[self._paragraph(a, "label"), self._paragraph(b, "p0")] for a, b in rows]
        style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (0, -1), 0)]
        yield Table(cells, [105, 342], style=TableStyle(style), hAlign="LEFT")
        yield Spacer(0, 14)

    def _table(self, table: Block) -> Iterator[Flowable]:
        if "caption" in table:
            yield CondPageBreak(150)
            yield self._paragraph(table["caption"], "caption")
        size = table.get("size", 9)
        plain = ParagraphStyle("cell", self.styles["cell"], fontSize=size, leading=size * 1.35)
        bold = ParagraphStyle("bold", plain, fontName="Bold")
        rows = [[self._paragraph(text, bold) for text in table["head"]]]
        for label, *cells in table["rows"]:
            look = bold if label in table.get("bold", []) else plain
            rows.append([self._paragraph(label, look), *(self._cell(c, look) for c in cells)])
        if "numbers" in table:
            _align_numbers(rows, table)
        yield Table(
            rows,
            table["widths"],
            style=TableStyle([*CELLS, *RULES[table["rules"]]]),
            repeatRows=1,
            hAlign="LEFT",
        )
        if "note" in table:
            yield self._paragraph(table["note"], "note")
        yield Spacer(0, 14)

    def _cell(self, content: str | list[Block], look: ParagraphStyle) -> Any:
        if isinstance(content, str):
            return self._paragraph(content, look)
        return list(self.flow(content, "cell"))


def _numbered(divided: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Each character with its place in the undivided word."""
    place = 0
    for character in divided:
        yield place, character
        place += character != "\u00ad"


def _align_numbers(rows: list[list[Paragraph]], table: Block) -> None:
    """Align the columns of years and sums (not labels such as "Bevilling") on one side."""
    alignment = {"right": 2, "centre": 1}[table["numbers"]]
    for column, title in enumerate(table["head"]):
        if title.isdigit() or title == "I alt":
            for row in rows:
                row[column].style = ParagraphStyle("n", row[column].style, alignment=alignment)


def _styles(look: Block) -> dict[str, ParagraphStyle]:
    size, leading = look["size"], look["leading"]
    base = ParagraphStyle(
        "base",
        fontName="Text",
        fontSize=size,
        leading=leading,
        bulletFontName="Text",
        bulletFontSize=size,
        embeddedHyphenation=1,
    )
    justified = 4 if look["justify"] else 0
    return {
        "p0": base,
        "p": ParagraphStyle("p", base, alignment=justified, spaceAfter=leading * 0.55),
        "label": ParagraphStyle("label", base, fontName="Bold"),
        "cell": ParagraphStyle("cell", base, fontSize=8.5, leading=12, spaceAfter=2),
        "note": ParagraphStyle("note", base, fontSize=7.5, leading=11, spaceBefore=3),
        "caption": ParagraphStyle(
            "caption", base, fontName="Bold", fontSize=size - 0.5, spaceBefore=6, spaceAfter=4
        ),
        "title": ParagraphStyle(
            "title", base, fontName="Bold", fontSize=17, leading=22, spaceAfter=16
        ),
        "h1": ParagraphStyle(
            "h1", base, fontName="Bold", fontSize=size + 2, leading=leading + 3,
            spaceBefore=8, spaceAfter=3, keepWithNext=1,
        ),
        "h2": ParagraphStyle(
            "h2", base, fontName="Bold", spaceBefore=4, spaceAfter=2, keepWithNext=1
        ),
    }  # fmt: skip
