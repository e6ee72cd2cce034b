"""A municipality with more proposals than are read for one question."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from collected import collected_texts

from rag.chain import Assistant
from rag.search import naming

_MEASURES = ("Fusion", "Sammenlægning", "Udvidelse", "Bemanding", "Energirenovering")
_AREAS = ("folkeskoler", "biblioteker", "svømmehaller", "parker", "museer", "botilbud")
_SAVED = {matter: 10 + at for at, matter in enumerate(product(_MEASURES, _AREAS))}


def _proposal(number: str, measure: str, area: str, saved: int) -> str:
    return f"""# {number} {measure} af {area}

Prioriteringsforslag, Ringsted Kommune, Budget 2026-2029

| Beløb i 1.000 kr. | 2026 | 2027 | 2028 | 2029 |
|---|---|---|---|---|
| Effektivisering | -{saved * 10} | -{saved * 20} | -{saved * 30} | -{saved * 30} |
| Ændring i antal årsværk | -1 | -{saved} | -{saved} | -{saved} |

Byrådet beslutter, hvornår {measure.lower()} af {area} kan begynde.
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("town")
    texts = {
        f"XU{saved}": _proposal(f"XU{saved}", *matter, saved) for matter, saved in _SAVED.items()
    }
    with collected_texts(folder, texts) as assistant:
        yield assistant


@pytest.mark.parametrize(("matter", "saved"), _SAVED.items())
def test_a_proposal_called_by_its_title_is_the_one_meant(
    town: Assistant, matter: tuple[str, str], saved: int
) -> None:
    measure, area = matter
    answer = town.ask(f"Hvor mange årsværk spares ved {measure.lower()} af {area} i 2028?")
    assert [f.amount for s in answer.statements for f, _ in s.figures] == [-saved]
    assert answer.citations[0].document.number == f"XU{saved}"


def test_what_several_proposals_are_on_is_told_of_each(town: Assistant) -> None:
    answer = town.ask("Hvor mange årsværk spares på museer i 2028?")
    assert answer.status == "ambiguous"
    told = {abs(f.amount) for s in answer.statements for f, _ in s.figures if f.amount}
    assert told == {saved for (_, area), saved in _SAVED.items() if area == "museer"}


def test_what_no_proposal_is_on_is_told_of_none(town: Assistant) -> None:
    answer = town.ask("Hvor mange årsværk spares på togdrift i 2028?")
    assert answer.status == "not_found" and not answer.tells_figures


@pytest.mark.parametrize(
    ("question", "saved"),
    [
        ("Hvilket forslag sparer flest årsværk i 2028?", 39),
        ("Hvilket forslag sparer færrest årsværk i 2028?", 10),
        ("Which proposal saves the most FTEs in 2028?", 39),
        ("Hvilket af forslagene om museer sparer flest årsværk i 2028?", 38),
    ],
)
def test_what_is_largest_is_found_among_all_proposals(
    town: Assistant, question: str, saved: int
) -> None:
    answer = town.ask(question)
    assert answer.status == "answered"
    assert [f.amount for f, _ in answer.statements[0].figures] == [-saved]
    assert [f.amount for f, _ in answer.statements[1].figures] == [-saved]


def test_an_answer_says_that_more_documents_have_such_a_figure(town: Assistant) -> None:
    answer = town.ask("Hvor mange årsværk spares i 2028?")
    assert len(answer.statements) < len(_SAVED)
    assert answer.statements[-1].text.startswith("Flere dokumenter end disse")
    few = town.ask("Hvor mange årsværk spares på museer i 2028?")
    assert all(s.figures for s in few.statements)


def test_too_many_documents_are_not_compared(
    town: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "MOST_COMPARED", 20)
    answer = town.ask("Hvilket forslag sparer flest årsværk i 2028?")
    assert answer.why_not is not None and answer.why_not.code == "too_many"
    answer = town.ask("Hvilket forslag sparer flest årsværk på museer i 2028?")
    assert [f.amount for f, _ in answer.statements[0].figures] == [-38]


def test_documents_are_looked_up_by_their_budgets(town: Assistant) -> None:
    shelf = town.catalogue.shelf
    assert shelf.of_budgets([2026]) == list(shelf.documents)
    assert shelf.of_budgets([2025, 2027]) == []


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Hvilke forslag sparer mere end 37 årsværk i 2028?", ["XU39", "XU38"]),
        ("Hvilke forslag sparer mindst 37 årsværk i 2028?", ["XU39", "XU38", "XU37"]),
        ("Hvilke forslag sparer over 760.000 kr. i 2027?", ["XU39"]),
        ("Which proposals save at most 0,22 mio. kr. in 2027?", ["XU11", "XU10"]),
        ("Hvilke forslag om museer sparer mere end 30 årsværk i 2028?", ["XU38", "XU32"]),
        ("Hvilke forslag sparer mere end 100 årsværk i 2028?", []),
    ],
)
def test_which_proposals_a_bound_holds_of(
    town: Assistant, question: str, numbers: list[str]
) -> None:
    answer = town.ask(question)
    told = [answer.citations[s.citations[0]].document.number for s in answer.statements]
    assert told == numbers
    assert answer.status == ("answered" if numbers else "not_found")


def test_a_list_of_documents_says_that_there_are_more(town: Assistant) -> None:
    assert town.ask("Hvilke forslag er der?").statements[-1].text.startswith("Der er flere")
    few = town.ask("Hvilke forslag handler om museer?")
    assert len(few.statements) == len(_MEASURES)
