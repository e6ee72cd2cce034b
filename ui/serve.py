"""Starts the app."""

from __future__ import annotations

from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app.py"


def serve(port: int | None = None) -> int:
    """Serve the app on localhost, in this process, until it is stopped; return an exit code.

    Without `port`, Streamlit takes 8501 or the next free one.
    """
    from streamlit.web.cli import main

    chosen = [] if port is None else ["--server.port", str(port)]
    main(["run", str(APP), *chosen], standalone_mode=False)
    return 0
