from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.sentences import sentences

ONE = [
    "Der afsættes bl.a. Midler til skoler i f.eks. Valby og Nørrebro.",
    "Puljen er på ca. 5 mio. kr. varigt fra 2027.",
    "Mødet holdes d. 12. august 2025 kl. 17.00 i Byrådssalen.",
    "Kurserne ligger i 2. halvår 2025, jf. Bilag 4 i sagen.",
    "Svaret blev givet den 21. april 2026 til hr. P. Hansen.",
    "Se nr. 14, stk. 2 og § 5 i lov nr. 430 om tilsyn.",
    "Udgiften (inkl. Moms og ekskl. Lønstigning) er hhv. 2 og 3 mio. kr. i 2026.",
    "Afd. Nord og St. Kongensgade er med ifm. Flytningen.",
    "Stigningen er 2,5 pct. om året, dvs. Kun lidt over det ventede.",
    "3.1. Formål og baggrund",
    "4. Konsekvens",
    "Tabel 1. Udgifter til service",
    "II. Økonomi",
    "Den 3. Limfjordsforbindelse er ikke med.",
    "Beløbet er 1,5 mio. Kr. stigende til 2 mio. kr. årligt.",
    "Aftalen giver 6,5 mio. kr. (ØU03 fra sidste år) i 2026.",
    "»Hvornår?« og »hvor?« spurgte udvalget.",
    "Kommunen har borgere, skoler mv. som skal inddrages.",
    "Der er p.t. ingen plan for d. 1. Maj.",
    "Dagsorden: 1. Godkendelse af referat",
    "Møder i A. P. Møllers hus holdes jf. afd. Ledelsens ønske.",
    "Forslaget koster 450.000 kr. og giver 2,2 mio. kr. tilbage.",
]
SEVERAL = [
    ["Det fremgår af bilag 3.", "Derefter følger tabel 2."],
    ["Der spares 1,0 mio. kr.", "I 2029 er beløbet 2,2 mio. kr."],
    ["Skolerne får bøger m.v.", "Derefter kommer haverne."],
    ["Antallet er 42.", "Det er nyt."],
    ["Stigende til 4 stillinger i 2029.", "Det svarer til 2,2 mio. kr. i alt."],
    ["Hvad koster det?", "Hvem betaler!", "Ingen ved det …"],
    ["Midlerne er givet jf. § 5, stk. 2.", "Kommunen følger op."],
    ["Sagen lukkes (se bilag 2).", "Udvalget er orienteret."],
    ["Niveauet er 3,5.", "Herefter falder det."],
    ["Frist er 08-05-2026.", "12 medlemmer stemte for."],
    ["Væksten er 0,5 pct.", "HTK følger den."],
    ["Referat af 3. møde.", "Punkt 4 udgik."],
    ["»Det er dyrt.«", "Sådan lød svaret."],
    ["Første linje", "anden linje uden punktum", "Tredje."],
    ["The saving is 2 mio. kr.", "It begins in 2027."],
]


@pytest.mark.parametrize("text", ONE)
def test_what_is_one_sentence_stays_one(text: str) -> None:
    assert [text[a:b] for a, b in sentences(text)] == [text]


@pytest.mark.parametrize("expected", SEVERAL, ids=lambda s: s[0])
@pytest.mark.parametrize("space", [" ", "\n", "  \n\n "])
def test_where_a_sentence_ends(expected: list[str], space: str) -> None:
    joiner = space if "linje" not in expected[0] else "\n"
    text = joiner.join(expected)
    assert [text[a:b] for a, b in sentences(text)] == expected


PIECES = st.sampled_from(
    ["mio.", "kr.", "d.", "12.", "august", "Det", "er", "bl.a.", "§", "(", ")", "3.1.", "?", "\n",
     " ", "\t", "\xa0", "ØU10", "…", "m.v.", "\u2028", "»", "."]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map(" ".join), st.lists(PIECES).map("".join)))
def test_sentences_cover_the_text_in_order_without_overlap(text: str) -> None:
    ranges = sentences(text)
    flat = [offset for pair in ranges for offset in pair]
    assert flat == sorted(flat)
    assert all(a < b for a, b in ranges)
    assert all(text[a:b] == text[a:b].strip() for a, b in ranges)
    assert all("\n" not in text[a:b] for a, b in ranges)
    outside = set(range(len(text))) - {i for a, b in ranges for i in range(a, b)}
    assert all(text[i].isspace() for i in outside)
