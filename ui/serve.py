"""Starts the app."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app.py"


def serve(port: int | None = None) -> int:
    """Serve the app on localhost until it is stopped; return its exit code.

    Without `port`, Streamlit takes 8501 or the next free one.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    if port is not None:
        command += ["--server.port", str(port)]
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue  # Ctrl-C reaches the server too: let it close.
