"""Heads on several levels, however they are drawn: each figure gets its whole head."""

from __future__ import annotations

import io
import random

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from ingest.read.pdf import read_pdf

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=12, spaceAfter=6)
PROSE = "Udvalget følger udviklingen og vender tilbage med en status efter sommerferien."
KINDS = ("Oprindeligt", "Korrigeret", "Forventet")
AREAS = ("Dagtilbud", "Klubber", "Vejvedligehold", "Tandpleje", "Havne og strande", "Biblioteker")
LOOKS = {
    "ruled": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "lines": [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)],
    "plain": [],
}


def banner_table(
    seed: int, look: str, count: int = 0, repeat: int = 2
) -> tuple[bytes, list[str], list[list[str]]]:
    """Return a PDF whose table has a head over heads, the columns' whole heads, and its rows.

    With a `count` of rows it goes over several pages, each with the head's `repeat` rows.
    """
    rng = random.Random(seed)
    years = [str(2024 + i) for i in range(rng.randint(2, 3))]
    kinds = list(KINDS[: rng.randint(2, 3)])
    upper, lower = (kinds, years) if rng.random() < 0.5 else (years, kinds)
    label = rng.choice(["Område", "Beløb i 1.000 kr.", ""])
    step, width = len(lower), len(upper) * len(lower)
    top = [text for word in upper for text in [word, *[""] * (step - 1)]]
    rows = [
        [area, *(f"{rng.randint(100, 99999):,}".replace(",", ".") for _ in range(width))]
        for area in (
            [f"Vejstykke {n}" for n in range(count)] or rng.sample(AREAS, rng.randint(3, 6))
        )
    ]
    spans = [("SPAN", (1 + i * step, 0), ((i + 1) * step, 0)) for i in range(len(upper))]
    shown = [["", *top], [label, *(lower * len(upper))], *rows]
    style = [
        *spans, *LOOKS[look],
        ("FONT", (0, 0), (-1, -1), "Helvetica", 9),
        ("FONT", (0, 0), (-1, 1), "Helvetica-Bold", 9),
        ("ALIGN", (1, 0), (-1, 0), "CENTER"),
        ("ALIGN", (1, 1), (-1, -1), "RIGHT"),
    ]  # fmt: skip
    out = io.BytesIO()
    table = Table(shown, colWidths=[130] + [66] * width, style=style, repeatRows=repeat)
    story = [Paragraph(PROSE, BODY), table, Spacer(1, 9), Paragraph(PROSE, BODY)]
    SimpleDocTemplate(out, pagesize=landscape(A4)).build(story)
    heads = [f"{over} {under}" for over in upper for under in lower]
    return out.getvalue(), [label, *heads], rows


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("seed", range(12))
def test_a_head_over_several_columns_names_each_of_them(seed: int, look: str) -> None:
    data, head, rows = banner_table(seed, look)
    source = read_pdf("x.pdf", data)
    blocks = [b for b in source.blocks if b.kind == "row"]
    assert [list(source.cell_texts(b)) for b in blocks] == [head, *rows]
    assert [b.head for b in blocks] == [True, *[False] * len(rows)]


@pytest.mark.parametrize("repeat", [0, 2])
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("seed", range(4))
def test_it_names_them_on_the_next_page_too(seed: int, look: str, repeat: int) -> None:
    data, head, rows = banner_table(seed, look, 60, repeat)
    source = read_pdf("x.pdf", data)
    assert len(source.pages) > 2
    blocks = [b for b in source.blocks if b.kind == "row"]
    assert {b.table for b in blocks} == {1}
    assert [list(source.cell_texts(b)) for b in blocks if not b.head] == rows
    assert {source.cell_texts(b) for b in blocks if b.head} == {tuple(head)}
