"""The page: the list of drafts and a new one, or one draft at work."""

from __future__ import annotations

from rag.errors import InputError
from ui.drafts.desk import choose, chosen, desk
from ui.drafts.overview import draw_new, draw_overview
from ui.drafts.texts import TITLE
from ui.drafts.work import draw_draft
from ui.shared import heading, trouble, troubles


def page() -> None:
    """Draw the page."""
    with troubles():
        id = chosen()
        if id is not None:
            try:
                draft = desk().drafts.get(id)
            except InputError as error:
                trouble(error.message)
                choose(None)
            else:
                draw_draft(desk(), draft)
                return
        heading(TITLE)
        draw_new(desk())
        draw_overview(desk())
