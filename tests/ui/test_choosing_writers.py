"""Who answers in a conversation: chosen in a menu, seen above it, and remembered with it."""

from __future__ import annotations

import pytest

from nearling.core.conversation import TurnStatus
from nearling.core.writers import Speed
from nearling.settings.options import Options
from scripted.engines import ScriptedWriter, candidate, says
from ui.conftest import answering, spin, until
from ui.test_window import ended, press

SMALL, LARGE = "small-135m", "large-1b"


@pytest.fixture
def open_with_models(open_window):
    """Before the built-in writer and two language models; each says its name."""

    def build(**more):
        speed = Speed(200.0, 23.4)
        return open_window(
            candidates=(
                candidate("quoting", says("built-in")),
                candidate(SMALL, says("small"), tier=1, speed=speed),
                candidate(LARGE, says("large"), tier=2),
            ),
            **more,
        )

    return build


def button(window):
    from nearling.ui.models.writer_button import WriterButton

    return window.findChild(WriterButton)


def open_menu(window):
    """By keys, as somebody without a pointer would."""
    until(lambda: window.models.known.writers)
    button(window).setFocus()
    press("space")
    menu = button(window).menu()
    until(menu.isVisible)
    return menu


def choose(window, words: str) -> None:
    menu = open_menu(window)
    at = [each.text() for each in menu.actions()].index(words)
    press(*["Down"] * (at + 1), "Return")
    until(lambda: not menu.isVisible())


def ask(window, question: str):
    row = len(window.session.transcript)
    window.composer.text.setPlainText(question)
    window.composer.send.click()
    return ended(window, row)


def test_the_best_answers_where_nobody_was_chosen(open_with_models):
    window = open_with_models()
    assert button(window).text() == "Automatic"
    assert ask(window, "Who?").text == "large"


def test_a_chosen_one_answers_and_is_remembered_with_its_conversation(open_with_models, history):
    window = open_with_models()
    choose(window, f"{SMALL} · 23 tokens/s")
    assert button(window).text() == SMALL
    assert button(window).accessibleName() == f"Who answers here: {SMALL}"
    assert ask(window, "Who?").text == "small"
    first = window.session.conversation
    until(lambda: history.chosen_writer(first) == SMALL)
    window.open_new()
    assert button(window).text() == "Automatic"
    assert ask(window, "And now?").text == "large"
    assert history.chosen_writer(window.session.conversation) is None
    window.session.open(first)
    until(lambda: button(window).text() == SMALL)
    assert ask(window, "Who was it?").text == "small"


def test_the_menu_shows_who_is_chosen(open_with_models):
    window = open_with_models()
    choose(window, "Built-in: only quotes")
    assert button(window).text() == "Built-in"
    menu = open_menu(window)
    checked = [each.text() for each in menu.actions() if each.isChecked()]
    assert checked == ["Built-in: only quotes"]
    press("Escape")
    until(lambda: not menu.isVisible())
    assert ask(window, "Who?").text == "built-in"


def test_a_chosen_model_that_has_gone_is_said_and_nobody_answers_in_its_place(open_with_models):
    window = open_with_models()
    choose(window, LARGE)
    writers = window._house.writers
    writers.candidates = writers.candidates[:2]
    window.models.known.look_again()
    until(lambda: window.models.known.find(LARGE) is None)
    menu = open_menu(window)
    assert f"{LARGE}: no longer here" in [each.text() for each in menu.actions()]
    press("Escape")
    until(lambda: not menu.isVisible())
    view = ask(window, "Who?")
    assert view.reasons == (f"There is no model {LARGE}.",)


def test_without_a_model_the_menu_says_so(open_window):
    window = open_window(says("x"), id="quoting")
    menu = open_menu(window)
    (told,) = (each for each in menu.actions() if each.text() == "No language model is here yet")
    assert not told.isEnabled()
    press("Escape")
    until(lambda: not menu.isVisible())


def test_a_model_that_comes_while_the_menu_is_open_is_in_it(open_window):
    window = open_window(says("x"), id="quoting")
    menu = open_menu(window)
    window._house.writers.candidates += (candidate(SMALL, says("y"), tier=1),)
    window.models.known.look_again()
    until(lambda: SMALL in [each.text() for each in menu.actions()])
    press("Escape")
    until(lambda: not menu.isVisible())


def test_the_settings_name_who_answers_where_no_conversation_does(open_with_models):
    from nearling.ui.dialogs.settings import SettingsDialog

    window = open_with_models(options=Options(writer_model=SMALL))
    assert ask(window, "Who?").text == "small"
    seen = []

    def look(dialog):
        assert isinstance(dialog, SettingsDialog)
        field = dialog.field("writer_model")
        until(lambda: field.findData(LARGE) >= 0)
        seen.append(field.findData("quoting"))
        field.setCurrentIndex(field.findData(LARGE))
        dialog.accept()

    with answering(look):
        window.show_settings()
    assert seen == [-1]
    assert window._house.writers.used[-1].writer_model == LARGE
    assert ask(window, "And now?").text == "large"


def test_a_name_with_an_ampersand_stays_itself(open_window):
    window = open_window(says("x"), id="a&b")
    menu = open_menu(window)
    assert "a&&b" in [each.text() for each in menu.actions()]
    press("Escape")
    until(lambda: not menu.isVisible())


def test_a_long_name_is_shortened_and_told_whole(open_window):
    name = "a-very-long-name-of-a-folder-that-holds-a-language-model-in-int4"
    window = open_window(ScriptedWriter(), id=name)
    until(lambda: window.models.known.writers)
    window.session.choose_writer(name)
    spin(0.05)
    assert "…" in button(window).text()
    assert name in button(window).toolTip()


def test_what_was_chosen_survives_a_question_that_ends_badly(open_window, history):
    from nearling.core.errors import EngineLost

    lost = EngineLost("It died.", "Try again.")
    window = open_window(candidates=(candidate(SMALL, ScriptedWriter(lost), tier=1),))
    choose(window, SMALL)
    ask(window, "Who?")
    (turn,) = history.turns(window.session.conversation)
    assert turn.status is TurnStatus.WAITING
    until(lambda: history.chosen_writer(window.session.conversation) == SMALL)
    assert window.session.writer == SMALL
