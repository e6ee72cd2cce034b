"""What the browser tests share."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from browser import MISSING, find
from playwright.sync_api import Page
from serving import serving, showed, window


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell of a test that failed what the window lent to it showed."""
    report = yield
    if report.when == "call" and report.failed:
        for page in (given for given in item.funcargs.values() if isinstance(given, Page)):
            report.sections.append(("window", showed(page)))
    return report


@pytest.fixture(scope="session")
def browser_path() -> str:
    return find() or pytest.fail(MISSING, pytrace=False)


@pytest.fixture(scope="module")
def home(corpus_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the corpus shipped, whose records a module's tests may add to."""
    return shutil.copytree(corpus_home, tmp_path_factory.mktemp("home") / "data")


@pytest.fixture(scope="session")
def address(corpus_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app over the corpus shipped, for tests that change no document of it."""
    folder = shutil.copytree(corpus_home, tmp_path_factory.mktemp("served") / "data")
    with serving(folder, tmp_path_factory.mktemp("elsewhere")) as served:
        yield served


@pytest.fixture
def page(address: str, browser_path: str) -> Iterator[Page]:
    """A phone-sized window."""
    with window(browser_path, address, width=390, height=780) as opened:
        yield opened


@pytest.fixture(autouse=True)
def local(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the pages that a test draws by itself the local user's, as `app --local` does."""
    monkeypatch.setattr("ui.sign_in._served", "locally")
