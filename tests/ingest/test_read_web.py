"""HTML as councils publish it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.assemble import assemble
from ingest.read import Unreadable, read_bytes


def read_html(html, encoding="utf-8"):
    return read_bytes("side.html", html.encode(encoding))


def blocks(html):
    source = read_html(html)
    return [(b.kind, b.level, source.text(b)) for b in source.blocks if b.kind != "row"]


def rows(html):
    source = read_html(html)
    return [(b.table, b.head, source.cell_texts(b)) for b in source.blocks if b.kind == "row"]


def test_blocks_in_order_without_what_is_not_shown():
    html = """<!doctype html><title>Låse &amp; døre</title><meta name="author" content="Bo">
    <style>p{}</style><nav>Menu</nav><h1>Nye <em>låse</em></h1>
    <div>Løs tekst<p>Et <b>fedt</b> af&shy;snit<!-- skjult --></p> hale</div>
    <p>Sagsnr. 12<br>Dato 3. maj</p><p><strong>Økonomi</strong></p>
    <ul><li>en<ul><li>under</li></ul></li><li><p>to</p></li></ul><ol start="3"><li>tre</li></ol>
    <p hidden>skjult</p><p style="display: none">skjult</p><script>skjult()</script>
    <footer>Bunden</footer>"""
    source = read_html(html)
    assert source.metadata == {"title": "Låse & døre", "author": "Bo"}
    assert source.furniture == ("Bunden",)
    assert blocks(html) == [
        ("heading", 1, "Nye låse"),
        ("paragraph", 0, "Løs tekst"),
        ("paragraph", 0, "Et fedt afsnit"),
        ("paragraph", 0, "hale"),
        ("paragraph", 0, "Sagsnr. 12"),
        ("paragraph", 0, "Dato 3. maj"),
        ("heading", 3, "Økonomi"),
        ("item", 0, "en"),
        ("item", 1, "under"),
        ("item", 0, "to"),
        ("item", 0, "3. tre"),
    ]


def test_table_spans_and_heads():
    html = """<table><caption>Tabel 1. Døre</caption>
    <tr><th rowspan=2>Mio. kr.<th colspan=2>Budget<tr><th>2026<th>2027
    <tr><td colspan=3>Drift<tr><th>Løn<td>-1,5<td>&nbsp;<tr><td>Andet<td rowspan=2>7<td>-
    <tr><td>Mere<td>0</table>"""
    assert blocks(html) == [("paragraph", 0, "Tabel 1. Døre")]
    assert rows(html) == [
        (1, True, ("Mio. kr.", "Budget", "Budget")),
        (1, True, ("Mio. kr.", "2026", "2027")),
        (1, False, ("Drift", "", "")),
        (1, False, ("Løn", "-1,5", "")),
        (1, False, ("Andet", "7", "-")),
        (1, False, ("Mere", "", "0")),
    ]


def test_nested_table_stands_below_and_layout_table_is_text():
    html = """<table><tr><td>a<td>b<table><tr><td>Kr.<td>2026<td>2027<tr><td>x<td>1<td>2</table>
    </table><table><tr><td><h2>Titel</h2><p>Tekst</p></table>"""
    assert [cells for _, _, cells in rows(html)] == [("Kr.", "2026", "2027"), ("x", "1", "2")]
    assert blocks(html) == [
        ("paragraph", 0, "a"), ("paragraph", 0, "b"),
        ("heading", 2, "Titel"), ("paragraph", 0, "Tekst"),
    ]  # fmt: skip
    html = """<table><tr><th>Kr.<th>2026<tr><td>Dør<td>7<tr><td>Heraf
    <td><table><tr><td>Kr.<td>2026<tr><td>Lås<td>1</table></table>"""
    assert [(table, cells[0]) for table, _, cells in rows(html)] == [
        (1, "Kr."), (1, "Dør"), (1, "Heraf"), (2, "Kr."), (2, "Lås"),
    ]  # fmt: skip


def test_a_page_laid_out_by_tables_is_read_as_one_without_its_menus():
    html = """<body><ul><li><a href="/">Forside</a><li><a href="/politik">Politik</a></ul>
    <div class="breadcrumb"><a href="/">Hjem</a> &gt; <a href="/affald">Affald</a></div>
    <div class="top-menu"><h1>Affald i 2026</h1></div>
    <table><tr><td><ul><li><a href="/a">Arkiv</a><li><a href="/b">Borger</a></ul>
    <td><h2>Takster</h2><p>Beløb i kr.</p><table><tr><th>Takst<th>2026<th>2027
    <tr><td>Storskrald<td>120<td>130</table><p>Se <a href="/regler">reglerne</a>.</p></table>
    <table><tr><td><h3>Kontakt</h3><td><p>Skriv til os.</p></table>
    <h3>Bilag</h3><ul><li><a href="/fil/takster.pdf">Takster 2026</a></ul>"""
    assert [text for _, _, text in blocks(html)] == [
        "Affald i 2026", "Takster", "Beløb i kr.", "Se reglerne.", "Kontakt", "Skriv til os.",
        "Bilag", "Takster 2026",
    ]  # fmt: skip
    figures = assemble(read_html(html)).figures
    assert [(f.measure, f.year, f.amount, f.unit) for f in figures] == [
        ("Storskrald", 2026, 120, "kr."), ("Storskrald", 2027, 130, "kr."),
    ]  # fmt: skip


def test_a_value_over_columns_of_several_years_is_of_none_of_them():
    html = """<p>Beløb i kr.</p><table><tr><th>Post<th>2026<th>2027<th colspan=2>2028
    <tr><td>Kørsel<td colspan=2>820<td colspan=2>805<tr><td>Løn<td>1<td>2<td colspan=2>3</table>"""
    figures = assemble(read_html(html)).figures
    assert [(f.measure, f.year, f.value) for f in figures if f.state == "value"] == [
        ("Løn", 2026, 1), ("Løn", 2027, 2), ("Løn", 2028, 3),
    ]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_cells_spanning_rows_and_columns_keep_every_value_under_its_own_heads(data):
    """A table of groups over years and kinds, its heads and labels merged: all is found again."""
    groups = data.draw(st.integers(1, 3))
    sizes = [data.draw(st.integers(1, 3)) for _ in range(groups)]
    years = [2026 + n for n in range(data.draw(st.integers(2, 3)))]
    kinds = ["Drift", "Anlæg"][: data.draw(st.integers(1, 2))]
    over = "".join(f"<th colspan={len(kinds)}>{year}" for year in years)
    under = "".join(f"<th>{kind}" for _ in years for kind in kinds)
    html = f"<table><thead><tr><th rowspan=2>Skole<th rowspan=2>Post{over}<tr>{under}</thead>"
    expected, value = [], 1000
    for group, size in enumerate(sizes):
        for row in range(size):
            label = f"<td rowspan={size}>Skole {'ABC'[group]}" if not row else ""
            html += f"<tr>{label}<td>Post {'xyz'[row]}"
            for year in years:
                for kind in kinds:
                    value += 7
                    html += f"<td>{value}"
                    expected.append(
                        (f"Skole {'ABC'[group]}", f"Post {'xyz'[row]}", year, kind, value)
                    )
    source = read_html(html + "</table>")
    heads = [source.cell_texts(b) for b in source.blocks if b.head]
    body = [source.cell_texts(b) for b in source.blocks if b.kind == "row" and not b.head]
    found = [
        (row[0], row[1], int(heads[0][at]), heads[1][at], int(row[at]))
        for row in body
        for at in range(2, len(row))
    ]
    assert found == expected


def test_encoding_of_the_meta_element_and_of_none():
    html = '<html><meta charset="iso-8859-1"><p>På rådhuset'
    assert read_html(html, "iso-8859-1").pages[0].text == "På rådhuset"
    assert read_html("<html><p>På rådhuset", "cp1252").pages[0].text == "På rådhuset"
    wrong = '<html><meta charset="utf-8"><p>På rådhuset'
    assert read_html(wrong, "cp1252").pages[0].text == "På rådhuset"


PARTS = st.sampled_from(
    "<p> </p> <table> <tr> <td> <th colspan=3> <td rowspan=9> </table> <ul> <li> <ol> <br> <pre> "
    "</div> <h2> tekst 7 2026 <b> <footer> <article> <nav> <caption> <thead> <td colspan=0>".split()
)


@settings(deadline=None)
@given(st.lists(PARTS, max_size=30).map(" ".join))
def test_any_tag_soup_is_read_or_refused(html):
    try:
        source = read_html(html)
    except Unreadable:
        return
    page = source.pages[0].text
    assert page.split("\n") == [source.text(b) for b in source.blocks]
    widths = {}
    for block in source.blocks:
        if block.kind == "row":
            assert widths.setdefault(block.table, len(block.cells)) == len(block.cells)


def test_a_page_that_tells_its_own_address_keeps_it():
    page = "<html><head>{}</head><body><h1>Notat om låse</h1><p>Låse koster 2 kr.</p></body></html>"
    told = '<link rel="canonical" href="https://www.example.dk/notat?id=7">'
    source = read_html(page.format(told))
    assert source.metadata["url"] == "https://www.example.dk/notat?id=7"
    (document,) = assemble(source).documents
    assert document.url == source.metadata["url"]
    og = '<meta property="og:url" content="https://www.example.dk/notat">'
    assert read_html(page.format(og)).metadata["url"] == "https://www.example.dk/notat"
    for other in ("", '<link rel="canonical" href="/notat">'):
        assert "url" not in read_html(page.format(other)).metadata


def test_raised_digits_are_marks_and_numbers_are_read_in_all_their_prints():
    html = """<p>Puljen er på 320<sup>2</sup> mio. kr. i 2026<span style="vertical-align:super">3
    </span> til 40 m<sup>2</sup>.</p><table><caption>Beløb i kr.</caption>
    <tr><th>Sag<th>2026<sup>1)</sup><th>2027<tr><td>Torv<sup>a</sup><td>1'875'000<td>40 % (36 %)
    <tr><td>Kaj<td>12.450.<br>000<sup>2</sup><td>18-24 mio. kr.
    <tr><td>Regulering (5% pr. år)<td>71 mio. kr.<td>2 %</table>"""
    source = read_html(html)
    assert source.text(source.blocks[0]) == "Puljen er på 320 ² mio. kr. i 2026 ³ til 40 m²."
    figures = assemble(source).figures
    assert [(f.measure, f.year, f.value or (f.low, f.high), f.unit, f.scale) for f in figures] == [
        ("Torv", 2026, 1_875_000, "kr.", 1),
        ("Torv", 2027, 40, "pct.", 1),
        ("Kaj", 2026, 12_450_000, "kr.", 1),
        ("Kaj", 2027, (18, 24), "kr.", 1_000_000),
        ("Regulering (5% pr. år)", 2026, 71, "kr.", 1_000_000),
        ("Regulering (5% pr. år)", 2027, 2, "pct.", 1),
        ("", 2026, 320, "kr.", 1_000_000),
    ]
