"""A document is called what a person would call it, whatever stands around its title."""

from __future__ import annotations

from itertools import product

import pytest
from made_documents import Made

TITLE = "Støj fra vejene ved Nordhavnen"
ABOVE = {
    "nothing": (),
    "letterhead": ("Vejle Kommune", "Teknisk Forvaltning", "Rådhuset, Torvet 1, 7100 Vejle"),
    "contact": ("Tlf. 12 34 56 78", "teknik@vejle.dk", "CVR 12345678"),
    "center": ("Center for Teknik & Miljø", "3. maj 2026"),
    "label": ("NOTAT",),
    "minutes": ("Referat",),
    "spaced": ("P R O JEK TB ESK R IV ELSE",),
    "draft": ("Udkast", "N O T A T"),
    "path": ("H:\\sager\\2026\\stoej.docx", "Side 1 af 4"),
}


@pytest.mark.parametrize(
    ("above", "as_headings", "titled"), list(product(ABOVE, (True, False), (True, False)))
)
def test_what_stands_above_a_title_is_none(above: str, as_headings: bool, titled: bool) -> None:
    made = Made("stoej.docx", paged=False)
    for line in ABOVE[above]:
        (made.heading if as_headings and not titled else made.text)(line)
    (made.heading if titled or as_headings else made.text)(TITLE)
    made.text("Forvaltningen har målt støjen ved vejene i foråret, og den er høj om natten.")
    made.heading("Baggrund").text("Der kører mange biler.")
    made.furniture.append("Vejle Kommune · Side 1 af 4")
    made.furniture.append("Sagsnr.: 25/1234 Dok.nr.: 99")
    assert made.document().title == TITLE


@pytest.mark.parametrize("word", ["Referat", "DAGSORDEN", "Beslutningsprotokol"])
def test_minutes_are_called_by_their_meeting(word: str) -> None:
    made = Made("referat.docx", paged=False).heading(word)
    made.text("Møde i Byrådet den 27. maj 2026")
    for n, title in enumerate(("Godkendelse af dagsorden", "Ny skole"), start=1):
        made.heading(f"{n}. {title}").heading("Beslutning", 2).text("Godkendt.")
    front, *items = made.content().documents
    assert front.title == f"{word.capitalize()}, Byrådet, 27. maj 2026"
    assert [d.title for d in items] == ["Godkendelse af dagsorden", "Ny skole"]


@pytest.mark.parametrize("given", ["(anonymous)", "Microsoft Word - notat_v2.docx", "untitled"])
def test_a_programs_name_for_a_file_is_no_title(given: str) -> None:
    made = Made("stoej.pdf")
    made.metadata["title"] = given
    made.table(("Vej", "2026"), ("Havnevej", "5"))
    assert made.document().title == "stoej.pdf"


def test_letters_set_apart_are_a_word_where_there_is_no_other_title() -> None:
    made = Made("b.pdf").heading("B U D G E T 2 0 2 6")
    assert made.table(("Vej", "Kr."), ("Havnevej", "5")).document().title == "Budget 2026"
