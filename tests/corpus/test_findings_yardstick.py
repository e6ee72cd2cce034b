"""Findings held to the committed list of what the documents hold: nothing missing, nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.pipeline import ingest
from rag.chain import Assistant
from rag.home import CHECKOUT, Home
from rag.search.embed import load_embedder
from rag.store.catalogue import Catalogue
from rag.store.lookup import Lookup
from rag.types import Finding

ORIGINALS = CHECKOUT.parent / "shared" / "originals"
WANTED = yaml.safe_load(Path(__file__).with_name("findings.yaml").read_text("utf8"))


def texts(finding: Finding, catalogue: Lookup) -> list[str]:
    """The words at each place of a finding, in order."""
    found = []
    for place in finding.places:
        (document,) = catalogue.documents(ids=[place.document])
        page = catalogue.page(document.source, place.page)
        assert page
        found.append(page.text[place.start : place.end])
    return found


def names(finding: Finding, catalogue: Lookup) -> set[str | None]:
    documents = catalogue.documents(ids=[p.document for p in finding.places])
    return {d.number or d.period for d in documents}


def is_meant(finding: Finding, wanted: dict[str, Any], catalogue: Lookup) -> bool:
    """Whether a finding is that of the list; those of two documents may name either first."""
    if (finding.kind, finding.severity) != (wanted["kind"], wanted["grade"]):
        return False
    said, held = texts(finding, catalogue), [place.split() for place in wanted["places"].split("|")]
    orders = [said, said[::-1]] if len(wanted["of"]) > 1 else [said]
    return names(finding, catalogue) == set(wanted["of"]) and any(
        len(order) == len(held)
        and all(all(w in text for w in words) for text, words in zip(order, held, strict=True))
        for order in orders
    )


def compare(catalogue: Lookup) -> None:
    found = catalogue.findings()
    missing = [w["why"] for w in WANTED if not any(is_meant(f, w, catalogue) for f in found)]
    more = [f.message.da for f in found if not any(is_meant(f, w, catalogue) for w in WANTED)]
    assert (missing, more) == ([], [])
    assert len(found) == len(WANTED)


def test_the_corpus_shipped_holds_what_the_list_says(assistant: Assistant) -> None:
    compare(assistant.catalogue)


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    home = Home(tmp_path_factory.mktemp("originals"))
    ingest([ORIGINALS], home, load_embedder())
    catalogue = Catalogue(home)
    yield catalogue
    catalogue.close()


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="no ../shared here")
def test_the_originals_hold_what_the_list_says(originals: Catalogue) -> None:
    compare(originals)


def test_the_order_of_reading_changes_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for path in sorted((CHECKOUT / "corpus").glob("*.*"), reverse=True):
        if path.suffix in (".pdf", ".docx"):
            ingest([path], home, load_embedder())
    catalogue = Catalogue(home)
    compare(catalogue)
    catalogue.close()
