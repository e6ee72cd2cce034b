"""The logic of the chat page, run by Streamlit's AppTest over the corpus."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from rag.errors import ModelError
from rag.home import CHECKOUT, VARIABLE
from rag.types import Text

EXAMPLE = "Hvor mange årsværk sparer ØU10 i 2029?"


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(VARIABLE, str(home))
    return AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=30).run()


def html(app: AppTest) -> str:
    """What the page shows beside its widgets."""
    assert not app.exception
    return "\n".join(element.body for element in app.html)


def ask(app: AppTest, question: str) -> str:
    """Ask, and return what the answer shows."""
    app.chat_input[0].set_value(question).run()
    return html(app).rsplit('<h2 class="question"', 1)[1]


def press(app: AppTest, key: str) -> None:
    """Press the first button whose key starts with `key`."""
    next(b for b in app.button if b.key and b.key.startswith(key)).click().run()


def sources(app: AppTest) -> list[str]:
    """The sources of the last answer."""
    return [option.replace("\\", "") for option in app.radio[-1].options]


def test_an_example_is_answered_with_figure_citation_and_note(app: AppTest) -> None:
    assert "Hvad vil du vide?" in html(app)
    labels = [b.label.replace("\\", "") for b in app.button]
    assert EXAMPLE in labels
    app.button[labels.index(EXAMPLE)].click().run()
    shown = html(app)
    assert "Hvad vil du vide?" not in shown
    assert "4 årsværk i 2029" in shown
    assert "Tabellen og teksten siger ikke det samme" in shown
    assert 'href="#source-1-1"' in shown
    assert "Forstået som:</span> ØU10 · årsværk · 2029" in shown
    assert re.search(r"\[1\].*ØU10.*side 1.*Ændring i antal årsværk.*gengivelse", sources(app)[0])


def test_a_follow_up_is_understood_from_the_question_before(app: AppTest) -> None:
    ask(app, EXAMPLE)
    assert "3 årsværk i 2028" in ask(app, "og i 2028?")


def test_english_questions_and_the_choice_of_english(app: AppTest) -> None:
    assert "reduction of 4 FTE" in ask(app, "How many FTE does ØU10 cut in 2029?")
    assert app.chat_input[0].placeholder == "Spørg om noget i dokumenterne", "the page stays"
    app.get("button_group")[0].set_value("en").run()
    assert app.chat_input[0].placeholder == "Ask about the documents"
    assert "reduction of 4 FTE" in ask(app, EXAMPLE)
    assert 'speak("en", true, "No connection' in html(app)


def test_what_is_not_in_the_documents_is_said_with_what_to_ask_instead(app: AppTest) -> None:
    shown = ask(app, "Hvor mange årsværk sparer ØU99 i 2029?")
    assert "Intet svar i dokumenterne" in shown and "ØU99" in shown
    assert "Du kan i stedet spørge" in shown
    assert not app.radio
    press(app, "instead-1")
    assert "årsværk i 2029" in html(app).rsplit('<h2 class="question"', 1)[1]


def test_of_several_documents_the_user_chooses(app: AppTest) -> None:
    assert "Flere dokumenter passer" in ask(app, "Hvor mange årsværk i 2027?")
    choices = [b for b in app.button if b.key and b.key.startswith("choice-1")]
    assert len(choices) == 3
    next(b for b in choices if "ØU02" in b.label).click().run()
    shown = html(app).rsplit('<h2 class="question"', 1)[1]
    assert "8 årsværk" in shown and "Flere dokumenter passer" not in shown


def test_a_new_conversation_forgets_the_old(app: AppTest) -> None:
    ask(app, EXAMPLE)
    press(app, "new")
    assert "Hvad vil du vide?" in html(app) and not app.radio


def test_what_the_user_writes_is_never_markup(app: AppTest) -> None:
    shown = ask(app, "<img src=x onerror=alert(1)> koster $5$ *meget*?")
    assert "<img" not in shown and "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_an_error_is_told_and_the_conversation_goes_on(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ModelError(Text("Modellen <mangler>.", "The model is missing."))

    with monkeypatch.context() as patch:
        patch.setattr("rag.chain.Assistant.ask", fail)
        assert "Modellen &lt;mangler&gt;." in ask(app, EXAMPLE)
    assert "3 årsværk i 2028" in ask(app, "Hvor mange årsværk sparer ØU10 i 2028?")


def test_an_unforeseen_error_is_logged_and_told_without_its_insides(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("the secret insides")

    monkeypatch.setattr("rag.chain.Assistant.ask", fail)
    shown = ask(app, EXAMPLE)
    assert "uventet fejl" in shown and "secret" not in shown
    assert any(r.exc_info and r.exc_info[0] is ZeroDivisionError for r in caplog.records)


def test_the_page_is_imported_without_the_heavy_libraries() -> None:
    code = "import sys, ui.ask.page; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "ui.evidence" in loaded
    assert not loaded & {
        "torch",
        "sentence_transformers",
        "chromadb",
        "tantivy",
        "langchain_core",
        "pypdfium2",
    }


def test_an_empty_collection_says_how_to_fill_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=30).run()
    assert "Samlingen er tom" in html(app) and "raadsvar ingest" in html(app)
    assert not app.chat_input


def test_a_catalogue_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "catalogue.sqlite").write_bytes(b"no database at all" * 100)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    app = AppTest.from_file(str(CHECKOUT / "app.py"), default_timeout=30).run()
    assert "catalogue.sqlite" in html(app) and 'role="alert"' in html(app)
