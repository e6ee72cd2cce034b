"""Signing in: who is who, what each may see, and that nobody is let in without."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from identities import identities
from made_pdfs import proposal_pdf
from playwright.sync_api import Page, expect
from serving import serving, window
from streamlit.testing.v1 import AppTest

from ingest.pipeline import ingest
from rag.chain import refresh
from rag.errors import InputError
from rag.home import CHECKOUT, VARIABLE, Home
from rag.search.embed import load_embedder
from rag.store.access import LOCAL
from ui import sessions
from ui.sessions import end
from ui.settings import settings
from ui.sign_in import is_live, session_of, user_of

ANNE = {"sub": "s1", "name": "Anne Andersen", "email": "anne@example.dk", "email_verified": True}
VALID = {
    "redirect_uri": "https://raadsvar.example.dk/oauth2callback",
    "cookie_secret": "x" * 43,
    "client_id": "raadsvar",
    "client_secret": "hemmelig",
    "server_metadata_url": "https://login.example.dk/.well-known/openid-configuration",
}


# ---------------------------------------------------------------- who is who


def test_whoever_is_signed_in_is_a_politician() -> None:
    user = user_of(ANNE, {})
    assert (user.name, user.roles, user.closed) == ("Anne Andersen", {"politician"}, False)
    assert user.id == user_of(ANNE, {}).id != user_of({**ANNE, "sub": "s2"}, {}).id
    assert user.levels == {"public"}


def test_roles_are_told_by_a_claim() -> None:
    told = ["Staff", "Other"]
    assert user_of({**ANNE, "roles": told}, {}).roles == {"politician", "staff"}
    assert user_of({**ANNE, "groups": told}, {"roles": "groups"}).levels == {"public", "staff"}
    assert user_of({**ANNE, "groups": told}, {}).roles == {"politician"}


@pytest.mark.parametrize(
    "told", ["staff", "staff evaluator", {"staff": True}, [["staff"]], ["staff", 1], 7, True, None]
)
def test_a_broken_claim_is_no_role(told: object) -> None:
    assert user_of({**ANNE, "roles": told}, {}).roles == {"politician"}


@pytest.mark.parametrize(
    "claims",
    [{"oid": "O-1"}, {"sub": "s1"}, {"email": "Anne@example.dk", "email_verified": True}],
)
def test_those_named_see_what_is_closed(claims: dict[str, Any]) -> None:
    named = {"closed": ["o-1", "s1", "anne@example.dk"]}
    assert user_of({"sub": "s2", **claims}, named).closed
    assert not user_of({"sub": "s2"}, named).closed


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "anne@example.dk"},
        {"email": "anne@example.dk", "email_verified": False},
        {"email": "anne@example.dk", "email_verified": "false"},
        {"email": ["anne@example.dk"], "email_verified": True},
        {"preferred_username": "anne@example.dk"},
        {"name": "anne@example.dk"},
        {"sub": "anne@example.dk"},
        {"oid": "anne@example.dk"},
        {"sub": "", "oid": ""},
    ],
)
def test_an_address_that_anyone_can_take_names_nobody(claims: dict[str, object]) -> None:
    assert not user_of({"sub": "s2", **claims}, {"closed": ["anne@example.dk", ""]}).closed


def test_a_name_that_is_none_does_not_stop_anyone() -> None:
    assert user_of({**ANNE, "name": ["Anne"]}, {}).name == "anne@example.dk"


def live(home: Path, monkeypatch: pytest.MonkeyPatch, **claims: object) -> bool:
    monkeypatch.setenv(VARIABLE, str(home))
    return is_live({**ANNE, "is_logged_in": True, "iat": time.time() - 60, **claims})


@pytest.mark.parametrize(
    "broken",
    [
        *({"iat": iat} for iat in (None, "now", True, float("nan"), float("inf"), 0)),
        {"iat": time.time() + 7200},
        {"iat": time.time() - 13 * 3600},
        {"is_logged_in": "true"},
        {"sub": None},
        {"sub": 7},
    ],
)
def test_a_sign_in_in_doubt_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: dict[str, object]
) -> None:
    assert live(tmp_path, monkeypatch)
    assert not live(tmp_path, monkeypatch, **broken)


def test_a_sign_in_that_was_ended_stays_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = time.time() - 60
    assert live(tmp_path, monkeypatch, iat=at, nonce="a")
    end(session_of({**ANNE, "iat": at, "nonce": "a"}))
    sessions._ended.cache_clear()  # as a restart does
    assert not live(tmp_path, monkeypatch, iat=at, nonce="a")
    assert live(tmp_path, monkeypatch, iat=at, nonce="b")
    (tmp_path / "ended").write_text("no number\n12 old\n")
    sessions._ended.cache_clear()
    assert live(tmp_path, monkeypatch, iat=at, nonce="a")


# ----------------------------------------------------------- closed when in doubt


class Told(dict[str, Any]):
    """Settings as Streamlit reads them."""

    def load_if_toml_exists(self) -> bool:
        return True


def told(monkeypatch: pytest.MonkeyPatch, **sections: object) -> None:
    monkeypatch.setattr("ui.settings.st.secrets", Told(sections))
    monkeypatch.setattr("ui.settings._is_there", lambda: True)


def test_a_configuration_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, auth=VALID, raadsvar={"closed": ["anne@example.dk"], "roles": "groups"})
    assert settings()["roles"] == "groups"
    told(monkeypatch, auth=VALID)
    assert settings() == {}


@pytest.mark.parametrize(
    "auth",
    [
        None,
        "x",
        {},
        *({**VALID, key: bad} for key in VALID for bad in ("", " ", 7)),
        {**VALID, "cookie_secret": "xxx"},
        {**VALID, "redirect_uri": "http://raadsvar.example.dk/oauth2callback"},
        {**VALID, "redirect_uri": "https://raadsvar.example.dk/"},
        {**VALID, "redirect_uri": "https://[::1/oauth2callback"},
        {**VALID, "server_metadata_url": "http://login.example.dk/"},
        {**VALID, "server_metadata_url": "https://login.microsoftonline.com/common/v2.0"},
    ],
)
def test_a_configuration_in_doubt_serves_nobody(
    monkeypatch: pytest.MonkeyPatch, auth: object
) -> None:
    told(monkeypatch, auth=auth)
    with pytest.raises(InputError, match="Rådsvar is closed"):
        settings()


@pytest.mark.parametrize(
    "house", ["x", {"closed": "anne@example.dk"}, {"closed": [7]}, {"roles": 1}]
)
def test_settings_of_the_house_in_doubt_serve_nobody(
    monkeypatch: pytest.MonkeyPatch, house: object
) -> None:
    told(monkeypatch, auth=VALID, raadsvar=house)
    with pytest.raises(InputError, match="Rådsvar is closed"):
        settings()


def started(folder: Path, *options: str, secrets: str = "", **environment: str) -> tuple[int, str]:
    """What `raadsvar app` says that does not start."""
    (folder / ".streamlit").mkdir(exist_ok=True)
    if secrets:
        (folder / ".streamlit" / "secrets.toml").write_text(secrets)
    code = f"import sys, cli; sys.argv = {['raadsvar', 'app', *options]}; cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(CHECKOUT), "PATH": "/usr/bin:/bin", VARIABLE: str(folder),
             "HOME": str(folder), **environment},
    )  # fmt: skip
    return done.returncode, done.stderr


def test_the_app_does_not_start_for_whom_it_is_not_decided(tmp_path: Path) -> None:
    code, said = started(tmp_path)
    assert code == 2 and "--local" in said and "secrets.toml" in said
    code, said = started(tmp_path, secrets="[auth\n")
    assert code == 2 and "Rådsvar er lukket" in said
    code, said = started(tmp_path, "--local", STREAMLIT_SERVER_ADDRESS="0.0.0.0")
    assert code == 2 and "0.0.0.0" in said
    for broken in ("[auth\n", "auth = \n", "\0"):
        code, said = started(tmp_path, "--local", secrets=broken)
        assert code == 2 and "secrets.toml kan ikke læses" in said
    whole = "[auth]\n" + "".join(f'{key} = "{value}"\n' for key, value in VALID.items())
    code, said = started(tmp_path, "--local", secrets=whole)
    assert code == 2 and "uden --local" in said


def test_a_page_shows_nothing_where_nobody_decided_for_whom(
    corpus_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(corpus_home))
    for served, cause in ((None, "start den med"), ("signed in", "filen mangler")):
        monkeypatch.setattr("ui.sign_in._served", served)
        app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=30).run()
        shown = "\n".join(element.body for element in app.html)
        assert "Rådsvar er lukket" in shown and cause in shown
        assert not app.chat_input and not app.exception


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
        with serving(home, tmp_path, local=False) as address:
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
                provider.claims = {"sub": "s2", "name": "Bo", "email": "bo@example.dk",
                                   "email_verified": True}  # fmt: skip
                sign_in(page)
                assert "200" in ask(page, "Hvad er besparelsen i ZX41 i 2027?")
            with window(browser_path, address, also=provider.issuer) as page:
                provider.age = 13 * 3600
                page.goto(address)
                page.get_by_role("button", name="Log ind").click()
                page.wait_for_url(f"{address}/")
                expect(page.get_by_role("button", name="Log ind")).to_be_visible()
                assert page.get_by_role("textbox").count() == 0


def test_a_session_ends_at_log_out_in_every_tab_and_for_a_copied_cookie(
    home: Path, tmp_path: Path, browser_path: str
) -> None:
    file = tmp_path / ".streamlit" / "secrets.toml"
    file.parent.mkdir()
    with identities() as provider:
        file.write_text(provider.secrets_toml(), "utf8")
        provider.claims = ANNE
        with (
            serving(home, tmp_path, local=False) as address,
            window(browser_path, address, also=provider.issuer) as page,
        ):
            page.goto(address)
            sign_in(page)
            kept = page.context.cookies()
            identity = [c for c in kept if c["name"].startswith("_streamlit_user")]
            assert all(0 < c["expires"] - time.time() <= 12 * 3600 for c in identity) and identity
            with page.expect_popup() as opened:
                page.evaluate(f"window.open('{address}')")
            other = opened.value
            expect(other.get_by_text("Anne Andersen")).to_be_visible()
            assert page.request.get(f"{address}/media/none.png").status == 404
            page.get_by_role("button", name="Log ud").click()
            expect(page.get_by_role("button", name="Log ind")).to_be_visible()
            expect(other.get_by_role("button", name="Log ind")).to_be_visible()
            expect(other.get_by_text("Anne Andersen")).to_have_count(0)
            page.context.add_cookies(kept)  # type: ignore[arg-type]
            assert page.request.get(f"{address}/media/none.png").status == 403
            page.goto(address)
            expect(page.get_by_role("button", name="Log ind")).to_be_visible()
            expect(page.get_by_text("Anne Andersen")).to_have_count(0)
            sign_in(page)
            file.unlink()
            page.reload()
            expect(page.get_by_text("Rådsvar er lukket")).to_be_visible()
            assert page.request.get(f"{address}/_stcore/health").status == 503
