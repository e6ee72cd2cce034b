"""What comes in waits for a person, and is closed or removed at once, also during an ingest."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from made_pdfs import pdf, proposal_pdf

from ingest import pipeline
from ingest.intake import VARIABLE
from ingest.pipeline import FileReport, ingest, open_catalogue
from rag.errors import InputError
from rag.home import Home
from rag.search.embed import load_embedder
from rag.store.catalogue import Catalogue
from rag.types import Access, Text

ROWS = [("Besparelse", "-100", "-200", "-300", "-400")]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv(VARIABLE, "staff")
    return Home(tmp_path / "home")


def made(folder: Path, name: str, number: str = "BU1") -> Path:
    return proposal_pdf(folder / name, number, "Færre kantiner", ROWS)


def take_in(home: Home, *paths: Path, access: Access | None = None) -> list[Access]:
    ingest(paths, home, load_embedder(), access=access)
    return levels(home)


def levels(home: Home) -> list[Access]:
    with closing_of(home) as catalogue:
        return [d.access for d in catalogue.documents()]


def waiting(home: Home) -> list[str]:
    with closing_of(home) as catalogue:
        return [Path(s.path).name for s in catalogue.held()]


class closing_of:  # noqa: N801
    def __init__(self, home: Home) -> None:
        self.catalogue = Catalogue(home)

    def __enter__(self) -> Catalogue:
        return self.catalogue

    def __exit__(self, *error: object) -> None:
        self.catalogue.close()


def test_what_comes_in_is_for_staff_until_it_is_released(home: Home, tmp_path: Path) -> None:
    path = made(tmp_path, "a.pdf")
    assert take_in(home, path) == ["staff"] and waiting(home) == ["a.pdf"]
    assert take_in(home, path) == ["staff"]
    with closing_of(home) as catalogue:
        staff = catalogue.seen_by(frozenset({"public", "staff"}))
        assert [s.path for s in staff.held()] == [str(path)]
        assert catalogue.seen_by(frozenset({"public"})).held() == []
        assert catalogue.seen_by(frozenset({"public", "closed"})).held() == []
        catalogue.release(str(path))
    assert levels(home) == ["public"] and waiting(home) == []
    assert take_in(home, path) == ["public"]
    assert take_in(home, made(tmp_path, "a.pdf", "BU2")) == ["staff"]  # other bytes


def test_what_was_in_before_and_what_a_person_decides_of_does_not_wait(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    old = made(tmp_path, "a.pdf")
    assert take_in(home, old) == ["public"]
    monkeypatch.setenv(VARIABLE, "staff")
    assert take_in(home, old) == ["public"]
    assert take_in(home, made(tmp_path, "b.pdf", "BU2"), access="public") == ["public", "public"]
    take_in(home, made(tmp_path, "c.pdf", "BU3"))
    with closing_of(home) as catalogue:
        (document,) = catalogue.documents(numbers=["BU3"])
        catalogue.decide(document.id, "public")
        assert catalogue.held() == [] and catalogue.documents(numbers=["BU3"])[0].access == "public"


def test_a_release_opens_nothing_that_is_closed(home: Home, tmp_path: Path) -> None:
    path = pdf(
        tmp_path / "d.pdf", "# Punkt 1: Vejene", "Om vejene.", "# Punkt 2: Lukket punkt", "Om x."
    )
    assert take_in(home, path) == ["staff", "closed"]
    with closing_of(home) as catalogue:
        catalogue.release(str(path))
    assert levels(home) == ["public", "closed"]


def test_what_waits_still_waits_when_an_older_catalogue_is_read_again(
    home: Home, tmp_path: Path
) -> None:
    take_in(home, made(tmp_path, "a.pdf"))
    Catalogue.renew(home).close()
    assert take_in(home) == ["staff"] and waiting(home) == ["a.pdf"]
    with closing_of(home) as catalogue:
        catalogue.release(str(tmp_path / "a.pdf"))
    Catalogue.renew(home).close()
    assert take_in(home) == ["public"]


def test_a_setting_that_is_none_stops_before_anything_is_read(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "staf")
    with pytest.raises(InputError, match="RAADSVAR_INTAKE"):
        ingest([made(tmp_path, "a.pdf")], home, load_embedder())
    assert levels(home) == []


def test_closing_and_removing_take_effect_during_an_ingest(home: Home, tmp_path: Path) -> None:
    one, two = made(tmp_path, "a.pdf"), made(tmp_path, "b.pdf", "BU2")
    take_in(home, one, two, access="public")
    two = made(tmp_path, "b.pdf", "BU3")
    done: list[tuple[list[Access], int]] = []

    def change() -> None:
        with closing_of(home) as catalogue:
            first, second = catalogue.documents()
            catalogue.decide(first.id, "closed")
            catalogue.remove(second.source)
        done.append((levels(home), len(waiting(home))))

    def advance(report: FileReport, done_: int, total: int) -> None:
        if done_ == 1:
            person = threading.Thread(target=change)
            person.start()
            person.join(20)
            assert not person.is_alive()

    reports = ingest([one, two], home, load_embedder(), advance)
    assert done == [(["closed"], 0)]
    # What was removed meanwhile does not come back by the same ingest.
    assert levels(home) == ["closed"] and "slettet" in reports[1].warnings[0].da


def test_a_file_removed_while_it_is_read_stays_so(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, "a.pdf")
    take_in(home, path, access="public")
    path = made(tmp_path, "a.pdf", "BU2")

    def removing(*read: object) -> list[Text]:
        with closing_of(home) as catalogue:
            catalogue.remove(catalogue.source_at(str(path)) or "")
        return []

    monkeypatch.setattr(pipeline, "told_copies", removing)
    (report,) = ingest([path], home, None)
    assert levels(home) == [] and report.outcome == "unchanged"
    assert open_catalogue(home).failures() == []
