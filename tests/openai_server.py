"""A server on loopback that speaks the OpenAI chat protocol, and misbehaves when told."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[str, str], str]


@dataclass
class Server:
    """`reply` makes the text from instructions and request; `fault` is what goes wrong."""

    reply: Reply = lambda instructions, request: ""
    fault: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def said(self, number: int) -> str:
        """Return the user's words of a request."""
        return str(self.requests[number]["messages"][-1]["content"])


@contextmanager
def serving() -> Iterator[Server]:
    """Serve on a free port of loopback."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(body)
            # The client gives up, as it should.
            with suppress(BrokenPipeError, ConnectionResetError):
                _answer(self, server, body)

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, args=(0.02,))
    thread.start()
    server.url = f"http://127.0.0.1:{httpd.server_address[1]}/v1"
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def _answer(handler: BaseHTTPRequestHandler, server: Server, body: dict[str, Any]) -> None:
    if server.fault == "fails":
        handler.send_response(500)
        handler.end_headers()
        return
    if server.fault == "silent":
        time.sleep(1.5)
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    if server.fault == "no protocol":
        handler.wfile.write(b"data: <html>busy</html>\n\n")
        return
    system, user = (m["content"] for m in body["messages"])
    text = server.reply(system, user)
    if server.fault == "cut off":
        text = text[: len(text) // 2]
    for start in range(0, len(text), 7):
        if server.fault == "dribbles":
            time.sleep(0.1)
        _send(handler, {"content": text[start : start + 7]}, None)
    if server.fault == "cut off":
        return
    _send(handler, {}, "length" if server.fault == "too long" else "stop")
    handler.wfile.write(b"data: [DONE]\n\n")


def _send(handler: BaseHTTPRequestHandler, delta: dict[str, str], reason: str | None) -> None:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": reason}
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "made",
        "choices": [choice],
    }
    handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
    handler.wfile.flush()
