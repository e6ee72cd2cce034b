"""What documents of other municipalities say of themselves."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from made_documents import Made
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.read.pdf import read_pdf


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Sagsid: 25/17340", "25/17340"),
        ("Sagsnr. 358412 Brevid. 5127760", "358412"),
        ("J. nr. 82.06.00G01-12-25. Sagsansvarlig: Rikke Dam, Byen.", "82.06.00G01-12-25"),
        ("Sag 00.01.00-P20-3-25", "00.01.00-P20-3-25"),
        ("Til: Byrådet Dato: 3. maj 2026 Sagsnr.: EMN-2026-01877", "EMN-2026-01877"),
    ],
)
def test_case_numbers(line: str, number: str) -> None:
    assert Made().heading("Notat om støj").text(line).document().case_numbers == (number,)


@pytest.mark.parametrize("line", ["2027-2030", "Sag om støj i 2027", "Sagsnummer eDoc"])
def test_what_is_no_case_number(line: str) -> None:
    assert Made().heading("Notat om støj").text(line).document().case_numbers == ()


@pytest.mark.parametrize(
    ("line", "committee", "date"),
    [
        ("Behandles i Børn og Unge-udvalget", "Børn og Unge-udvalget", None),
        ("Miljøudvalget, 14. april 2026 – bilag 2", "Miljøudvalget", dt.date(2026, 4, 14)),
        (
            "Statusnotat til Børne- og Familieudvalgets møde den 9. april 2026",
            "Børne- og Familieudvalget",
            dt.date(2026, 4, 9),
        ),
        (
            "Til: Kultur- og Fritidsudvalget Dato: 11. marts 2026",
            "Kultur- og Fritidsudvalget",
            dt.date(2026, 3, 11),
        ),
        ("Byrådets møde onsdag den 27. maj 2026 kl. 17.30", "Byrådet", dt.date(2026, 5, 27)),
        ("Miljøudvalget bad om et notat.", None, None),
    ],
)
def test_committee_and_meeting(line: str, committee: str | None, date: dt.date | None) -> None:
    document = Made().text(line).heading("Notat om støj").document()
    assert (document.committee, document.date) == (committee, date)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["GLADSAXE KOMMUNE", "Skoler der varmes"], "Skoler der varmes"),
        (["Dato", "Svar om vikarer"], "Svar om vikarer"),
        (["12. maj 2026", "Plan for søen"], "Plan for søen"),
        (["1. Sammenfatning"], "Budgetnotat nr. 12 - Skærme i hjemmeplejen"),
    ],
)
def test_titles(lines: list[str], title: str) -> None:
    made = Made().text("Esbjerg Kommune Side 1 af 2", "Budgetnotat nr. 12 - Skærme i hjemmeplejen")
    for line in lines:
        made.heading(line)
    assert made.text("Der står noget her.").document().title == title


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Budgetnotat nr. 12 - Skærme", "budgetnotat"),
        ("Type Spareforslag med investering", "prioriteringsforslag"),
        ("Anlægsforslag til budget 2027", "prioriteringsforslag"),
        ("Svar på spørgsmål om vikarer", "politikersvar"),
        ("Notatet nævner budgetforslaget for 2026.", "notat"),
    ],
)
def test_a_document_is_what_it_calls_itself(line: str, kind: str) -> None:
    assert Made().heading("Skærme").text(line).document().kind == kind


def test_a_catalogues_front_has_no_number() -> None:
    made = Made().heading("Prioriteringskatalog").text("Budget 2027 med overslagsårene 2028-2030")
    made.table(("1.000 kr.", "B2027"), ("SU01 Mere motion", "-1"), ("SU02 Mindre røg", "-2"))
    for title in ("SU01 Mere motion", "SU02 Mindre røg"):
        made.page().heading(title).text("Udvalg: Sundhedsudvalget", "Der spares 1 mio. kr. i 2027.")
    front, *others = made.content().documents
    assert (front.kind, front.number) == ("prioriteringskatalog", None)
    assert [(d.kind, d.number, d.period) for d in others] == [
        ("prioriteringsforslag", "SU01", "2027-2030"),
        ("prioriteringsforslag", "SU02", "2027-2030"),
    ]


def test_an_item_alone_tells_its_own_decision() -> None:
    made = Made("punkt.html", paged=False).text("Byrådets møde den 27. maj 2026")
    made.heading("14. Cykelsti ved søen (Åbent punkt)").heading("Indstilling").text("At gøre det.")
    made.heading("Sagsfremstilling").text("Der er en sø.")
    made.heading("Beslutning i Teknikudvalget, 12. maj 2026").text("Anbefales.")
    made.heading("Beslutning").text("Byrådet vedtog indstillingen med 28 stemmer mod 2.")
    document = made.document()
    assert (document.kind, document.decision) == ("dagsordenspunkt", "adopted")
    assert (document.title, document.date) == ("Cykelsti ved søen", dt.date(2026, 5, 27))


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        (["Spørgsmål fra Rikke Holm Dam (A) af 3. marts 2026"], dt.date(2026, 3, 3)),
        (["Rikke Holm Dam (A) spørger:"], None),
        (["Stillet af: Rikke Holm Dam (A)", "Modtaget: 3. marts 2026"], dt.date(2026, 3, 3)),
        (["Byrådsmedlem Rikke Holm Dam (A) har den 3. marts 2026 spurgt:"], dt.date(2026, 3, 3)),
    ],
)
def test_who_asked(lines: list[str], asked: dt.date | None) -> None:
    document = Made().heading("Svar på spørgsmål om støj").text(*lines).document()
    assert (document.asker, document.asked) == ("Rikke Holm Dam (A)", asked)
    assert document.proposer is None


def drawn(*texts: tuple[float, float, str, float, bool]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for x, y, text, size, bold in texts:
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        canvas.drawString(x, A4[1] - y, text)
    canvas.save()
    return out.getvalue()


def test_a_letters_side_column_stays_apart() -> None:
    body = [
        "Udgiften til vikarer på kommunens seks hjem var otte",
        "mio. kr. i 2023, og den er faldet hvert år siden, fordi",
        "der er kommet et korps af egne folk, som dækker alle",
        "vagter om aftenen og i weekenden på hjemmene i byen.",
        "Udvalget får en samlet evaluering af det i november",
    ]
    side = ["Dato", "17. februar 2026", "Sagsnummer", "2026-004512", "Direkte telefon"]
    data = drawn(
        *((60.0, 100.0 + 16 * n, text, 11.0, False) for n, text in enumerate(body)),
        *((410.0, 100.0 + 16 * n, text, 8.0, n % 2 == 0) for n, text in enumerate(side)),
    )
    source = read_pdf(Path("brev.pdf"), data)
    texts = [source.text(b) for b in source.blocks]
    assert texts[0] == " ".join(body)
    assert all(not any(s in text for s in side) for text in texts[:1])


@pytest.mark.parametrize("bold_head", [True, False])
def test_a_table_of_words_is_rows(bold_head: bool) -> None:
    rows = [
        ("Indsats", "Ansvarlig", "Status"),
        ("Nye stier i skoven", "Rikke Holm", "I gang"),
        ("Flere bænke", "Ulla Berg Dam", "Gennemført"),
        ("Bedre lys ved søen", "Per Sø", "Forsinket"),
    ]
    data = drawn(
        *(
            (x, 100.0 + 18 * n, text, 9.0, bold_head and n == 0)
            for n, row in enumerate(rows)
            for x, text in zip((60.0, 250.0, 400.0), row, strict=True)
        ),
        (60.0, 220.0, "Der er brug for mere tid til lysene ved søen, siger de i byen.", 9.0, False),
    )
    source = read_pdf(Path("plan.pdf"), data)
    found = [source.cell_texts(b) for b in source.blocks if b.kind == "row"]
    assert found == (rows if bold_head else [])
