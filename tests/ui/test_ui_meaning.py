"""The pages tell how far the vectors are."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ingest.pipeline import ingest
from rag.chain import complete
from rag.home import VARIABLE, Home


@pytest.mark.parametrize("page", ["documents", "ask"])
def test_the_pages_tell_how_far_it_is_until_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "home"))
    (tmp_path / "bro.md").write_text("# Broen\n\nBroen koster 4 mio. kr. i 2026.\n", "utf8")
    home = Home()
    ingest([tmp_path / "bro.md"], home, None)
    script = f"from ui.{page}.page import page\npage()"
    shown = AppTest.from_string(script, default_timeout=60).run()
    assert "Meningssøgning: 0 %" in "".join(e.body for e in shown.html)
    complete(home, lambda done, total: None)
    shown = shown.run()
    assert "Meningssøgning" not in "".join(e.body for e in shown.html)
