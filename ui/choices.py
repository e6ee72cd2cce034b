"""HTML whose buttons can be pressed, such as the cells of a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ui.safe import html

_SCRIPT = Path(__file__).with_name("choices.js")


def choices(markup: str, key: str, on_choice: Callable[[str], None], target: str = "") -> None:
    """Draw HTML; `on_choice` is told the choice of a `choice_button` in it that is pressed.

    The container of the key `target`, which shows what was chosen, is scrolled into view.
    `markup` is shown as it is: what is not ours in it has been through `ui.safe.html`.
    """

    def chosen() -> None:
        if choice := st.session_state[key].get("chosen"):
            on_choice(choice)

    mount = st.components.v2.component(
        "choices", js=_SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
    )
    mount(data={"html": markup, "target": target}, key=key, on_chosen_change=chosen)


def choice_button(choice: str, content: str, label: str, pressed: bool) -> str:
    """Return the HTML of a button; `content` is HTML, `label` plain text for screen readers."""
    return (
        f'<button type="button" data-choice="{html(choice)}" aria-label="{html(label)}" '
        f'aria-pressed="{"true" if pressed else "false"}">{content}</button>'
    )
