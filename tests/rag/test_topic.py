from hypothesis import given
from hypothesis import strategies as st

from rag.text.names import municipalities_named, municipality_meant, proper_names
from rag.text.topic import Topic, weighted_terms

words = st.lists(st.sampled_from(["skole", "robot", "anlæg", "svømmehal", "kursus", "cykelsti"]))


@given(words, words)
def test_cover_is_a_share(asked: list[str], said: list[str]) -> None:
    cover = Topic(asked).cover(weighted_terms((" ".join(said), 1.0)))
    assert 0 <= cover <= 1
    assert cover == 1 if asked and set(asked) <= set(said) else True


def test_a_synonym_a_derivation_and_a_part_cover_less_than_the_word() -> None:
    def cover(word: str, text: str) -> float:
        return Topic([word]).cover(weighted_terms((text, 1.0)))

    whole = cover("vurdering", "en vurdering af skolen")
    verb = cover("vurdering", "skolen vurderes")
    synonym = cover("ai", "kunstig intelligens i skolen")
    part = cover("kompetenceudvikling", "nye kompetencer til alle")
    assert whole == 1 and 0.8 < verb < 1 and 0.8 < synonym < 1 and 0 < part < 0.5


def test_a_row_is_named_by_its_own_words() -> None:
    asked = Topic(["drift", "besparelse", "2027"])
    assert asked.names("Driftsbesparelse") > 0.8
    assert Topic(["drift"]).names("Driftsbesparelse") < 0.5
    assert Topic(["drift"]).names("Drift af springvand") == 0.5
    assert Topic(["leje", "skærme"]).names("Leje af skærme") == 1


def test_what_is_said_aside_never_stands_in_the_way() -> None:
    topic = Topic(["robotter"], aside=["godaften", "formanden"])
    assert topic.cover(weighted_terms(("robotter i kommunen", 1.0))) == 1


def test_a_word_is_strange_that_no_document_has_nor_any_near_it() -> None:
    def rarity(term: str) -> float:
        return 1.0 if term in ("skole", "smerte") else 5.0

    def near(word: str) -> list[tuple[str, float]]:
        return [("smerte", 0.45)] if word == "tandpine" else []

    def strange(*words: str) -> bool:
        return Topic(words, near, rarity).strange

    assert not strange("skole") and not strange("skole", "tandpine")
    assert strange("skole", "hjemløse")
    assert not Topic(["skole"], near, rarity, aside=["godaften"]).strange


def test_an_unknown_verb_or_adjective_weighs_less_than_an_unknown_thing() -> None:
    def rarity(term: str) -> float:
        return 1.0 if term == "skole" else 5.0

    def cover(word: str) -> float:
        return Topic(["skole", word], lambda _: [], rarity).cover({"skole": 1.0})

    assert cover("omfatte") == cover("hellere") > cover("svømmehal")
    assert not Topic(["omfatte"], lambda _: [], rarity).strange


def test_a_phrase_that_the_search_terms_cut_to_a_denial_is_no_synonym() -> None:
    held = weighted_terms(("skolens personale", 1.0))
    assert Topic(["selvbetjent"]).cover(held) == 0  # "uden personale"


def test_municipalities() -> None:
    assert municipalities_named("KK og Aarhus Kommune") == ["København", "Aarhus"]
    assert municipalities_named("vejen til skolen") == []
    assert municipalities_named("Vejen Kommune") == ["Vejen"]
    assert municipalities_named("Vejen 2026-2029: robotter") == ["Vejen"]
    assert municipalities_named("Vejen er spærret i 2026") == []
    assert municipality_meant("gladsakse") == "Gladsaxe"
    assert municipality_meant("silkborg") == "Silkeborg"
    assert municipality_meant("hænder") is None


def test_names_are_capitalised_words_of_no_dictionary_and_no_part_of_a_municipality() -> None:
    assert proper_names("Hvad får Frijsborgskolen i Ikast-Brande?") == ["Frijsborgskolen"]
    assert proper_names("Hvad koster Skolen i Aarhus?") == []
    assert municipality_meant("Skovgård") is None


def test_a_danish_word_of_an_english_question_weighs_as_in_a_danish_one() -> None:
    def rarity(term: str) -> float:
        return 1.0 if term == "skole" else 5.0

    def cover(foreign: list[str]) -> float:
        return Topic(["skole", "svømmehal"], lambda _: [], rarity, foreign).cover({"skole": 1.0})

    assert cover(["skole"]) == cover([]) < cover(["svømmehal"])
