"""Real PDFs of our own making, for the tests that need a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

_STYLES = getSampleStyleSheet()
Row = Sequence[str]


def pdf(path: Path, *parts: object) -> Path:
    """Write a PDF: a text is a paragraph ("# …" a heading), a list of rows a table, None a page."""
    story = []
    for part in parts:
        if part is None:
            story.append(PageBreak())
        elif isinstance(part, str):
            style = "Heading2" if part.startswith("# ") else "Normal"
            story += [Paragraph(part.removeprefix("# "), _STYLES[style]), Spacer(1, 10)]
        else:
            assert isinstance(part, list)
            rules = TableStyle(
                [
                    ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                    ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
                ]
            )
            width = len(part[0])
            widths = [150] + ([300] if width == 2 else [60] * (width - 1))
            story += [Table(part, colWidths=widths, style=rules), Spacer(1, 10)]
    SimpleDocTemplate(str(path), pagesize=A4, invariant=1).build(story)
    return path


def proposal_pdf(
    path: Path,
    number: str,
    title: str,
    rows: Sequence[Row],
    *prose: str | None,
    municipality: str = "Odense",
    years: Sequence[int] = (2026, 2027, 2028, 2029),
) -> Path:
    """Write a budget proposal with one table in 1.000 kr.; `prose` follows it."""
    head = ["Beløb i 1.000 kr.", *map(str, years)]
    return pdf(
        path,
        f"Budget {years[0]}-{years[-1]}",
        "Prioriteringsforslag",
        f"Nr. {number}",
        [["Overskrift", title], ["Udvalg", "Økonomiudvalget"], ["Forslagsstiller", "Direktionen"]],
        [head, *map(list, rows)],
        "Note: (-) = mindreudgift/merindtægt, (+) = merudgift/mindreindtægt",
        f"Forslaget er lavet i {municipality} Kommune.",
        *prose,
    )
