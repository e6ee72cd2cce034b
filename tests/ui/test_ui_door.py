"""The door before the app: what of Streamlit's is answered, to whom, and with which cookies."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from streamlit import net_util
from streamlit.web.server import server_util

from ui.door import Door, Message
from ui.serve import serve

HEALTH = "/_stcore/health"


def asked(
    path: str = HEALTH,
    client: str = "127.0.0.1",
    host: str = "localhost:8501",
    answer: list[tuple[bytes, bytes]] | None = None,
    **headers: str,
) -> tuple[int, list[bytes]]:
    """The status and cookies of an answer to a request, from an app that answers all with 200."""
    sent: list[Message] = []

    async def app(scope: Message, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": answer or []})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    told = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http", "scheme": "http", "path": path, "client": (client, 5),
        "headers": [(name.encode(), value.encode()) for name, value in told.items()],
    }  # fmt: skip
    asyncio.run(Door(app)(scope, receive, send))
    return sent[0]["status"], [value for _, value in sent[0]["headers"]]


def test_this_machine_is_served() -> None:
    for host in ("localhost:8501", "127.0.0.1:8501", "[::1]:8501", "localhost"):
        assert asked(host=host)[0] == 200


@pytest.mark.parametrize(
    "header",
    ["forwarded", "x_forwarded_for", "x_forwarded_proto", "x_real_ip", "via", "cf_connecting_ip"],
)
def test_a_request_that_was_forwarded_is_not_from_this_machine(header: str) -> None:
    assert asked(**{header: "127.0.0.1"})[0] == 403


@pytest.mark.parametrize("host", ["raadsvar.example.dk", "127.0.0.1.example.dk", "", "[::1"])
def test_nor_is_one_to_another_name(host: str) -> None:
    assert asked(host=host)[0] == 403


def test_nor_is_one_from_another_machine() -> None:
    assert asked(client="10.0.0.7")[0] == 403


@pytest.mark.parametrize("path", ["metrics", "agent/interact", "agent/mcp", "script-health-check"])
def test_what_the_pages_do_not_need_of_streamlits_own_is_closed(path: str) -> None:
    for base in ("", "/raad"):
        assert asked(f"{base}/_stcore/{path}")[0] == 404


def signed_in(monkeypatch: pytest.MonkeyPatch, home: Path, https: bool) -> None:
    monkeypatch.setenv("RAADSVAR_HOME", str(home))
    monkeypatch.setattr("ui.sign_in._served", "signed in")
    monkeypatch.setattr("ui.door.secure", lambda: https)


def test_cookies_are_secure_behind_https_and_last_no_longer_than_a_sign_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cookies = [
        (b"set-cookie", b"_streamlit_user=x; HttpOnly; Max-Age=2592000; SameSite=lax"),
        (b"set-cookie", b"_streamlit_user=; Max-Age=0"),
        (b"set-cookie", b"_streamlit_xsrf=x; Path=/; Secure"),
    ]
    signed_in(monkeypatch, tmp_path, https=True)
    assert asked(answer=cookies)[1] == [
        b"_streamlit_user=x; HttpOnly; Max-Age=43200; SameSite=lax; Secure",
        b"_streamlit_user=; Max-Age=0; Secure",
        b"_streamlit_xsrf=x; Path=/; Secure",
    ]
    signed_in(monkeypatch, tmp_path, https=False)
    assert b"Secure" not in asked(answer=cookies)[1][0]


def test_files_are_for_who_has_signed_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signed_in(monkeypatch, tmp_path, https=True)
    assert asked("/media/abc.pdf")[0] == 403 and asked("/_stcore/upload_file/a/b")[0] == 403
    assert asked("/")[0] == 200 and asked("/media/abc.pdf", cookie="_streamlit_user=x")[0] == 403


def test_nobody_is_served_where_nobody_decided_for_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    for served in (None, "signed in"):
        monkeypatch.setattr("ui.sign_in._served", served)
        assert asked("/")[0] == 503 and asked()[0] == 503


def test_streamlit_looks_up_no_address_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.App.run", lambda app, config: None)
    monkeypatch.setattr("streamlit.net_util.get_external_ip", net_util.get_external_ip)
    monkeypatch.setattr("ui.serve.check", lambda local: None)
    monkeypatch.setattr("sys.argv", ["raadsvar"])
    asked_outside: list[str] = []
    monkeypatch.setattr(
        "streamlit.net_util._make_blocking_http_get", lambda url, timeout: asked_outside.append(url)
    )
    serve(local=True)
    assert not server_util.is_url_from_allowed_origins("https://elsewhere.example.dk")
    assert asked_outside == []
