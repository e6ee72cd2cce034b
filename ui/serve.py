"""Starts the app."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

APP = Path(__file__).resolve().parent.parent / "app.py"


def check(local: bool) -> None:
    """Decide whom the app serves: with `local`, whoever uses this machine, else who signs in.

    Raises InputError where other machines would reach the app and nobody signs in, and where
    sign-in is not set up rightly.
    """
    from streamlit import config

    from ui.sign_in import serve_local, serve_signed_in

    # As `streamlit run` has it: settings beside the script, over which the environment goes.
    config._main_script_path = str(APP)
    if local:
        serve_local(os.environ.get("STREAMLIT_SERVER_ADDRESS", config.get_option("server.address")))
    else:
        serve_signed_in()


def serve(port: int | None = None, local: bool = False) -> int:
    """Serve the app, in this process, until it is stopped; return an exit code.

    Without `port`, Streamlit takes 8501 or the next free one. Raises InputError
    as `check` does.
    """
    import streamlit as st
    from starlette.middleware import Middleware
    from streamlit import net_util

    from rag.home import Home
    from ui.door import Door
    from ui.meaning import make_behind

    check(local)
    make_behind(Home())
    # Streamlit asks Amazon for this machine's address, and has no setting to let it be.
    net_util.get_external_ip = lambda: None
    sys.argv = [str(APP)]  # `run` finds the settings beside it
    app = st.App(APP, middleware=[Middleware(Door)], lifespan=_shown)
    app.run(config={} if port is None else {"server.port": port})
    return 0


@asynccontextmanager
async def _shown(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Open the app in a browser as it starts, where there is one."""
    from streamlit import config
    from streamlit.web.server.server_util import get_url

    if not config.get_option("server.headless"):
        address = get_url(config.get_option("server.address") or "localhost")
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
    yield {}
