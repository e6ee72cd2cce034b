"""Signing in: who is who, what each may see, and that nobody is let in without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from identities import identities
from made_pdfs import proposal_pdf
from playwright.sync_api import Page, expect
from serving import serving, window
from streamlit import config
from streamlit.testing.v1 import AppTest

from ingest.pipeline import ingest
from rag.chain import refresh
from rag.home import CHECKOUT, VARIABLE, Home
from rag.search.embed import load_embedder
from rag.store.access import LOCAL
from ui.sign_in import user_of

ANNE = {"sub": "s1", "name": "Anne Andersen", "email": "anne@example.dk"}


# ---------------------------------------------------------------- who is who


def test_whoever_is_signed_in_is_a_politician() -> None:
    user = user_of(ANNE, {})
    assert (user.name, user.roles, user.closed) == ("Anne Andersen", {"politician"}, False)
    assert user.id == user_of(ANNE, {}).id != user_of({**ANNE, "sub": "s2"}, {}).id
    assert user.levels == {"public"}


@pytest.mark.parametrize("told", [["Staff", "Other"], "staff other", "staff,other"])
def test_roles_are_told_by_a_claim(told: object) -> None:
    assert user_of({**ANNE, "roles": told}, {}).roles == {"politician", "staff"}
    assert user_of({**ANNE, "groups": told}, {"roles": "groups"}).levels == {"public", "staff"}
    assert user_of({**ANNE, "groups": told}, {}).roles == {"politician"}


@pytest.mark.parametrize("claims", [{"oid": "O-1"}, {"sub": "s1"}, {"email": "Anne@example.dk"}])
def test_those_named_see_what_is_closed(claims: dict[str, str]) -> None:
    named = {"closed": ["o-1", "s1", "anne@example.dk"]}
    assert user_of({"sub": "s2", **claims}, named).closed
    assert not user_of({"sub": "s2"}, named).closed


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "anne@example.dk", "email_verified": False},
        {"email": "anne@example.dk", "email_verified": "false"},
        {"preferred_username": "anne@example.dk"},
        {"name": "anne@example.dk"},
    ],
)
def test_an_address_that_anyone_can_take_names_nobody(claims: dict[str, object]) -> None:
    assert not user_of({"sub": "s2", **claims}, {"closed": ["anne@example.dk"]}).closed


# -------------------------------------------------------- not beyond this machine


def test_the_app_does_not_start_where_others_reach_it_without_sign_in(tmp_path: Path) -> None:
    code = "import sys, cli; sys.argv = ['raadsvar', 'app']; cli.main()"
    environment = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", VARIABLE: str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin", **environment},
    )  # fmt: skip
    assert done.returncode == 2 and "0.0.0.0" in done.stderr and "secrets.toml" in done.stderr


def test_a_page_shows_nothing_where_others_reach_it_without_sign_in(
    corpus_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(corpus_home))
    before = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=30).run()
        shown = "\n".join(element.body for element in app.html)
        assert "ingen skal logge ind" in shown and not app.chat_input and not app.exception
    finally:
        config.set_option("server.address", before)


def test_on_this_machine_alone_everyone_is_the_local_user(
    corpus_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(corpus_home))
    app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=30).run()
    assert any(LOCAL.name in element.body for element in app.html) and app.chat_input


# ------------------------------------------------------------- with a provider


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One public and one closed proposal."""
    folder = tmp_path_factory.mktemp("signed")
    rows = [("Besparelse", "-100", "-200", "-300", "-400")]
    ingest([proposal_pdf(folder / "a.pdf", "TU07", "Lys på stierne", rows)],
           Home(folder / "home"), load_embedder())  # fmt: skip
    ingest([proposal_pdf(folder / "b.pdf", "ZX41", "Kvaderhuset", rows)],
           Home(folder / "home"), load_embedder(), access="closed")  # fmt: skip
    refresh(Home(folder / "home"))
    return folder / "home"


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("button", name="Log ud")).to_be_visible()


def ask(page: Page, question: str) -> str:
    answers = page.locator("section.answer")
    before = answers.count()
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1)
    return answers.last.inner_text()


def test_people_sign_in_and_see_what_they_may(
    home: Path, tmp_path: Path, browser_path: str
) -> None:
    (tmp_path / ".streamlit").mkdir()
    with identities() as provider:
        secrets = provider.secrets_toml(closed="bo@example.dk")
        (tmp_path / ".streamlit" / "secrets.toml").write_text(secrets, "utf8")
        with serving(home, tmp_path) as address:
            with window(browser_path, address, also=provider.issuer) as page:
                page.goto(address)
                expect(page.get_by_role("button", name="Log ind")).to_be_visible()
                assert page.get_by_role("textbox").count() == 0
                provider.claims = ANNE
                sign_in(page)
                expect(page.get_by_text("Anne Andersen")).to_be_visible()
                assert "200" in ask(page, "Hvad er besparelsen i TU07 i 2027?")
                assert "200" not in ask(page, "Hvad er besparelsen i ZX41 i 2027?")
                assert "Kvaderhuset" not in page.content()
                page.get_by_role("button", name="Log ud").click()
                expect(page.get_by_role("button", name="Log ind")).to_be_visible()
                provider.claims = {"sub": "s2", "name": "Bo", "email": "bo@example.dk"}
                sign_in(page)
                assert "200" in ask(page, "Hvad er besparelsen i ZX41 i 2027?")
            with window(browser_path, address, also=provider.issuer) as page:
                provider.age = 13 * 3600
                page.goto(address)
                page.get_by_role("button", name="Log ind").click()
                page.wait_for_url(f"{address}/")
                expect(page.get_by_role("button", name="Log ind")).to_be_visible()
                assert page.get_by_role("textbox").count() == 0
