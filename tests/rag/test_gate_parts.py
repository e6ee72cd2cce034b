"""What a sentence states beside its number: its place holds each part, or it is told."""

from pathlib import Path

import pytest
from docx import Document

from draft.texts import OUTCOMES
from ingest.pipeline import ingest
from rag.chain import Assistant
from rag.gate.direction import Meaning, meaning
from rag.gate.gate import Outcome, Verdict, check
from rag.home import Home
from rag.search.embed import load_embedder
from rag.store.catalogue import Catalogue


def flagged(text: str, assistant: Assistant) -> list[Verdict]:
    return [v for v in check(text, assistant.catalogue) if not v.passed]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("ØU02 øger antallet af årsværk med 5 i 2025.", "direction"),
        ("ØU10 giver en merudgift på 2,2 mio. kr. i 2029.", "direction"),
        ("ØU10 adds 4 FTE in 2029.", "direction"),
        ("ØU10 sparer ikke 2,2 mio. kr. i 2029.", "direction"),
        ("ØU10 opgiver en besparelse på 2,2 mio. kr. i 2029.", "direction"),
        ("Udgifterne stiger med 2,2 mio. kr. i 2029 med ØU10.", "direction"),
        ("ØU10 har fra 1,65 mio. kr. i 2028 til 2,2 mio. kr. i 2029 en faldende effektivisering, "
         "der falder til 2,2 mio. kr. i 2029.", "direction"),
        # No lexicon has it, and the figure has an effect.
        ("ØU10 smadrer 2,2 mio. kr. i 2029.", "direction"),
        ("ØU10 burns DKK 2.2 million in 2029.", "direction"),
        ("ØU02's investering i drift er 3 mio. kr. i 2024.", "row"),
        ("Kantinen i Høje-Taastrup sparer 2,2 mio. kr. i 2029.", "row"),
        ("ØU10 har 0,5 procentpoint af de offentligt ansatte.", "unit"),
        ("Projekt 12 i ØU10 sparer 2,2 mio. kr. i 2029.", "subject"),
        ("Ældrerådet sparer 2,2 mio. kr. i 2029 med ØU10.", "actor"),
    ],
)  # fmt: skip
def test_a_part_that_the_place_does_not_hold_is_named(
    text: str, part: str, assistant: Assistant
) -> None:
    wrong = flagged(text, assistant)
    assert {(v.outcome, v.part) for v in wrong} == {("partly", part)}
    for verdict in wrong:
        assert verdict.place is not None and verdict.bearing is None
        assert verdict.elsewhere is not None and verdict.elsewhere.da != verdict.elsewhere.en


def test_per_mille_is_no_per_cent(assistant: Assistant) -> None:
    (wrong,) = flagged("ØU10 har 0,5 promille af de offentligt ansatte.", assistant)
    assert wrong.outcome != "bound"


@pytest.mark.parametrize(
    "text",
    [
        "Effektiviseringen i ØU10 er opgjort til 2,2 mio. kr. i 2029.",
        "For ØU10 lyder effektiviseringen på 1,65 mio. kr. i 2028.",
        "Antallet af årsværk i ØU02 reduceres med 8 i 2027.",
        "Der bliver 8 færre årsværk i 2027 med ØU02.",
        "Effektiviseringen i ØU10 stiger fra 1,65 mio. kr. i 2028 til 2,2 mio. kr. i 2029.",
        "Det nuværende budget for ØU02 falder til 89,5 mio. kr. i 2026.",
        "ØU10 sparer ikke kun penge: effektiviseringen er 2,2 mio. kr. i 2029.",
        "The efficiency saving in ØU10 amounts to DKK 2.2 million in 2029.",
        "ØU02 reduces the number of posts by 8 in 2027.",
    ],
)
def test_what_is_told_in_other_words_is_bound(text: str, assistant: Assistant) -> None:
    assert flagged(text, assistant) == []


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Forslaget ØU10 blev vedtaget af Byrådet.", "partly"),
        ("ØU10 blev forkastet.", "partly"),
        ("Byrådet har vedtaget, at ØU10 nedlægger 4 stillinger i 2029.", "partly"),
        # The sentence before names the matter.
        ("ØU10 handler om kunstig intelligens. Forslaget blev vedtaget af Byrådet.", "partly"),
        ("ØU03 blev vedtaget i Budget 2023.", "bound"),
        ("Hovedudvalget anbefaler en strategi for, hvordan kunstig intelligens skal bruges.",
         "bound"),
        ("Hovedudvalget fraråder en strategi for, hvordan kunstig intelligens skal bruges.",
         "partly"),
        ("Administrationen foreslår ØU10.", "bound"),
        ("Byrådet foreslår ØU10.", "partly"),
    ],
)  # fmt: skip
def test_a_decision_is_held_by_its_own_matter(
    text: str, outcome: Outcome, assistant: Assistant
) -> None:
    found = [v for v in check(text, assistant.catalogue) if v.kind == "decision"]
    assert [v.outcome for v in found] == [outcome]


@pytest.mark.parametrize(
    "text",
    [
        "ØU10 er ikke vedtaget.",
        "Dokumenterne oplyser ikke, at forslagene er vedtaget.",
        "Hvis ØU10 bliver vedtaget, nedlægges der 4 stillinger i 2029.",
        "Byrådet skal tage stilling til, om ØU10 godkendes.",
    ],
)
def test_what_is_denied_or_to_come_is_no_decision(text: str, assistant: Assistant) -> None:
    assert [v for v in check(text, assistant.catalogue) if v.kind == "decision"] == []


MINUTES = """# Cykelsti langs Nørreå

Byrådets møde den 4. marts 2031

## Indstilling
Forvaltningen indstiller, at der gives en anlægsbevilling på 4 mio. kr. i 2031.

Ældrerådet opfordrer til, at stien belyses.

## Beslutning
Byrådet godkendte indstillingen. Imod stemte Venstre (V) og Dansk Folkeparti (O).
"""


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = tmp_path_factory.mktemp("minutes")
    document = Document()
    for line in filter(None, MINUTES.split("\n")):
        level = len(line) - len(line.lstrip("#"))
        style = f"Heading {level}" if level else None
        document.add_paragraph(line.lstrip("# "), style)
    document.save(str(folder / "referat.docx"))
    home = Home(folder / "home")
    ingest([folder / "referat.docx"], home, load_embedder())
    return Catalogue(home)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Byrådet godkendte cykelstien langs Nørreå.", "bound"),
        ("Cykelstien langs Nørreå blev godkendt mod stemmerne fra Venstre.", "bound"),
        ("Cykelstien langs Nørreå blev godkendt mod stemmerne fra Enhedslisten.", "partly"),
        ("Byrådet forkastede cykelstien langs Nørreå.", "partly"),
        ("Byrådet udsatte cykelstien langs Nørreå.", "partly"),
        ("Økonomiudvalget godkendte cykelstien langs Nørreå.", "partly"),
        ("Ældrerådet opfordrer til, at cykelstien langs Nørreå belyses.", "bound"),
        ("Ældrerådet fraråder, at cykelstien langs Nørreå belyses.", "partly"),
        ("Handicaprådet opfordrer til, at cykelstien langs Nørreå belyses.", "partly"),
    ],
)
def test_minutes_hold_what_they_decide(text: str, outcome: Outcome, minutes: Catalogue) -> None:
    found = [v for v in check(text, minutes) if v.kind == "decision"]
    assert found and {v.outcome for v in found} == {outcome}


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("antallet af årsværk stiger med", Meaning(change="up", mode="by", plain=True)),
        ("personalereduktionen lyder på", Meaning(change="down")),
        ("besparelsen stiger til", Meaning(named="cut", change="up", mode="to")),
        ("det koster mere end", Meaning(plain=True, spends=True)),
        ("en fælles risiko er", Meaning()),
    ],
)
def test_directions_are_read_from_the_lexicon(before: str, told: Meaning) -> None:
    assert meaning(before, "", False) == told


def test_each_outcome_has_its_words() -> None:
    assert "partly" in OUTCOMES


def test_a_partly_held_text_fails(tmp_path: Path, corpus_home: Path) -> None:
    from typer.testing import CliRunner

    import cli

    letter = tmp_path / "svar.txt"
    letter.write_text("ØU02 øger antallet af årsværk med 5 i 2025.", "utf8")
    result = CliRunner().invoke(
        cli.app, ["check", str(letter)], env={"RAADSVAR_HOME": str(corpus_home)}
    )
    assert result.exit_code == 1
    assert "partly" in result.output and "retningen" in result.output
