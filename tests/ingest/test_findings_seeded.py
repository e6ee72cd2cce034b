"""Each kind of fault, put into a document without any, is found, and nothing else is."""

import pytest
from clean_documents import FAULTS, Plan, made, plans, posts_told, told
from hypothesis import given, settings
from made_documents import Made, proposal

from ingest.checks.across import across
from rag.types import Finding


def findings(plan: Plan) -> list[Finding]:
    return list(made(plan).content().findings)


@settings(max_examples=20)
@given(plans())
def test_a_clean_document_has_no_findings(plan: Plan) -> None:
    assert [f.message.da for f in findings(plan)] == []


@pytest.mark.parametrize("fault", FAULTS)
@settings(max_examples=4)
@given(plan=plans())
def test_a_seeded_fault_is_found_and_nothing_else(fault: str, plan: Plan) -> None:
    seed, kind, grade = FAULTS[fault]
    found = findings(seed(plan))
    # A wrong net makes its year and the years' sum wrong.
    assert len(found) <= 2
    assert {(f.kind, f.severity) for f in found} == {(kind, grade)}, [f.message.da for f in found]
    assert found[0].places and found[0].message.da != found[0].message.en


@pytest.mark.parametrize(("off", "kind", "grade"), [
    (0, "confirmed", "soft"), (50, "document_against_document", "hard"),
])  # fmt: skip
@settings(max_examples=5)
@given(plan=plans())
def test_what_another_document_tells_is_compared(
    off: int, kind: str, grade: str, plan: Plan
) -> None:
    count = posts_told(plan.posts[1] + off, plan.form)
    teller = proposal("TU09", "Skilte ved stierne").text(
        f"TU07 nedlægger {count} i {plan.years[1]}.",
        f"Et andet sted spares {told(plan.savings[0], plan.scale, plan.form)} i {plan.first}.",
    )
    own, other = (m.content() for m in (made(plan), teller))
    assert [f.severity for f in other.findings] == []
    found = across(other.readings[0], own.readings[0])
    assert [(f.kind, f.severity) for f in found] == [(kind, grade)]
    assert {p.document for f in found for p in f.places} == {
        own.documents[0].id, other.documents[0].id
    }  # fmt: skip


HEAD = ("1.000 kr.", "2026", "2027")
SAME = {
    "in millions": "Effektiviseringen er 2,2 mio. kr. i 2026 og 2,4 mio. kr. i 2027.",
    "in full": "Effektiviseringen er 2.200.000 kr. i 2026 og 2.449.000 kr. i 2027.",
    "rounded": "Effektiviseringen er ca. 2 mio. kr. i 2026 og 2,4 mio. kr. i 2027.",
    "half a post": "Der nedlægges en halv stilling i 2026 stigende til to stillinger i 2027.",
    "in figures": "Der nedlægges 0,5 årsværk i 2026 og 2 fuldtidsstillinger i 2027.",
    "a half sign": "Der nedlægges ½ årsværk i 2026 stigende til 2 årsværk i 2027.",
    "from and to": "Der nedlægges fra 0,5 stilling i 2026 stigende til 2 stillinger i 2027.",
}


@pytest.mark.parametrize("case", SAME)
def test_what_is_the_same_in_other_words_agrees(case: str) -> None:
    document = (
        proposal("TU08", "Lys")
        .table(HEAD, ("Effektivisering", "-2.200", "-2.449"), ("Årsværk", "-0,5", "-2"))
        .text(SAME[case])
    )
    assert [f.message.da for f in document.content().findings] == []


def test_what_rounding_explains_is_no_hard_finding() -> None:
    rows = [("Løn", "1,2", "1,0"), ("Varer", "1,3", "1,0"), ("I alt", "2,6", "2,0")]
    (found,) = Made().heading("Tal").table(("mio. kr.", "2026", "2027"), *rows).content().findings
    assert (found.kind, found.severity) == ("identity", "soft")
    rows[2] = ("I alt", "2,9", "2,0")
    (found,) = Made().heading("Tal").table(("mio. kr.", "2026", "2027"), *rows).content().findings
    assert found.severity == "hard"


def test_a_saving_without_its_minus_is_found() -> None:
    document = (
        proposal("TU08", "Lys")
        .table(HEAD, ("Besparelse", "2.200", "2.400"))
        .text(
            "Note: (-) = mindreudgift/merindtægt, (+) = merudgift/mindreindtægt",
            "Der spares 2,2 mio. kr. i 2026 og 2,4 mio. kr. i 2027.",
        )
    )
    assert [(f.kind, f.severity) for f in document.content().findings] == [("sign", "hard")]
