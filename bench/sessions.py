"""The app: memory with one session and with twenty, over Streamlit's own websocket."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench.measure import ROOT, held_mb, summary

_QUESTIONS = (
    "Hvad er nettovirkningen af ØU10 i 2026?",
    "how many FTE does ØU10 cut in 2029?",
    "Hvad er baggrunden for ØU02?",
)
_SECONDS = 60


def measure(sessions: int = 20) -> dict[str, Any]:
    """Return the server's memory idle, with one session and with `sessions`, each asking."""
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "RAADSVAR_HOME": folder}
        code = "import sys; sys.argv[1:] = {!r}\nimport cli\ncli.main()"
        ingest = code.format(["ingest", str(ROOT / "corpus")])
        subprocess.run(
            [sys.executable, "-c", ingest], cwd=ROOT, env=env, check=True, capture_output=True
        )
        port = _free_port()
        serve = f"from ui.serve import serve; serve({port}, local=True)"
        env |= {
            "STREAMLIT_SERVER_HEADLESS": "true",
            "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        }
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(
                [sys.executable, "-c", serve], cwd=ROOT, env=env, stdout=log, stderr=log
            )
        try:
            _wait(port)
            idle = held_mb(server.pid)
            one, _ = asyncio.run(_sessions(port, 1, server.pid))
            many, taken = asyncio.run(_sessions(port, sessions, server.pid))
        finally:
            server.terminate()
            server.wait(20)
    return {
        "sessions": sessions,
        "idle_mb": idle,
        "one_session_mb": one,
        "many_sessions_mb": many,
        "mb_a_session": (many - one) / max(1, sessions - 1),
        "answer_with_all_asking": summary(taken),
    }


async def _sessions(port: int, count: int, pid: int) -> tuple[float, list[float]]:
    """Open sessions that all ask; return the memory while they are open, and seconds an answer."""
    async with asyncio.timeout(_SECONDS * 3):
        clients = [Client(port) for _ in range(count)]
        try:
            await asyncio.gather(*(c.open() for c in clients))
            taken: list[float] = []
            for question in _QUESTIONS:
                taken += await asyncio.gather(*(c.ask(question) for c in clients))
            return held_mb(pid), taken
        finally:
            await asyncio.gather(*(c.close() for c in clients))


class Client:
    """A browser's side of a session, without the browser."""

    def __init__(self, port: int) -> None:
        self._url = f"ws://localhost:{port}/_stcore/stream"
        self._box = ""
        self.shown = ""

    async def open(self) -> None:
        """Connect and wait for the first page."""
        from websockets.asyncio.client import connect

        self._socket = await connect(self._url, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        await self._run(None)
        if not self._box:
            raise RuntimeError("the app showed no question box")

    async def ask(self, question: str) -> float:
        """Ask, and return the seconds until the page was done; `shown` is what it then shows."""
        start = time.perf_counter()
        self.shown = ""
        await self._run(question)
        if question not in self.shown:
            raise RuntimeError(f"the app showed nothing for {question!r}")
        return time.perf_counter() - start

    async def close(self) -> None:
        """Leave."""
        await self._socket.close()

    async def _run(self, question: str | None) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        message = BackMsg()
        message.rerun_script.query_string = ""
        if question is not None:
            state = message.rerun_script.widget_states.widgets.add()
            state.id = self._box
            state.chat_input_value.data = question
        await self._socket.send(message.SerializeToString())
        while True:
            received = ForwardMsg()
            received.ParseFromString(await self._socket.recv())
            kind = received.WhichOneof("type")
            if kind == "delta":
                element = received.delta.new_element
                if element.WhichOneof("type") == "chat_input":
                    self._box = element.chat_input.id
                self.shown += element.html.body
            elif kind == "script_finished":
                return


def _wait(port: int) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the app did not start")


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("localhost", 0))
        port: int = s.getsockname()[1]
        return port
