"""DOCX as Word writes it: styles, lists, tables, changes, text boxes, furniture."""

import datetime as dt
import io

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from ingest.read import read_bytes


def source_of(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return read_bytes("sag.docx", buffer.getvalue())


def blocks(document):
    source = source_of(document)
    return [(b.kind, b.level, source.text(b)) for b in source.blocks if b.kind != "row"]


def rows(document):
    source = source_of(document)
    return [(b.table, b.head, source.cell_texts(b)) for b in source.blocks if b.kind == "row"]


def fill(table, texts):
    for y, row in enumerate(texts):
        for x, text in enumerate(row):
            table.cell(y, x).text = text


def test_headings_paragraphs_and_items():
    document = docx.Document()
    document.add_heading("Nye låse", 0)
    document.add_heading("Baggrund", 2)
    document.add_paragraph("Dørene binder\tom vinteren.")
    document.add_paragraph().add_run("Økonomi").bold = True
    document.add_paragraph().add_run("Der er ingen penge.").bold = True
    document.add_paragraph("Første dør", style="List Bullet")
    document.add_paragraph("Anden dør", style="List Number 2")
    outlined = document.add_paragraph("Skema")
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    outlined._p.get_or_add_pPr().append(level)
    document.add_paragraph("Sagsnr.: 12\nDato: 3. maj 2026")
    assert blocks(document) == [
        ("heading", 1, "Nye låse"),
        ("heading", 2, "Baggrund"),
        ("paragraph", 0, "Dørene binder om vinteren."),
        ("heading", 3, "Økonomi"),
        ("paragraph", 0, "Der er ingen penge."),
        ("item", 0, "Første dør"),
        ("item", 0, "Anden dør"),
        ("heading", 2, "Skema"),
        ("paragraph", 0, "Sagsnr.: 12"),
        ("paragraph", 0, "Dato: 3. maj 2026"),
    ]


def test_table_in_order_with_merged_and_blank_cells():
    document = docx.Document()
    document.add_paragraph("Før")
    table = document.add_table(5, 4)
    fill(
        table,
        [
            ["Mio. kr.", "Budget", "", ""],
            ["", "2026", "2027", "I alt"],
            ["Drift", "", "", ""],
            ["Låse", "-1,5", "", "-1,5"],
            ["", "–", "0", "0"],
        ],
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 3))
    table.cell(2, 0).merge(table.cell(2, 3))
    table.cell(3, 0).merge(table.cell(4, 0))
    document.add_paragraph("Efter")
    source = source_of(document)
    assert [b.kind for b in source.blocks] == ["paragraph", *["row"] * 5, "paragraph"]
    assert rows(document) == [
        (1, True, ("Mio. kr.", "Budget", "Budget", "Budget")),
        (1, True, ("Mio. kr.", "2026", "2027", "I alt")),
        (1, False, ("Drift", "", "", "")),
        (1, False, ("Låse", "-1,5", "", "-1,5")),
        (1, False, ("Låse", "–", "0", "0")),
    ]


def test_value_merged_over_rows_counts_once():
    document = docx.Document()
    table = document.add_table(3, 2)
    fill(table, [["Kr.", "2026"], ["Dør", "100"], ["Lås", ""]])
    table.cell(1, 1).merge(table.cell(2, 1))
    assert [cells for _, _, cells in rows(document)][1:] == [("Dør", "100"), ("Lås", "")]


def test_head_row_marked_by_word_wins():
    document = docx.Document()
    table = document.add_table(2, 2)
    fill(table, [["Dør", "Lås"], ["Port", "Bolt"]])
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    assert [head for _, head, _ in rows(document)] == [True, False]


def test_nested_tables_and_layout_tables():
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "Ydre"
    fill(outer.cell(0, 1).add_table(2, 2), [["Kr.", "2026"], ["Dør", "1"]])
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "I en ramme"
    assert rows(document) == [
        (1, False, ("Ydre", "")),
        (2, True, ("Kr.", "2026")),
        (2, False, ("Dør", "1")),
    ]
    assert blocks(document) == [("paragraph", 0, "I en ramme")]


def test_changes_are_accepted_and_fields_show_their_result():
    document = docx.Document()
    paragraph = document.add_paragraph("Prisen er ")
    w = nsdecls("w")
    for xml in (
        f'<w:del {w} w:id="1" w:author="x"><w:r><w:delText>ti</w:delText></w:r></w:del>',
        f'<w:ins {w} w:id="2" w:author="x"><w:r><w:t>elleve</w:t></w:r></w:ins>',
        f'<w:r {w}><w:instrText>HYPERLINK "http://a"</w:instrText></w:r>',
        f"<w:hyperlink {w}><w:r><w:t> kroner</w:t></w:r></w:hyperlink>",
        f"<w:r {w}><w:t>, IT</w:t><w:noBreakHyphen/><w:t>drift</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(xml))
    assert blocks(document) == [("paragraph", 0, "Prisen er elleve kroner, IT-drift")]


def test_a_cell_that_says_it_spans_a_billion_columns():
    document = docx.Document()
    table = document.add_table(2, 2)
    fill(table, [["Kr.", "2026"], ["Dør", "1"]])
    table.cell(1, 1)._tc.grid_span = 1_000_000_000
    assert [cells[:2] for _, _, cells in rows(document)] == [("Kr.", "2026"), ("Dør", "1")]


def test_deleted_row_is_not_read():
    document = docx.Document()
    table = document.add_table(3, 2)
    fill(table, [["Kr.", "2026"], ["Dør", "1"], ["Lås", "2"]])
    deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="x"/>')
    table.rows[1]._tr.get_or_add_trPr().append(deleted)
    assert [cells[0] for _, _, cells in rows(document)] == ["Kr.", "Lås"]


def test_text_box_is_read_once():
    document = docx.Document()
    paragraph = document.add_paragraph("Ved siden af")
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = "<w:txbxContent><w:p><w:r><w:t>I boksen</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="{mc}"><mc:AlternateContent>'
            f'<mc:Choice Requires="wps">{box}</mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
    assert [text for _, _, text in blocks(document)] == ["Ved siden af", "I boksen"]


def test_furniture_and_properties():
    document = docx.Document()
    document.core_properties.title = "Låse på rådhuset"
    document.core_properties.created = dt.datetime(2026, 5, 3, 12)
    document.sections[0].header.paragraphs[0].text = "Byrådet 2026"
    document.sections[0].footer.paragraphs[0].text = "Gengivelse"
    document.add_paragraph("Tekst")
    source = source_of(document)
    assert source.furniture == ("Byrådet 2026", "Gengivelse")
    assert source.metadata["title"] == "Låse på rådhuset"
    assert source.metadata["created"].startswith("2026-05-03")
    assert source.pages[0].text == "Tekst" and not source.paged
