"""Plain text in the styles that PDF extractors leave: what the blocks must be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import Unreadable, read_bytes
from ingest.read.hyphens import join_lines


def blocks(text):
    source = read_bytes("notat.txt", text.encode())
    return [
        (b.kind, source.cell_texts(b) if b.kind == "row" else source.text(b)) for b in source.blocks
    ]


def rows(text):
    source = read_bytes("notat.txt", text.encode())
    return [
        (("head" if b.head else "row") if b.aligned else "loose", *source.cell_texts(b))
        for b in source.blocks
        if b.kind == "row"
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("en samlet omstil-", "lingsplan for byen", "en samlet omstillingsplan for byen"),
        ("på børne- ", "og ungeområdet", "på børne- og ungeområdet"),
        ("drift af IT-", "brugeradministration", "drift af IT-brugeradministration"),
        ("kommunens it-", "servicecenter", "kommunens it-servicecenter"),
        ("borgere i Høje-", "Taastrup", "borgere i Høje-Taastrup"),
        ("årligt fra 2028-", "2030.", "årligt fra 2028-2030."),
        ("Indtægt/", "udgift", "Indtægt/udgift"),
        ("anlægsram-", "men", "anlægsrammen"),
        ("et valg -", "og et fravalg", "et valg - og et fravalg"),
        ("", "alene", "alene"),
    ],
)
def test_words_cut_by_a_line_end(first, second, whole):
    assert join_lines(first, second) == whole


PYPDF = (
    " Budget  \n2027-2030 \n\nPrioriteringsforslag \n\nNr. ØU77  \n\n \n"
    "Overskrift Fælles indkøb af cykler til hjemmeplejen \nUdvalg Økonomiudvalget \n"
    "Forslagsstiller Administrationen \n \n\nBeløb i 1.000 kr. \n2027-priser \n\n"
    "2027 2028 2029 2030 \n\nNuværende budget - - - - \n      \n"
    "Budgetændring – drift     \nEffektivisering -1.000 −1.100 (650) 0 \n"
    "Investering - Drift   250 2,5 \nInvestering - Anlæg     \n"
    "Samlet ændring (Netto) -1.000 -1.100 -400 2,5 \n\n    \nPersonalekonsekvenser     \n"
    "Ændring i antal årsværk -0,5 – 3 4 \nNote: Minus er en mindre udgift \n\n \n"
    "1. Resumé \n"
    "Forvaltningen vil købe ladcykler, så de ansatte i hjemmeplejen kan komme hurtigere frem \n"
    "til de ældre, og så at biler kan sælges. Det sker på voksen-, ældre- og socialområdet, IT-\n"
    "afdelingen og i Høje-\nTaastrup by. Ordningen koster i alt 2,5 mio. kr. fra 2027 til og med \n"
    "2030. \n \n2. Status \nDer er i dag 14 cykler. \n"
)


def test_pypdf_style():
    assert blocks(PYPDF) == [
        ("paragraph", "Budget 2027-2030"),
        ("paragraph", "Prioriteringsforslag"),
        ("paragraph", "Nr. ØU77"),
        ("paragraph", "Overskrift Fælles indkøb af cykler til hjemmeplejen"),
        ("paragraph", "Udvalg Økonomiudvalget"),
        ("paragraph", "Forslagsstiller Administrationen"),
        ("row", ("Beløb i 1.000 kr. 2027-priser", "2027", "2028", "2029", "2030")),
        ("row", ("Nuværende budget", "-", "-", "-", "-")),
        ("row", ("Budgetændring – drift", "", "", "", "")),
        ("row", ("Effektivisering", "-1.000", "−1.100", "(650)", "0")),
        ("row", ("Investering - Drift", "", "", "250", "2,5")),
        ("row", ("Investering - Anlæg", "", "", "", "")),
        ("row", ("Samlet ændring (Netto)", "-1.000", "-1.100", "-400", "2,5")),
        ("row", ("Personalekonsekvenser", "", "", "", "")),
        ("row", ("Ændring i antal årsværk", "-0,5", "–", "3", "4")),
        ("paragraph", "Note: Minus er en mindre udgift"),
        ("heading", "1. Resumé"),
        (
            "paragraph",
            "Forvaltningen vil købe ladcykler, så de ansatte i hjemmeplejen kan komme hurtigere "
            "frem til de ældre, og så at biler kan sælges. Det sker på voksen-, ældre- og "
            "socialområdet, IT-afdelingen og i Høje-Taastrup by. Ordningen koster i alt 2,5 mio. "
            "kr. fra 2027 til og med 2030.",
        ),
        ("heading", "2. Status"),
        ("paragraph", "Der er i dag 14 cykler."),
    ]


def test_without_the_spaces_of_blank_cells_a_short_row_is_not_aligned():
    squeezed = "\n".join(" ".join(line.split()) for line in PYPDF.split("\n"))
    found = rows(squeezed)
    assert ("loose", "Investering - Drift", "250", "2,5") in found
    assert ("row", "Effektivisering", "-1.000", "−1.100", "(650)", "0") in found
    assert ("row", "Budgetændring – drift", "", "", "", "") in found
    assert ("row", "Personalekonsekvenser", "", "", "", "") in found
    assert len(found) == 9


def test_spaces_are_not_believed_where_a_row_of_the_table_contradicts_them():
    text = PYPDF.replace("Effektivisering -1.000 −1.100 (650) 0 ", "Effektivisering  -1.000 −1.100")
    found = rows(text)
    assert ("loose", "Effektivisering", "-1.000", "−1.100") in found
    assert ("loose", "Investering - Drift", "250", "2,5") in found


TABS = (
    "Overskrift\t<b>Digital vejviser (DV)</b>\nUdvalg\tKulturudvalget\n\n"
    "Beløb i 1.000 kr. 2025-priser\t2025\t2026\t2027\n"
    "Nuværende budget\t0\t0\t0\n<b>Budgetændring – drift</b>\t\t\t\n"
    "Effektivisering\t\t-275\t-550\n<b>Samlet ændring (Netto)</b>\t<b>600</b>\t-275\t<b>-550</b>\n"
    "\nNote: (-) er mindre udgift\n\n## 1. Resumé\n\n"
    "Vejviseren skal hjælpe gæster i hallen, så at de finder vej, og den skal virke i Høje-\n\n\n\n"
    "Taastrup Kommune til sommer. Den <b>koster</b> lidt &amp; hjælper meget.\n\n"
    "#### **Brug af skærme**\n\nSkærmene slukkes om natten.\n"
)


def test_tab_style():
    assert blocks(TABS) == [
        ("row", ("Overskrift", "Digital vejviser (DV)")),
        ("row", ("Udvalg", "Kulturudvalget")),
        ("row", ("Beløb i 1.000 kr. 2025-priser", "2025", "2026", "2027")),
        ("row", ("Nuværende budget", "0", "0", "0")),
        ("row", ("Budgetændring – drift", "", "", "")),
        ("row", ("Effektivisering", "", "-275", "-550")),
        ("row", ("Samlet ændring (Netto)", "600", "-275", "-550")),
        ("paragraph", "Note: (-) er mindre udgift"),
        ("heading", "1. Resumé"),
        (
            "paragraph",
            "Vejviseren skal hjælpe gæster i hallen, så at de finder vej, og den skal virke i "
            "Høje-Taastrup Kommune til sommer. Den koster lidt & hjælper meget.",
        ),
        ("heading", "Brug af skærme"),
        ("paragraph", "Skærmene slukkes om natten."),
    ]
    source = read_bytes("a.txt", TABS.encode())
    assert [(b.table, b.head) for b in source.blocks if b.kind == "row"] == [
        (1, False), (1, False), (2, True), (2, False), (2, False), (2, False), (2, False),
    ]  # fmt: skip


DOUBLE = "\n\n".join(
    [
        "\nØK99 Ramme til grønne tage på skoler, institutioner og andre kommunale ejen-\n"
        "domme (fælles indsats) ",
        " ",
        "Resume  ",
        "Udvalget har set på tagene, og der er brug for en plan, som kan gælde for alle byens ",
        "skoler. Der foreslås en flerårig ramme til grønne tage og til en samlet udviklings- og ",
        "vedligeholdelsesplan. Den dækker de første ejendomme, hvor tagene alligevel skal skif-",
        "tes, og den gør det muligt at samle udbuddene, så priserne kan holdes nede. ",
        "- Der mangler et overblik over tagenes alder, og hvem der betaler for de skader, ",
        "som kommer om vinteren. ",
        "- Der mangler ansatte ",
        "• Tage på skoler og haller, som bruges hver dag, og som ingen har set efter i man-",
        "ge år ",
        "o Små tage ",
        " ",
        "Økonomi ",
        "Der søges om 20 mio. kr. i 2027. ",
        " ",
        "Tabel 1. Oversigt over tagene ",
        "1.000 kr., 2027 p/l Styrings-",
        "område ",
        "2026 2027 2028 I alt ",
        "Pulje til tage på anlægsram-",
        "men ",
        "Anlæg - 5.000 10.000 15.000 ",
        "Udgifter i alt (netto)  - 5.000 10.000 15.000 ",
        " ",
        "Forslag til aftaletekst  \nParterne er enige om at lægge grønne tage. ",
        " ",
        "Tabel 2. Udgifter til anlæg",
        "1.000 kr., 2027 p/l Udvalg Bevilling \nIndtægt/ ",
        "udgift \n2026 2027 2028 I alt ",
        "Pulje til tage på \nanlægsrammen \nØU ",
        "3123 - ",
        "Fælles an-\nlægspuljer ",
        "U  5.000 10.000 15.000 ",
        "Anlægsudgifter i alt     5.000 10.000 15.000 ",
        " \nAndre oplysninger  ",
    ]
)


def test_double_spaced_style():
    found = [b for b in blocks(DOUBLE) if b[0] != "row"]
    assert found == [
        (
            "heading",
            "ØK99 Ramme til grønne tage på skoler, institutioner og andre kommunale ejendomme "
            "(fælles indsats)",
        ),
        ("heading", "Resume"),
        (
            "paragraph",
            "Udvalget har set på tagene, og der er brug for en plan, som kan gælde for alle byens "
            "skoler. Der foreslås en flerårig ramme til grønne tage og til en samlet udviklings- "
            "og vedligeholdelsesplan. Den dækker de første ejendomme, hvor tagene alligevel skal "
            "skiftes, og den gør det muligt at samle udbuddene, så priserne kan holdes nede.",
        ),
        (
            "item",
            "Der mangler et overblik over tagenes alder, og hvem der betaler for de skader, som "
            "kommer om vinteren.",
        ),
        ("item", "Der mangler ansatte"),
        (
            "item",
            "Tage på skoler og haller, som bruges hver dag, og som ingen har set efter i mange år",
        ),
        ("item", "Små tage"),
        ("heading", "Økonomi"),
        ("paragraph", "Der søges om 20 mio. kr. i 2027."),
        ("paragraph", "Tabel 1. Oversigt over tagene"),
        ("heading", "Forslag til aftaletekst"),
        ("paragraph", "Parterne er enige om at lægge grønne tage."),
        ("paragraph", "Tabel 2. Udgifter til anlæg"),
        ("paragraph", "Andre oplysninger"),
    ]


def test_double_spaced_tables_with_text_columns():
    years = ("2026", "2027", "2028", "I alt")
    assert rows(DOUBLE) == [
        ("head", "1.000 kr., 2027 p/l", "Styringsområde", *years),
        ("row", "Pulje til tage på anlægsrammen", "Anlæg", "-", "5.000", "10.000", "15.000"),
        ("row", "Udgifter i alt (netto)", "", "-", "5.000", "10.000", "15.000"),
        ("head", "1.000 kr., 2027 p/l", "Udvalg", "Bevilling", "Indtægt/udgift", *years),
        (
            "row",
            *("Pulje til tage på anlægsrammen", "ØU", "3123 - Fælles anlægspuljer", "U"),
            *("", "5.000", "10.000", "15.000"),
        ),
        ("row", "Anlægsudgifter i alt", "", "", "", "", "5.000", "10.000", "15.000"),
    ]


def test_letter_keeps_its_lines_apart():
    text = (
        "Til Hanne Holm (Q)\n\nSvar til Hanne Holm (Q) - Lys på stierne, herunder i skoven\n\n"
        "Hanne Holm (Q) har den 3. maj 2026 spurgt, hvornår stierne i skoven får lys, og hvem der "
        "betaler for det.\n\nTeknikforvaltningens svar\n\nStierne får lys i 2027 ([link](#)), når "
        "lamperne er købt.\n\n- Første lampe\n- Anden lampe\n\n08-05-2026\n\nSagsnummer i F2\n"
        "2026 - 4711\n\nSagsnummer eDoc\n\nSagsbehandler\nBo Bek\n\nLink: [Plan for lys](#)"
    )
    assert blocks(text) == [
        ("paragraph", "Til Hanne Holm (Q)"),
        ("heading", "Svar til Hanne Holm (Q) - Lys på stierne, herunder i skoven"),
        (
            "paragraph",
            "Hanne Holm (Q) har den 3. maj 2026 spurgt, hvornår stierne i skoven får lys, og hvem "
            "der betaler for det.",
        ),
        ("heading", "Teknikforvaltningens svar"),
        ("paragraph", "Stierne får lys i 2027 (link), når lamperne er købt."),
        ("item", "Første lampe"),
        ("item", "Anden lampe"),
        ("paragraph", "08-05-2026"),
        ("paragraph", "Sagsnummer i F2"),
        ("paragraph", "2026 - 4711"),
        ("paragraph", "Sagsnummer eDoc"),
        ("paragraph", "Sagsbehandler"),
        ("paragraph", "Bo Bek"),
        ("paragraph", "Link: Plan for lys"),
    ]


def test_running_heads_and_page_numbers_go_to_the_furniture():
    pages = [
        f"Budget 2027-2030\nSide {n} af 3\nKapitel {name}\n\nDer står en sætning om {name} her.\n\n"
        f"Og en mere om {name}.\nForvaltningen\n"
        for n, name in enumerate(["stier", "haver", "tage"], start=1)
    ]
    source = read_bytes("a.txt", "\f".join(pages).encode())
    text = source.pages[0].text
    assert not source.paged and len(source.pages) == 1
    assert "Side" not in text and "Budget" not in text and "Forvaltningen" not in text
    assert "Kapitel haver" in text and "Og en mere om tage." in text
    assert {"Budget 2027-2030", "Side 2 af 3", "Forvaltningen"} <= set(source.furniture)


def test_a_number_alone_is_no_page_number_unless_it_counts():
    assert ("paragraph", "117") in blocks("Journal\n117\n\nDer er noget at se her.\n" * 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Mio. kr. 2026 2027-2029 I alt\nSkoler 5 6 11\n",
            [("head", "Mio. kr.", "2026", "2027-2029", "I alt"), ("row", "Skoler", "5", "6", "11")],
        ),
        (
            "Område Regnskab 2024 Budget 2025\nSkoler +5 12,5 %\n",
            [("head", "Område", "Regnskab 2024", "Budget 2025"), ("row", "Skoler", "+5", "12,5 %")],
        ),
        ("T.kr. 2026\nSkoler 5\n", [("head", "T.kr.", "2026"), ("row", "Skoler", "5")]),
        (
            "Mio. kr. 2026 2027\nUdgifter til vagter og\nportnere 5 6\nAnlæg\nPorte 1 2\n",
            [
                ("head", "Mio. kr.", "2026", "2027"),
                ("row", "Udgifter til vagter og portnere", "5", "6"),
                ("row", "Anlæg", "", ""),
                ("row", "Porte", "1", "2"),
            ],
        ),
        (
            "Mio. kr.\n2026\n2027\n2028\nLøn\n-1\n-\n3\nAndet\n7\n8\nKort sagt\n",
            [
                ("head", "Mio. kr.", "2026", "2027", "2028"),
                ("row", "Løn", "-1", "-", "3"),
                ("loose", "Andet", "7", "8"),
            ],
        ),
        (
            "Mio. kr.     2026    2027    2028\nLøn           1,0     2,5       3\n"
            "Andet                  10\n",
            [
                ("head", "Mio. kr.", "2026", "2027", "2028"),
                ("row", "Løn", "1,0", "2,5", "3"),
                ("row", "Andet", "", "10", ""),
            ],
        ),
        (
            "1.000 kr. Udvalg Konto 2026 2027 2028\nTage ØU 1112 – Fælles 5 6\nI alt 5 6\n",
            [
                ("head", "1.000 kr.", "Udvalg", "Konto", "2026", "2027", "2028"),
                ("loose", "Tage ØU 1112 – Fælles", "5", "6"),
                ("loose", "I alt", "5", "6"),
            ],
        ),
    ],
)
def test_tables_of_other_makes(text, found):
    assert rows(text) == found


def test_agenda_item():
    text = (
        "Indstilling\n\nForvaltningen indstiller,\n\n1. at der købes låse,\n2. at de males.\n\n"
        "Beslutning\n\nGodkendt.\n"
    )
    assert blocks(text) == [
        ("heading", "Indstilling"),
        ("paragraph", "Forvaltningen indstiller,"),
        ("item", "1. at der købes låse,"),
        ("item", "2. at de males."),
        ("heading", "Beslutning"),
        ("paragraph", "Godkendt."),
    ]


def test_prose_that_ends_in_years_is_no_table():
    text = "Der er planer for 2026 2027\nog de gælder i 2028, hvor der er afsat 25\nmio. kr.\n"
    assert rows(text) == []


def test_prose_after_a_table_is_no_row():
    text = (
        "1.000 kr.\n2026 2027 2028\nLøn 1 2 3\nI alt 1 2 3\n\n"
        "Beløbene er afsat i 2026\nog Hanne får 7\n"
    )
    assert [r[1] for r in rows(text)] == ["1.000 kr.", "Løn", "I alt"]


def test_number_of_a_phase_is_no_value():
    text = "1.000 kr. 2026 2027 2028\nFase 2 10 20\nFase 3 1 2 3\nI alt 11 22 3\n"
    assert rows(text)[1:] == [
        ("loose", "Fase 2", "10", "20"),
        ("row", "Fase 3", "1", "2", "3"),
        ("row", "I alt", "11", "22", "3"),
    ]


def test_trailing_blanks_count_in_a_short_row():
    text = "1.000 kr.\n2026 2027 2028\nLøn 1 2 3 \nAndet 5 6  \nMere  7 8 \nUklart  9  \n"
    assert rows(text)[1:] == [
        ("row", "Løn", "1", "2", "3"),
        ("row", "Andet", "5", "6", ""),
        ("row", "Mere", "", "7", "8"),
        ("row", "Uklart", "", "9", ""),
    ]
    untrue = text.replace("Uklart  9  ", "Uklart  9 ")
    assert [r[0] for r in rows(untrue)[1:]] == ["row", "loose", "loose", "loose"]


def test_two_tables_in_a_row_are_two():
    text = "Mio. kr. 2026 2027\nLøn 1 2\nAndet 3 4\nT.kr. 2028 2029\nLøn 5 6\nAndet 7 8\n"
    assert [r[0] for r in rows(text)] == ["head", "row", "row"] * 2


def test_numbered_list_is_items_and_numbered_titles_are_headings():
    text = (
        "1. Formål\nDet er en sag om tage.\n\nVi beder om:\n1. Flere tage\n2. Færre huller\n\n"
        "2. Sagen\nDen er kort.\n"
    )
    assert [b for b in blocks(text) if b[0] != "paragraph"] == [
        ("heading", "1. Formål"),
        ("item", "1. Flere tage"),
        ("item", "2. Færre huller"),
        ("heading", "2. Sagen"),
    ]


def test_pipe_table_in_plain_text():
    text = "| Kr. | 2026 | 2027 |\n|---|---|---|\n| Løn | -1 | |\n"
    assert rows(text) == [("head", "Kr.", "2026", "2027"), ("row", "Løn", "-1", "")]


LINES = st.sampled_from(
    [*PYPDF.split("\n"), *TABS.split("\n"), *DOUBLE.split("\n"), "\f", "•", "- ", "| a |", "1. "]
)


@settings(deadline=None)
@given(st.one_of(st.text(), st.lists(LINES, max_size=40).map("\n".join)))
def test_offsets_hold_for_any_text(text):
    try:
        source = read_bytes("a.txt", text.encode())
    except Unreadable as error:
        assert "a.txt" in error.message.da and "a.txt" in error.message.en
        return
    page = source.pages[0].text
    assert page.split("\n") == [source.text(b) for b in source.blocks]
    widths: dict[int, int] = {}
    for block in source.blocks:
        for (_, end), (start, _) in zip(block.cells, block.cells[1:], strict=False):
            assert page[end:start] == "\t"
        if block.kind == "row" and block.aligned:
            assert widths.setdefault(block.table, len(block.cells)) == len(block.cells)


@settings(deadline=None)
@given(st.lists(LINES, max_size=40).map("\n".join))
def test_no_letter_is_lost(text):
    """What is read holds every letter of the text, those of tags and links aside."""
    try:
        source = read_bytes("a.txt", text.encode())
    except Unreadable:
        return
    kept = source.pages[0].text + "".join(source.furniture)
    bare = text.replace("<b>", "").replace("</b>", "").replace("&amp;", "&")

    def letters(of: str) -> set[str]:
        return {ch for ch in of if ch.isalpha()}

    assert letters(bare) - letters(kept) <= {"o"}  # the bullet
