"""The door before the app: who may come as far as Streamlit, and what its cookies may be.

Streamlit checks who someone is when a tab connects, and never again; it lets its cookies last
30 days, over http too, and tells its metrics to whoever asks.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value

from rag.errors import InputError
from rag.types import Text
from ui.sessions import HOURS, end
from ui.settings import HERE, secure
from ui.sign_in import is_live, is_local, session_of, signed_in_at

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

_IDENTITY = "_streamlit_user"
_OPEN = ("health", "host-config", "stream", "upload_file", "bidi-components")
"""What the pages need of Streamlit's own addresses, `_stcore/…`; metrics and agents are not."""
_FORWARDED = re.compile(
    r"forwarded|via|x-(forwarded|real-ip|client-ip|original)|true-client-ip|cf-"
)
_AGE = re.compile(rb"(?<=max-age=)\d+", re.IGNORECASE)

_NOT_HERE = Text(
    "Rådsvar betjener kun denne maskine (--local), og anmodningen kommer et andet sted fra. "
    "Bag en proxy skal folk logge ind: se docs/sign-in.md.",
    "Rådsvar serves this machine alone (--local), and the request comes from elsewhere. "
    "Behind a proxy, people have to sign in: see docs/sign-in.md.",
)
_NOT_FOUND = Text("Findes ikke.", "Not found.")
_SIGN_IN = Text("Log ind først.", "Sign in first.")


class Door:
    """An ASGI app around another, that lets through what may come through."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._open: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request, or say why not: 403, 404, or 503 where nobody is let in."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        try:
            local = is_local()
            https = not local and (secure() or scope.get("scheme") in ("https", "wss"))
        except InputError as error:
            await _refuse(scope, send, 503, error.message)
            return
        own = scope["path"].partition("/_stcore/")[2].partition("/")[0]
        if own and own not in _OPEN:
            await _refuse(scope, send, 404, _NOT_FOUND)
        elif not local:
            await self._signed_in(scope, receive, _with_cookies(send, https))
        elif _is_here(scope):
            await self._app(scope, receive, send)
        else:
            await _refuse(scope, send, 403, _NOT_HERE)

    async def _signed_in(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request where people sign in."""
        claims = _claims(scope)
        if scope["path"].endswith("/auth/logout") and claims:
            self._end(session_of(claims))
        live = is_live(claims)
        if scope["type"] == "websocket" and live:
            await self._connected(scope, receive, send, claims)
        elif live or not re.search(r"/media/|/_stcore/upload_file", scope["path"]):
            # Without its cookie, Streamlit takes a sign-in that has ended for none.
            stays = live or scope["type"] == "http"
            await self._app(scope if stays else _anonymous(scope), receive, send)
        else:
            await _refuse(scope, send, 403, _SIGN_IN)

    def _end(self, session: str) -> None:
        try:
            end(session)
        except OSError as error:
            logging.getLogger("raadsvar").error("log-out not kept", exc_info=error)
        for event in self._open.get(session, ()):
            event.set()

    async def _connected(
        self, scope: Message, receive: Receive, send: Send, claims: dict[str, Any]
    ) -> None:
        """Serve a tab until it leaves, its sign-in is ended, or its hours are over."""
        over, session = asyncio.Event(), session_of(claims)
        self._open[session].add(over)
        left = signed_in_at(claims) + HOURS * 3600 - time.time()
        timer = asyncio.get_running_loop().call_later(left, over.set)
        ending = asyncio.ensure_future(over.wait())

        async def until_over() -> Message:
            coming = asyncio.ensure_future(receive())
            await asyncio.wait((coming, ending), return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                return coming.result()
            coming.cancel()
            await send({"type": "websocket.close", "code": 1001})
            return {"type": "websocket.disconnect", "code": 1001}

        try:
            await self._app(scope, until_over, send)
        finally:
            timer.cancel()
            ending.cancel()
            self._open[session].discard(over)
            if not self._open[session]:
                del self._open[session]


def _is_here(scope: Message) -> bool:
    """Tell whether a request comes from a browser on this machine, and from nothing between."""
    headers = [
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    ]
    hosts = [value for name, value in headers if name == "host"]
    return (
        (scope.get("client") or ("",))[0] in HERE
        and not any(_FORWARDED.match(name) for name, _ in headers)
        # Another name for this machine is a page elsewhere that makes the browser ask here.
        and len(hosts) == 1
        and _host(hosts[0]) in HERE
    )


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _claims(scope: Message) -> dict[str, Any]:
    """Return what the cookie signed for someone tells of them, nothing where none is sound."""
    cookies = HTTPConnection(scope).cookies
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        value = cookies.get(name, "").encode("latin-1")
        return decode_signed_value(secret, name, value) if value else None

    try:
        told = json.loads(get_cookie_with_chunks(one, _IDENTITY) or b"null")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _anonymous(scope: Message) -> Message:
    """Return a request without the cookies that tell who someone is."""
    told = HTTPConnection(scope).cookies
    kept = "; ".join(f"{k}={v}" for k, v in told.items() if not k.startswith(_IDENTITY))
    headers = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
    return {**scope, "headers": [*headers, (b"cookie", kept.encode("latin-1"))]}


def _with_cookies(send: Send, https: bool) -> Send:
    """Send Streamlit's cookies with no longer a life than a sign-in, over https alone if it is."""

    async def sent(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.accept"):
            headers = [
                (name, _cookie(value, https) if name.lower() == b"set-cookie" else value)
                for name, value in message.get("headers", ())
            ]
            message = {**message, "headers": headers}
        await send(message)

    return sent


def _cookie(value: bytes, https: bool) -> bytes:
    value = _AGE.sub(lambda found: b"%d" % min(int(found[0]), HOURS * 3600), value)
    return value + b"; Secure" if https and b"; secure" not in value.lower() else value


async def _refuse(scope: Message, send: Send, status: int, why: Text) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": f"{why.da}\n\n{why.en}\n".encode()})
