from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.compounds import parts
from rag.text.language import analyse, detect_language, fold, words

COMPOUNDS = """
rammebesparelsen ramme besparelse
budgetændring budget ændring
serviceudgifter service udgift
digitaliseringsstrategien digitalisering strategi
effektiviseringspotentiale effektivisering potentiale
økonomiudvalget økonomi udvalg
anlægsudgifterne anlæg udgift
anlægspuljen anlæg pulje
servicerammen service ramme
borgerservice borger service
plejehjemmene pleje hjem
hjemmepleje hjem pleje
sagsbehandlingstiden sagsbehandling sag behandling tid
budgetforhandlingerne budget forhandling
kommuneaftalen kommune aftale
økonomiaftale økonomi aftale
personalekonsekvenser personale konsekvens
kompetenceudvikling kompetence udvikling
prioriteringsforslaget prioritering forslag
investeringsbehov investering behov
finansieringsrammen finansiering ramme
omstillingsplanen omstilling plan
robotteknologi robot teknologi
robotløsningerne robot løsning
politikersvaret politiker svar
lønadministration løn administration
fakturabehandling faktura behandling
mailsortering mail sortering
referatskrivning referat skrivning
velfærdsteknologien velfærd teknologi
velfærdsområdet velfærd område
automatiseringsplatformen automatisering platform
dataplatforme data platform
datakvaliteten data kvalitet
systemlandskab system landskab
myndighedsområdet myndighed område
administrationsopgaver administration opgave
befolkningsvæksten befolkning vækst
hovedudvalget hoved udvalg
børnehaver barn have
folkeskolen folk skole
skatteindtægter skat indtægt
pilotprojekterne pilot projekt
overgangsperioden overgang periode
dokumentationsopgaver dokumentation opgave
tilsynsopgaver tilsyn opgave
ressortaftalen ressort aftale
aftaletekst aftale tekst
regningsbetaling regning betaling
nøglemedarbejdere nøgle medarbejder
fagområderne fag område
klimahandlingsplan klima handling plan
trafiksikkerhed trafik sikkerhed
cykelstier cykel sti
affaldssortering affald sortering
vintertjeneste vinter tjeneste
handicapområdet handicap område
ældreplejen ældre pleje
byggesagsbehandling bygge sag behandling
udbudsrunde udbud runde
energirenovering energi renovering
idrætshallerne idræt hal
sundhedscenteret sundhed center
daginstitution dag institution
brugerbetalingen bruger betaling
normeringer
kommunalbestyrelsen kommunal bestyrelse
""".strip().splitlines()
# fmt: off
SIMPLE = [
    "besparelsen", "forvaltning", "kommune", "bestyrelse", "medarbejder", "omkostning",
    "forespørgsel", "administration", "effektivisering", "konsekvenser", "beskæftigelse",
    "uddannelse", "virksomhed", "mulighed", "investering", "årsager", "politikerne",
    "offentligheden", "nedlæggelse", "prioritering", "personligt", "understøtte",
]
DANISH = [
    "årsværk i 2029?", "hvad koster ØU10", "ØU10?", "Hvor mange stillinger nedlægges?",
    "besparelse 2027", "hvem har stillet spørgsmålet", "Hvad er nettoændringen i 2028?",
    "anlæg 2026", "investering i robotter", "Findes der et forslag om AI?", "er ØU10 vedtaget",
    "drift i 2027", "hvor meget spares der i alt", "sagsnummer på politikersvaret",
    "Hvad siger medarbejdersiden?", "oekonomiudvalget", "kunstig intelligens i København",
    "Bliver der fyret nogen?", "hvornår blev svaret givet", "Koster det noget?", "ØK74",
    "robotter", "effektivisering af administrationen", "hvilke forslag handler om skoler",
    "giv mig en oversigt over puljerne", "hvad er prisniveauet", "stillinger nedlagt 2029",
    "ØU02 årsværk 2024", "Hvem er sagsbehandler?", "hva koster de", "2029", "", "AI?",
    "Hvad med Aarhus?", "Og i 2028?", "nuværende budget 2025", "samlet pulje på service",
    "Hvad foreslår Mikkel Skovgaard?", "merudgift eller mindreudgift", "for hele perioden?",
    "hvor er pengene til chatbots", "borgerservice", "tale til tekst",
]
ENGLISH = [
    "FTE in ØU10 2029?", "How many FTE does ØU10 cut", "what does ØU10 cost?", "savings 2027",
    "Who asked the question?", "net change in 2028", "Is ØU10 adopted?", "investment in robots",
    "How much is saved in total?", "What do the employees say?", "When was the answer given?",
    "capital expenditure 2026", "Is there a proposal about AI?", "staff positions in 2029",
    "which proposals concern schools", "does it cost anything", "ØU10 savings", "case number",
    "and in 2028?", "What about Aarhus?", "how many årsværk in ØU02", "the price level of ØK74",
    "What is Høje-Taastrup's share?", "Københavns Kommune: who is the caseworker?",
    "operating costs for 2027", "list the investment needs", "Will anyone be dismissed?",
    "artificial intelligence in Copenhagen", "Are positions closed?", "cuts in 2026",
    "What is the saving of the rammebesparelse?", "give me an overview of the funds",
    "Who is Mikkel Skovgaard?", "speech to text", "FTE 2029", "why", "which year is it from",
]
# fmt: on


@pytest.mark.parametrize("line", COMPOUNDS)
def test_compounds_are_split_into_lemmas(line: str) -> None:
    word, *expected = line.split()
    assert set(parts(word)) >= set(expected)
    assert len(parts(word)) <= len(expected) + 2


@pytest.mark.parametrize("word", SIMPLE)
def test_simple_words_are_left_whole(word: str) -> None:
    assert parts(word) == ()


@pytest.mark.parametrize("written", ["ØU10", "ØU 10", "oeu10", "OEU-10", "øu10", "Øu 10", "ØU-10"])
def test_a_proposal_number_is_one_term_however_written(written: str) -> None:
    assert analyse(f"Hvad koster {written}?") == ["koste", "øu10"]


def test_a_leading_zero_in_a_proposal_number_does_not_matter() -> None:
    assert analyse("ØU02") == analyse("øu2") == ["øu2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-2.200 og 1.234,5", ["2200", "1234,5"]),
        ("1,5 mio. i 2026-2029", ["1,5", "mio", "2026", "2029"]),
        ("2½ i 2026-priser", ["2,5", "2026", "pris"]),
        ("1,500.25 and 1.5", ["1500,25", "1,5"]),
        ("Budget B2025", ["budget", "b2025", "2025"]),
        ("ØU 10 mio. kr.", ["øu", "10", "mio", "kr"]),
        ("5G i KKs net", ["5g", "kk", "net"]),
    ],
)
def test_numbers_are_terms_in_one_spelling(text: str, expected: list[str]) -> None:
    assert analyse(text) == expected


def test_inflected_forms_meet_in_one_term() -> None:
    for forms in ("borger borgere borgernes", "leder lederne", "skat skatten skatterne",
                  "stilling stillingernes", "robotter robotten", "årsværket årsværk",
                  "Københavns København", "midler midlerne", "besluttet beslutter"):  # fmt: skip
        assert len({analyse(form)[0] for form in forms.split()}) == 1, forms


def test_a_word_found_by_its_part() -> None:
    assert set(analyse("besparelser")) <= set(analyse("Rammebesparelsen"))
    assert list(words("Rammebesparelsen")) == [("rammebesparelse", "ramme", "besparelse")]


def test_english_words_get_english_lemmas_and_are_not_split() -> None:
    assert analyse("the children's positions, investments and cuts") == [
        "child", "position", "investment", "cut",
    ]  # fmt: skip


def test_it_is_a_word_in_danish_and_a_pronoun_in_english() -> None:
    assert "it" in analyse("digitalisering og it i kommunen")
    assert "it" in analyse("What is the budget for IT?")
    assert "it" not in analyse("How much does it cost?")


def test_stop_words_are_dropped_and_composed_letters_do_not_matter() -> None:
    assert analyse("hvad er det for en") == analyse("what is the of") == []
    decomposed = unicodedata.normalize("NFD", "Ændring på årsværk")
    assert analyse(decomposed) == analyse("ændring på årsværk")


@given(st.text())
def test_every_term_is_lower_case_and_never_empty(text: str) -> None:
    terms = analyse(text)
    assert all(terms)
    assert all(not any(c.isspace() for c in term) for term in terms)
    assert terms == [term for word in words(text) for term in word]


@pytest.mark.parametrize("question", DANISH)
def test_danish_questions(question: str) -> None:
    assert detect_language(question) == "da"


@pytest.mark.parametrize("question", ENGLISH)
def test_english_questions(question: str) -> None:
    assert detect_language(question) == "en"


def test_fold_joins_the_spellings_of_danish_letters() -> None:
    assert len({fold(w) for w in ("økonomiudvalget", "oekonomiudvalget", "Okonomiudvalget")}) == 1
    assert len({fold(w) for w in ("årsværk", "aarsvaerk", "arsvark")}) == 1
    assert fold("Århus") == fold("Aarhus") == fold("A\u030arhus")
