"""Every figure lands in its column, however the table is drawn."""

import io
import random

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from ingest.read.pdf import read_pdf

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=12, spaceAfter=6)
BOLD = ParagraphStyle("bold", parent=BODY, fontName="Helvetica-Bold")
PROSE = (
    "Udgiften falder i 2026, 2027 og 2028, men stiger igen, når de nye opgaver er lagt ud til "
    "centrene, og derfor følger forvaltningen udviklingen tæt i hele perioden frem til 2030."
)
LABELS = ["Løn", "Nuværende budget", "Effektivisering", "Investering - Drift", "Netto (samlet)"]
LONG = [
    "Pulje til investeringer i fælles digitale løsninger på tværs af hele kommunens forvaltninger",
    "Udvidelse af den eksisterende rammeaftale om sundhedsfremme og tidlig forebyggelse",
]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
LEVEL = ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)


def pdf(*flowables, page=A4):
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=page, leftMargin=50, rightMargin=50).build(list(flowables))
    return out.getvalue()


def rows_of(data):
    source = read_pdf("prøve.pdf", data)
    return [list(source.cell_texts(b)) for b in source.blocks if b.kind == "row"], source


def figure(rng):
    kind = rng.random()
    if kind < 0.3:
        return rng.choice(["", "", "-", "–", "0"])
    number = f"{rng.choice([rng.randint(1, 99), rng.randint(100, 99999)]):,}".replace(",", ".")
    if kind < 0.5:
        number = f"{rng.randint(0, 99)},{rng.randint(0, 9)}"
    return rng.choice(["{}", "{}", "-{}", "−{}", "({})", "{} %"]).format(number)


def random_table(seed):
    """Return a PDF with a table of random look, and the cells that were put in."""
    rng = random.Random(seed)
    years = [rng.choice(["{}", "B{}", "BO {}", "R{}"]).format(2024 + i) for i in range(4)]
    heads = years[: rng.randint(2, 4)] + rng.choice([[], ["I alt"]])
    texts = rng.choice([[], ["Udvalg"], ["Styringsområde", "Bevilling"]])
    label = rng.choice(["Beløb i 1.000 kr. 2026-priser", "1.000 kr., 2026 p/l", "Aktivitet"])
    rows = []
    for number in range(rng.randint(3, 10)):
        if rng.random() < 0.2 and number and rows[-1][-1] != "group":
            rows.append(["Personalekonsekvenser", *[""] * (len(texts) + len(heads)), "group"])
            continue
        figures = [figure(rng) for _ in heads]
        figures[rng.randrange(len(heads))] = "5,5"
        own = [rng.choice(["Service", "Anlæg"]) for _ in texts]
        rows.append([rng.choice(LABELS + LONG), *own, *figures, ""])
    rows.append(["I alt", *["" for _ in texts], *["1.000" for _ in heads], ""])
    size, pad = rng.choice([8, 9, 10]), rng.choice([1.5, 3, 5])
    look = rng.choice(["ruled", "lines", "plain", "plain"])
    cell = ParagraphStyle("cell", fontName="Helvetica", fontSize=size, leading=1.2 * size)
    bold = ParagraphStyle("head", parent=cell, fontName="Helvetica-Bold")
    words = 1 + len(texts)
    shown = [[*(Paragraph(t, bold) for t in (label, *texts)), *heads]]
    for *cells, kind in rows:
        style = bold if kind else cell
        shown.append([*(Paragraph(t, style) for t in cells[:words]), *cells[words:]])
    align = rng.choice(["RIGHT", "RIGHT", "CENTER", "LEFT"])
    style = [
        ("FONT", (0, 0), (-1, -1), "Helvetica", size),
        ("ALIGN", (words, 1), (-1, -1), align),
        ("ALIGN", (words, 0), (-1, 0), rng.choice([align, "CENTER"])),
        ("VALIGN", (0, 0), (-1, -1), rng.choice(["TOP", "MIDDLE", "BOTTOM"])),
        ("TOPPADDING", (0, 0), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), pad),
        *{"ruled": [GRID], "lines": [LEVEL], "plain": []}[look],
    ]
    page = landscape(A4) if texts else A4
    wide = page[0] - 100
    widths = [wide * 0.35, *[wide * 0.13] * len(texts)]
    widths += [(wide - sum(widths)) / len(heads)] * len(heads)
    table = Table(shown, colWidths=widths, style=style, repeatRows=1)
    head = Paragraph("1. Resumé", BOLD)
    data = pdf(head, Paragraph(PROSE, BODY), table, Spacer(1, 9), Paragraph(PROSE, BODY), page=page)
    return data, [[label, *texts, *heads], *(row[:-1] for row in rows)]


@pytest.mark.parametrize("seed", range(60))
def test_any_look_of_table(seed):
    data, truth = random_table(seed)
    rows, source = rows_of(data)
    assert [row for i, row in enumerate(rows) if i == 0 or row != truth[0]] == truth
    blocks = [b for b in source.blocks if b.kind == "row"]
    assert {b.table for b in blocks} == {1}
    assert all(b.aligned and len(b.cells) == len(truth[0]) for b in blocks)
    assert [b.head for b in blocks] == [row == truth[0] for row in rows]
    others = [source.text(b) for b in source.blocks if b.kind != "row"]
    assert others == ["1. Resumé", PROSE, PROSE]


def test_boxes_stand_on_the_cell():
    data, _ = random_table(1)
    source = read_pdf("x.pdf", data)
    page = source.pages[0]
    head = next(b for b in source.blocks if b.head)
    total = [b for b in source.blocks if b.kind == "row"][-1]
    checked = 0
    for (a, b), (c, d) in zip(head.cells[1:], total.cells[1:], strict=True):
        if c < d:
            above, below = page.boxes(a, b)[-1], page.boxes(c, d)[-1]
            assert above.y1 < below.y0
            assert abs((above.x0 + above.x1) / 2 - (below.x0 + below.x1) / 2) < 40
            checked += 1
    assert checked > 1


@pytest.mark.parametrize("look", [[GRID], [LEVEL], []])
def test_over_a_page_break(look):
    data = [["Mio. kr.", "2026", "2027"]]
    data += [[f"Post {n}", f"{n},5", "" if n % 3 else f"-{n}"] for n in range(1, 80)]
    style = [("ALIGN", (1, 0), (-1, -1), "RIGHT"), *look]
    for repeat in (0, 1):
        table = Table(data, colWidths=[200, 80, 80], style=style, repeatRows=repeat)
        rows, source = rows_of(pdf(Paragraph(PROSE, BODY), table, Paragraph(PROSE, BODY)))
        assert len(source.pages) > 1
        assert [r for i, r in enumerate(rows) if i == 0 or r != data[0]] == data
        assert {b.table for b in source.blocks if b.kind == "row"} == {1}
        heads = [b.page for b in source.blocks if b.head]
        assert heads == ([1, 2] if repeat else [1]) or len(source.pages) > 2


def test_two_tables_on_a_page_and_the_note_between():
    style = [("ALIGN", (1, 0), (-1, -1), "RIGHT")]
    one = Table(
        [["1.000 kr.", "2026", "2027"], ["Drift", "5", ""], ["Anlæg", "", "7"]], style=style
    )
    two = Table(
        [["Mio. kr.", "2028", "2029"], ["Løn", "-", "3,5"], ["Varer", "2", "1"]], style=style
    )
    note = Paragraph("Note: (-) = mindreudgift", BODY)
    rows, source = rows_of(pdf(one, note, Paragraph("Tabel 2. Mere", BOLD), two))
    assert rows[:3] == [["1.000 kr.", "2026", "2027"], ["Drift", "5", ""], ["Anlæg", "", "7"]]
    assert rows[3:] == [["Mio. kr.", "2028", "2029"], ["Løn", "-", "3,5"], ["Varer", "2", "1"]]
    assert [b.table for b in source.blocks if b.kind == "row"] == [1, 1, 1, 2, 2, 2]
    texts = [source.text(b) for b in source.blocks if b.kind != "row"]
    assert texts == ["Note: (-) = mindreudgift", "Tabel 2. Mere"]


def test_heads_on_two_lines_and_without_years():
    table = Table(
        [
            ["", "Regnskab", "Budget", "Budget"],
            ["1.000 kr., 2026 p/l", "2024", "2025", "2026"],
            ["Drift", "1.200", "", "900"],
            ["Anlæg", "", "-300", "–"],
        ],
        colWidths=[160, 80, 80, 80],
        style=[("ALIGN", (1, 0), (-1, -1), "RIGHT"), ("TOPPADDING", (0, 0), (-1, -1), 1)],
    )
    other = Table(
        [
            ["Mio. kr.", "Vedtaget budget", "Forventet regnskab", "Afvigelse"],
            ["Børn og Unge", "3.200,5", "3.250,0", "49,5"],
            ["Teknik og Miljø", "800,0", "", "-"],
            ["I alt", "4.000,5", "3.250,0", "49,5"],
        ],
        colWidths=[120, 110, 110, 110],
        style=[("ALIGN", (1, 0), (-1, -1), "RIGHT")],
    )
    rows, _ = rows_of(pdf(table, Paragraph(PROSE, BODY), other))
    assert rows == [
        ["1.000 kr., 2026 p/l", "Regnskab 2024", "Budget 2025", "Budget 2026"],
        ["Drift", "1.200", "", "900"],
        ["Anlæg", "", "-300", "–"],
        ["Mio. kr.", "Vedtaget budget", "Forventet regnskab", "Afvigelse"],
        ["Børn og Unge", "3.200,5", "3.250,0", "49,5"],
        ["Teknik og Miljø", "800,0", "", "-"],
        ["I alt", "4.000,5", "3.250,0", "49,5"],
    ]


def test_ruled_text_table_with_a_title_row_and_cells_of_many_lines():
    def cell(text, style=BODY):
        return Paragraph(text, style)

    shown = [
        [cell("Færdige sager", BOLD), "", ""],
        [cell("Sag", BOLD), cell("Afd.", BOLD), cell("Vedtaget", BOLD)],
        [cell("Plan for bedre indeklima på kommunens skoler"), cell("Økonomi"), cell("4. maj")],
        [cell("Privat netværk (10-50 mio. kr.)<br/>• en fælles platform"), "", cell("Byrådet")],
    ]
    span = ("SPAN", (0, 0), (-1, 0))
    rows, source = rows_of(pdf(Table(shown, colWidths=[140, 90, 90], style=[GRID, span])))
    assert rows == [
        ["Færdige sager", "", ""],
        ["Sag", "Afd.", "Vedtaget"],
        ["Plan for bedre indeklima på kommunens skoler", "Økonomi", "4. maj"],
        ["Privat netværk (10-50 mio. kr.) • en fælles platform", "", "Byrådet"],
    ]
    assert [b.head for b in source.blocks] == [False, True, False, False]


def test_keys_and_values_have_no_head():
    shown = [
        ["Overskrift", "Anvendelse af robotter i administrationen"],
        ["Udvalg", "Økonomiudvalget"],
        ["Udgiftstype", "Serviceudgifter"],
    ]
    rows, source = rows_of(pdf(Table(shown, colWidths=[120, 260], style=[GRID])))
    assert rows == shown
    assert not any(b.head for b in source.blocks)


def test_prose_with_years_is_no_table():
    texts = [
        PROSE,
        "Budget 2026 2027 2028",
        "I 2026 er der 5 og i 2027 er der 7 ansatte.",
        "Regnskab 2024 og budget 2025 viser et fald på 1.200 kr.",
    ]
    rows, source = rows_of(pdf(*(Paragraph(text, BODY) for text in texts)))
    assert rows == []
    assert [source.text(b) for b in source.blocks] == texts


def test_a_catalogue_keeps_its_tables_apart():
    style = [("ALIGN", (1, 0), (-1, -1), "RIGHT"), GRID]
    flow = []
    for n in range(1, 4):
        flow += [
            Paragraph(f"ØU0{n} Forslag {n}", BOLD),
            Table([["1.000 kr.", "2026", "2027"], ["Drift", f"-{n}00", ""]], style=style),
            Paragraph(PROSE, BODY),
            PageBreak(),
        ]
    rows, source = rows_of(pdf(*flow))
    assert rows == [
        r for n in (1, 2, 3) for r in ([["1.000 kr.", "2026", "2027"], ["Drift", f"-{n}00", ""]])
    ]
    assert [b.table for b in source.blocks if b.kind == "row"] == [1, 1, 2, 2, 3, 3]


def test_heads_whose_words_break_over_lines_name_their_own_columns():
    def cell(text, bold=False):
        style = ParagraphStyle("c", parent=BOLD if bold else BODY, spaceAfter=0)
        return Paragraph(text, style)

    heads = ["Aktivitet", "R2024", "B2025", "BO<br/>2026", "2025-<br/>2028", "I<br/>alt", "Noter"]
    shown = [
        [cell(head, True) for head in heads],
        [
            cell("Vedligehold af kommunens idrætsanlæg"),
            "1,5",
            "",
            "−2,5",
            "10",
            "9",
            cell("Nye krav"),
        ],
        ["Svømmehal", "", "4,0", "", "", "4,0", ""],
        ["I alt", "1,5", "4,0", "−2,5", "10", "13", ""],
    ]
    for valign in ("TOP", "MIDDLE", "BOTTOM"):
        style = [("VALIGN", (0, 0), (-1, -1), valign), ("ALIGN", (1, 1), (-1, -1), "LEFT")]
        rows, source = rows_of(pdf(Table(shown, colWidths=[130, *[55] * 5, 70], style=style)))
        assert rows == [
            ["Aktivitet", "R2024", "B2025", "BO 2026", "2025-2028", "I alt", "Noter"],
            ["Vedligehold af kommunens idrætsanlæg", "1,5", "", "−2,5", "10", "9", "Nye krav"],
            ["Svømmehal", "", "4,0", "", "", "4,0", ""],
            ["I alt", "1,5", "4,0", "−2,5", "10", "13", ""],
        ]
        assert all(b.aligned for b in source.blocks)


def test_figures_that_stand_between_the_columns_are_given_to_none():
    canvas_rows = [
        [(60, "1.000 kr."), (250, "2026"), (350, "2027"), (450, "2028")],
        [(60, "Drift"), (250, "1.200"), (350, "900"), (450, "700")],
        [(60, "Anlæg"), (298, "500"), (450, "300")],
        [(60, "Løn"), (306, "100"), (450, "200")],
    ]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for n, row in enumerate(canvas_rows):
        for x, text in row:
            canvas.drawString(x, 700 - 16 * n, text)
    canvas.save()
    rows, source = rows_of(out.getvalue())
    assert rows[1:] == [
        ["Drift", "1.200", "900", "700"],
        ["Anlæg", "500", "300"],
        ["Løn", "100", "200"],
    ]
    assert [b.aligned for b in source.blocks] == [True, False, False, False]
