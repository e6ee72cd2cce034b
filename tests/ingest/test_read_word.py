"""DOCX as Word writes it: styles, lists, tables, changes, text boxes, furniture."""

import datetime as dt
import io

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.assemble import assemble
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
        ("item", 0, "1. Anden dør"),
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
    outer.cell(0, 1).add_paragraph("Efter skemaet")
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "I en ramme"
    assert rows(document) == [(1, True, ("Kr.", "2026")), (1, False, ("Dør", "1"))]
    assert [text for _, _, text in blocks(document)] == ["Ydre", "Efter skemaet", "I en ramme"]


def test_a_table_within_a_table_of_figures_stands_below_it():
    document = docx.Document()
    outer = document.add_table(3, 2)
    fill(outer, [["Kr.", "2026"], ["Dør", "100"], ["Heraf", ""]])
    fill(outer.cell(2, 1).add_table(2, 2), [["Kr.", "2026"], ["Lås", "1"]])
    assert [(table, cells) for table, _, cells in rows(document)] == [
        (1, ("Kr.", "2026")), (1, ("Dør", "100")), (1, ("Heraf", "")),
        (2, ("Kr.", "2026")), (2, ("Lås", "1")),
    ]  # fmt: skip


def test_the_unit_above_a_table_in_a_form_is_that_tables():
    document = docx.Document()
    form = document.add_table(2, 2)
    fill(form, [["Baggrund", "Bænkene er slidte."], ["Økonomi", "Beløb i 1.000 kr."]])
    fill(form.cell(1, 1).add_table(2, 3), [["", "2026", "2027"], ["Bænke", "740", "120"]])
    figures = assemble(source_of(document)).figures
    assert [(f.measure, f.year, f.amount) for f in figures] == [
        ("Bænke", 2026, 740_000), ("Bænke", 2027, 120_000),
    ]  # fmt: skip


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


def run_of(xml):
    return parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>")


def part_of(document, kind, xml):
    """Add a part such as the footnotes to a document, as Word keeps it."""
    name = PackURI(f"/word/{kind}.xml")
    type_ = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    part = Part(name, type_, f"<w:{kind} {nsdecls('w')}>{xml}</w:{kind}>".encode(), None)
    document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/{kind}")


def test_notes_follow_what_refers_to_them_under_their_marks():
    document = docx.Document()
    part_of(
        document,
        "footnotes",
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="7"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> Uden moms.</w:t></w:r>'
        '</w:p></w:footnote><w:footnote w:id="9"><w:p><w:r><w:t>Anslået.</w:t></w:r></w:p>'
        "</w:footnote>",
    )
    paragraph = document.add_paragraph("Låsene koster 320")
    paragraph._p.append(run_of('<w:footnoteReference w:id="9"/>'))
    paragraph.add_run(" kr. i 2026.")
    table = document.add_table(2, 2)
    fill(table, [["Kr.", "2026"], ["Dør", "1.234"]])
    table.cell(1, 1).paragraphs[0]._p.append(run_of('<w:footnoteReference w:id="7"/>'))
    document.add_paragraph("Slut.")
    source = source_of(document)
    assert [source.text(b) for b in source.blocks] == [
        "Låsene koster 320 ¹ kr. i 2026.",
        "¹ Anslået.",
        "Kr.\t2026",
        "Dør\t1.234 ²",
        "² Uden moms.",
        "Slut.",
    ]
    assert [(f.measure, f.value) for f in assemble(source).figures] == [
        ("Dør", 1234), ("Låsene koster", 320),
    ]  # fmt: skip


@pytest.mark.parametrize("mark", ["1", "12", "2)", "a", "(3)"])
def test_a_raised_run_is_a_mark_and_no_digit(mark):
    document = docx.Document()
    paragraph = document.add_paragraph("Puljen er på 320")
    paragraph.add_run(mark).font.superscript = True
    paragraph.add_run(" mio. kr. i 2026 på 40 m")
    paragraph.add_run("2").font.superscript = True
    source = source_of(document)
    (text,) = (source.text(b) for b in source.blocks)
    assert text.startswith("Puljen er på 320 ") and text.endswith(" mio. kr. i 2026 på 40 m²")
    assert len(text) == len(f"Puljen er på 320 {mark} mio. kr. i 2026 på 40 m2")
    (figure,) = (f for f in assemble(source).figures if f.unit == "kr.")
    assert figure.amount == 320_000_000 and figure.year == 2026


def test_hidden_text_is_not_read_however_it_is_hidden():
    document = docx.Document()
    document.add_paragraph("Døren er rød.").add_run(" Nej, blå.").font.hidden = True
    document.add_paragraph().add_run("Hele afsnittet.").font.hidden = True
    style = document.styles.add_style("Skjult", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    document.add_paragraph("Efter stilen.", style="Skjult")
    shown = document.add_paragraph(style="Skjult")
    shown.add_run("Vist alligevel.").font.hidden = False
    table = document.add_table(3, 2)
    fill(table, [["Kr.", "2026"], ["Dør", "1"], ["Lås", "2"]])
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))
    table.cell(2, 1).paragraphs[0].add_run("00").font.hidden = True
    source = source_of(document)
    assert [source.text(b) for b in source.blocks] == [
        "Døren er rød.", "Vist alligevel.", "Kr.\t2026", "Lås\t2",
    ]  # fmt: skip


def test_a_paragraph_whose_end_is_deleted_runs_on_into_the_next():
    document = docx.Document()
    first = document.add_paragraph("Døren males ")
    deleted = f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="x"/></w:rPr>'
    first._p.get_or_add_pPr().append(parse_xml(deleted))
    document.add_paragraph("rød i 2026.")
    assert [text for _, _, text in blocks(document)] == ["Døren males rød i 2026."]


def test_a_table_of_contents_is_no_text_of_its_own():
    document = docx.Document()
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("Økonomi\t3", style="toc 1")
    document.add_heading("Økonomi", 1)
    assert blocks(document) == [("heading", 1, "Økonomi")]


LEVEL = (
    '<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
    '<w:lvlText w:val="{text}"/></w:lvl>'
)


def numbered(document, levels, *, id=91, extra=""):
    """Add a list of `levels` (start, kind, text) to a document's numbering."""
    root = document.part.numbering_part.element
    lvls = "".join(
        LEVEL.format(at=at, start=start, kind=kind, text=text)
        for at, (start, kind, text) in enumerate(levels)
    )
    w = nsdecls("w")
    first = root.find(qn("w:num"))
    abstract = f'<w:abstractNum {w} w:abstractNumId="{id}">{lvls}</w:abstractNum>'
    first.addprevious(parse_xml(abstract))
    for number, override in ((id, ""), (id + 1, extra)):
        root.append(
            parse_xml(
                f'<w:num {w} w:numId="{number}"><w:abstractNumId w:val="{id}"/>{override}</w:num>'
            )
        )


def in_list(paragraph, depth, number=91):
    properties = paragraph._p.get_or_add_pPr()
    place = f'<w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/>'
    properties.append(parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>"))
    return paragraph


def test_numbers_word_sets_by_itself_are_text_in_lists_headings_and_cells():
    document = docx.Document()
    numbered(
        document,
        [(1, "decimal", "%1."), (1, "decimal", "%1.%2"), (1, "lowerLetter", "%3)"),
         (4, "upperRoman", "§ %4"), (1, "bullet", "•")],
        extra='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
    )  # fmt: skip
    in_list(document.add_heading("Formål", 1), 0)
    in_list(document.add_paragraph("Rådet rådgiver."), 1)
    in_list(document.add_paragraph("om veje"), 2)
    in_list(document.add_paragraph("om stier"), 2)
    in_list(document.add_paragraph("Rådet mødes."), 1)
    in_list(document.add_paragraph(), 0).add_run("Valg").bold = True
    in_list(document.add_paragraph("om senge"), 2)
    in_list(document.add_paragraph("Undtaget"), 3)
    in_list(document.add_paragraph("punkttegn"), 4)
    table = document.add_table(2, 2)
    fill(table, [["Sag", "Kr."], ["Døre", "5"]])
    in_list(table.cell(1, 0).paragraphs[0], 0)
    in_list(document.add_paragraph("Forfra"), 0, 92)
    source = source_of(document)
    assert [(b.kind, source.text(b)) for b in source.blocks] == [
        ("heading", "1. Formål"),
        ("item", "1.1 Rådet rådgiver."),
        ("item", "a) om veje"),
        ("item", "b) om stier"),
        ("item", "1.2 Rådet mødes."),
        ("heading", "2. Valg"),
        ("item", "a) om senge"),
        ("item", "§ IV Undtaget"),
        ("item", "punkttegn"),
        ("row", "Sag\tKr."),
        ("row", "3. Døre\t5"),
        ("item", "1. Forfra"),
    ]


@settings(max_examples=25, deadline=None)
@given(depths=st.lists(st.integers(0, 3), min_size=1, max_size=12), start=st.integers(1, 40))
def test_lists_of_any_shape_are_numbered_as_an_outline_is(depths, start):
    document = docx.Document()
    texts = ["%1", "%1.%2", "%1.%2.%3", "%1.%2.%3.%4"]
    numbered(document, [(start if not at else 1, "decimal", t) for at, t in enumerate(texts)])
    counts = [start - 1, 0, 0, 0]
    expected = []
    for depth in depths:
        in_list(document.add_paragraph("sag"), depth)
        counts[depth] += 1
        counts[depth + 1 :] = [0] * (3 - depth)
        shown = [max(count, start if not at else 1) for at, count in enumerate(counts)]
        expected.append(".".join(map(str, shown[: depth + 1])) + " sag")
    assert [text for _, _, text in blocks(document)] == expected
