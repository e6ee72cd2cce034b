"""Starts the app."""

from __future__ import annotations

import os
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "app.py"


def check() -> None:
    """Raise InputError where other machines would reach the app and nobody signs in."""
    from streamlit import config

    from ui.sign_in import check_address

    # As `streamlit run` has it: settings beside the script, over which the environment goes.
    config._main_script_path = str(APP)
    check_address(os.environ.get("STREAMLIT_SERVER_ADDRESS", config.get_option("server.address")))


def serve(port: int | None = None) -> int:
    """Serve the app, in this process, until it is stopped; return an exit code.

    Without `port`, Streamlit takes 8501 or the next free one. Raises InputError
    as `check` does.
    """
    from streamlit.web.cli import main

    check()
    chosen = [] if port is None else ["--server.port", str(port)]
    main(["run", str(APP), *chosen], standalone_mode=False)
    return 0
