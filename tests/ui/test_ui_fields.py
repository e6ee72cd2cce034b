"""Fields whose content is stored: nothing written in one is lost, nor what others stored."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from rag.errors import InputError
from rag.types import Text
from ui.fields import keep_fields, kept_field


class Shelf:
    """Where the field's content is stored."""

    def __init__(self) -> None:
        self.text, self.saved = "first", list[str]()

    def load(self) -> str:
        return self.text

    def save(self, text: str) -> None:
        if text == "wrong":
            raise InputError(Text("Det går ikke.", "That will not do."))
        self.text = text.strip()
        self.saved.append(self.text)


def draw(shelf: Shelf) -> None:
    """Draw a page with the field or one without it, or be stopped at the first use of `st`."""
    if st.session_state.get("stopped"):
        st.stop()
    keep_fields()
    if not st.session_state.get("elsewhere"):
        field = kept_field("note", shelf.load, shelf.save)
        st.text_area("Note", field.stored, key=field.key, persist_state="session")
        trouble = field.trouble and field.trouble.en
        st.caption(f"crossed {field.crossed}, {trouble}")


def script(shelf: object) -> None:
    """Do the same as a script that stands alone."""
    from test_ui_fields import Shelf, draw

    assert isinstance(shelf, Shelf)
    draw(shelf)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def app(shelf: Shelf) -> AppTest:
    return AppTest.from_function(script, default_timeout=30, args=(shelf,)).run()


def write(app: AppTest, text: str, **state: bool) -> None:
    """Write in the field, and run the page in a state."""
    app.text_area[0].set_value(text)
    run(app, **state)


def run(app: AppTest, **state: bool) -> None:
    for name, value in state.items():
        app.session_state[name] = value
    app.run()
    assert not app.exception


def told(app: AppTest) -> str:
    return app.caption[0].value


def test_an_edit_is_saved_once_and_the_field_keeps_its_place(app: AppTest, shelf: Shelf) -> None:
    key = app.text_area[0].key
    write(app, "second ")
    run(app)
    assert shelf.saved == ["second"]
    assert app.text_area[0].key == key and app.text_area[0].value == "second "


@pytest.mark.parametrize("elsewhere", [False, True])
def test_an_edit_whose_run_was_stopped_is_saved_by_the_next_of_any_page(
    app: AppTest, shelf: Shelf, elsewhere: bool
) -> None:
    write(app, "second", stopped=True)
    assert shelf.saved == []
    run(app, stopped=False, elsewhere=elsewhere)
    run(app, elsewhere=False)
    assert shelf.saved == ["second"] and app.text_area[0].value == "second"


def test_what_others_store_is_shown_where_nothing_was_written(app: AppTest, shelf: Shelf) -> None:
    write(app, "mine")
    shelf.text = "theirs"
    run(app)
    assert app.text_area[0].value == "theirs" and shelf.saved == ["mine"]


def test_what_was_written_comes_after_what_others_stored_and_that_is_told(
    app: AppTest, shelf: Shelf
) -> None:
    shelf.text = "theirs"
    write(app, "mine")
    assert shelf.text == app.text_area[0].value == "mine" and told(app) == "crossed True, None"
    write(app, "mine again")
    assert told(app) == "crossed False, None"


def test_what_cannot_be_saved_stays_and_is_told_until_it_can(app: AppTest, shelf: Shelf) -> None:
    write(app, "wrong")
    run(app)
    assert app.text_area[0].value == "wrong" and told(app) == "crossed False, That will not do."
    shelf.text = "theirs"
    run(app)
    assert app.text_area[0].value == "wrong", "what others stored does not take its place"
    write(app, "right")
    assert shelf.saved == ["right"] and told(app) == "crossed True, None"
