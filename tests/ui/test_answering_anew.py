"""A second answer beside the first: by whom, what was left out, and which one is looked at."""

from __future__ import annotations

import threading

import pytest

from nearling.core.events import Delta, Finished
from scripted.engines import ScriptedWriter, candidate, says
from ui.conftest import until
from ui.test_choosing_writers import LARGE, SMALL, ask
from ui.test_window import ended, press, shown

EVERYTHING = "Ask again with everything"
LONG = "Why? " + "word " * 60
NARROW = 512 + 180
"""Tokens that hold LONG and an answer, and not both of them with another question."""


@pytest.fixture
def window(open_window):
    return open_window(
        candidates=(
            candidate("quoting", says("built-in")),
            candidate(SMALL, says("small"), tier=1),
            candidate(LARGE, says("large"), tier=2),
        ),
    )


def says_now(turn) -> str:
    """The first block of the answer that is looked at."""
    return until(lambda: turn._answer._widgets.get(0)).toPlainText()


def again_with(window, words: str, row: int = 0) -> None:
    """By keys."""
    from PySide6.QtWidgets import QApplication, QMenu

    until(lambda: window.models.known.writers)
    shown(window, row).anew.again.setFocus()
    press("space")
    menu = until(QApplication.activePopupWidget)
    assert isinstance(menu, QMenu)
    at = [each.text() for each in menu.actions()].index(words)
    press(*["Down"] * (at + 1), "Return")
    until(lambda: QApplication.activePopupWidget() is None)


def test_another_model_answers_and_both_answers_are_kept(window, history):
    assert ask(window, "Who?").text == "large"
    again_with(window, SMALL)
    until(lambda: ended(window).text == "small")
    turn = shown(window)
    assert turn.anew.switch.place.text() == "2 of 2"
    assert not turn.anew.switch.later.isEnabled()
    turn.anew.switch.earlier.click()
    until(lambda: turn.anew.switch.place.text() == "1 of 2")
    assert says_now(turn) == "large"
    assert LARGE in turn._badge.accessibleName()
    turn.anew.switch.later.click()
    until(lambda: says_now(turn) == "small")
    window.session.open(window.session.conversation)
    until(lambda: window.session.transcript.view(0) and shown(window) is not turn)
    assert [each.text for each in window.session.transcript.view(0).answers] == ["large", "small"]
    until(lambda: shown(window).anew.switch.place.text() == "2 of 2")
    assert window.session.writer is None


def test_a_second_answer_that_fails_leaves_the_first_and_says_why(open_window):
    from nearling.core.errors import EngineLost

    window = open_window(
        candidates=(
            candidate(SMALL, ScriptedWriter(EngineLost("It died.", "Try again.")), tier=1),
            candidate(LARGE, says("large"), tier=2),
        ),
    )
    ask(window, "Who?")
    again_with(window, SMALL)
    until(lambda: ended(window).reasons)
    turn = shown(window)
    assert says_now(turn) == "large"
    assert turn._reasons.toPlainText() == "It died.\nTry again."
    assert turn.anew.switch is None
    assert not turn._again.isVisible()


def test_a_second_answer_that_is_stopped_leaves_the_first(open_window):
    go = threading.Event()
    slow = ScriptedWriter(Delta("half "), go.wait, Delta("never"), Finished(1, 1))
    window = open_window(
        candidates=(candidate(SMALL, slow, tier=1), candidate(LARGE, says("large"), tier=2))
    )
    ask(window, "Who?")
    again_with(window, SMALL)
    until(lambda: window.session.transcript.view(0).text == "half ")
    press("Escape")
    until(lambda: window.session._job.cancellation.cancelled)
    go.set()
    until(lambda: ended(window).text == "large")
    assert ended(window).reasons == ()


def test_while_a_question_is_answered_another_one_waits_for_it(open_window):
    go = threading.Event()
    slow = ScriptedWriter(go.wait, Delta("slow"), Finished(1, 1))
    window = open_window(
        candidates=(candidate(SMALL, slow, tier=1), candidate(LARGE, says("large"), tier=2))
    )
    ask(window, "Who?")
    window.session.choose_writer(SMALL)
    window.composer.text.setPlainText("And you?")
    window.composer.send.click()
    until(lambda: window.session.is_busy)
    shown(window).anew.again.click()
    assert window.notice.sentence.text() == "A question is being answered right now."
    go.set()
    ended(window, 1)


def test_what_did_not_fit_is_said_and_asked_again_with_everything(open_window):
    small = candidate(SMALL, says(*["small "] * 20), tier=2, context_length=NARROW)
    large = candidate(LARGE, says("large"), tier=1)
    window = open_window(candidates=(small, large))
    assert ask(window, LONG).left_out == ()
    view = ask(window, "And then?")
    assert view.left_out == ("1 earlier question and its answer were left out.",)
    turn = shown(window, 1)
    assert view.left_out[0] in turn.remarks._words.text()
    assert turn.remarks.whole.text() == EVERYTHING
    turn.remarks.whole.click()
    until(lambda: ended(window, 1).text == "large")
    assert ended(window, 1).left_out == ()
    turn = shown(window, 1)
    assert not turn.remarks.whole.isVisible()
    turn.anew.switch.earlier.click()
    until(turn.remarks.whole.isVisible)


def test_where_nobody_holds_everything_it_is_said_why(open_window):
    small = candidate(SMALL, says(*["small "] * 20), tier=1, context_length=NARROW)
    window = open_window(candidates=(small,))
    ask(window, LONG)
    ask(window, "And then?")
    shown(window, 1).remarks.whole.click()
    until(lambda: ended(window, 1).reasons)
    assert f"holds {NARROW} tokens" in shown(window, 1)._reasons.toPlainText()
    assert ended(window, 1).text.startswith("small small")


def test_only_answers_of_language_models_are_to_be_checked(window):
    ask(window, "Who?")
    caution = "Answers come from a small model; check what matters."
    assert shown(window).remarks._words.text() == caution
    again_with(window, "Built-in: only quotes")
    until(lambda: ended(window).text == "built-in")
    assert not shown(window).remarks.isVisible()
