"""Catalogues of proposals, however they are numbered, become that many documents."""

from __future__ import annotations

import pytest
from made_documents import Made

THINGS = ("Færre lamper", "Senere busser", "Mindre papir", "Billigere mad", "Længere ruter",
          "Kortere møder", "Grønnere flåde")  # fmt: skip
NUMBERINGS = {
    "a word and a number": lambda n, t: f"Spareforslag {n}: {t}",
    "a word, nr. and a number": lambda n, t: f"Forslag nr. {n} {t}",
    "a number alone": lambda n, t: f"{300 + n} {t}",
    "a number of two levels": lambda n, t: f"4.{n:02} {t}",
    "letters": lambda n, t: f"BU-{n:02} {t}",
    "letters of several committees": lambda n, t: f"{'BKT'[n % 3]}U{n:02} {t}",
    "one letter": lambda n, t: f"D{100 + n}. {t}",
}


def catalogue(count: int, numbering: str, new_pages: bool) -> Made:
    made = Made("katalog.pdf").heading("Katalog over ønsker 2027").text("Faxe Kommune")
    for n in range(1, count + 1):
        if new_pages:
            made.page()
        made.heading(NUMBERINGS[numbering](n, f"{THINGS[n % 7]} i område {n}"), 2)
        made.table((), ("Udvalg", "Teknikudvalget"), ("Ansvarlig", f"Center {n}"))
        made.table(("1.000 kr.", "2027", "2028"), ("Drift", f"-{n}1", f"-{n}2"))
        made.heading("Beskrivelse", 3).text(f"Her beskrives sag {n} nærmere.")
    return made


@pytest.mark.parametrize("new_pages", [True, False])
@pytest.mark.parametrize("numbering", NUMBERINGS)
def test_each_proposal_is_a_document(numbering: str, new_pages: bool) -> None:
    content = catalogue(40, numbering, new_pages).content()
    _front, *proposals = content.documents
    assert len(proposals) == 40
    assert all(THINGS[n % 7] in d.title for n, d in enumerate(proposals, start=1))
    for n, document in enumerate(proposals, start=1):
        own = [f.text for f in content.figures if f.document == document.id]
        assert own == [f"-{n}1", f"-{n}2"]
    assert content.warnings == ()


def test_a_heading_on_each_page_is_enough_where_the_form_is_one() -> None:
    made = Made("katalog.pdf")
    for n, thing in enumerate(THINGS):
        made.page().heading(thing).table((), ("Udvalg", "Kultur"), ("Ansvarlig", f"Center {n}"))
        made.heading("Økonomi", 2).text(f"Det sparer {n + 2} mio. kr. i 2027.")
    assert [d.title for d in made.content().documents] == list(THINGS)


def test_a_report_with_numbered_chapters_is_one_document() -> None:
    made = Made("rapport.pdf").heading("Rapport om veje")
    for n, thing in enumerate(THINGS, start=1):
        made.page().heading(f"{n}. {thing}").text(f"Om {thing.lower()}.")
        made.table(("1.000 kr.", "2026"), (f"Løn til {thing.lower()}", "10"))
    content = made.content()
    assert len(content.documents) == 1 and content.warnings == ()


def test_where_it_cannot_be_told_where_they_begin_that_is_said() -> None:
    made = Made("katalog.pdf").heading("Ønsker")
    for n in range(8):
        made.page().text(f"Her ønskes noget af gruppe {n}, som er vigtigt for borgerne.")
        made.table((), ("Udvalg", "Kultur"), ("Ansvarlig", f"Center {n}"), ("Dato", "marts"))
    content = made.content()
    assert len(content.documents) == 1
    (warning,) = content.warnings
    assert "katalog.pdf" in warning.da and "8 sider" in warning.da
