"""From an answer here to a larger model, and back here where that one fails."""

from __future__ import annotations

import pytest

from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.events import Delta
from nearling.settings.options import Options
from nearling.ui.chat.turn_view import State
from scripted.consent import CLOUD, Remote
from scripted.engines import candidate, says
from ui.conftest import until
from ui.reading import cut_off
from ui.test_consent import card_of
from ui.test_window import ended, press, shown

BROKEN = RemoteFailure("The connection broke off.", "Try again.", RemoteKind.TRUNCATED)


@pytest.fixture
def open_asking(open_window):
    def build(remote, *here):
        window = open_window(candidates=(*here, remote.candidate), options=Options(new_mode="ask"))
        window._house.endpoints.add(CLOUD)
        window.models.known.look_again()
        until(lambda: window.models.known.beyond)
        return window

    return build


def small():
    return candidate("small", says("Small."), tier=1)


def ask(window, question: str = "Why?", row: int = 0):
    window.composer.text.setPlainText(question)
    window.composer.send.click()
    return ended(window, row)


def test_a_larger_model_answers_beside_the_one_here(open_asking):
    remote = Remote()
    window = open_asking(remote, small())
    assert ask(window).text == "Small."
    larger = shown(window).further.larger
    assert larger.isVisible()
    larger.setFocus()
    press("space")
    card_of(window).send.click()
    until(lambda: len(ended(window).answers) == 2)
    turn = shown(window)
    assert turn._badge.accessibleName().startswith("In the cloud, openrouter/gpt-4o-mini")
    assert "0.0021 USD · sent: your question" in turn._badge.accessibleName()
    assert turn.remarks._words.text() == "Answers can be wrong; check what matters."
    assert not turn.further.larger.isVisible()
    turn.anew.switch.earlier.click()
    until(turn.further.larger.isVisible)
    assert "nothing was sent" in turn._badge.accessibleName()


def test_it_is_not_offered_where_there_is_none(open_window):
    window = open_window(candidates=(small(),))
    ask(window)
    assert not shown(window).further.isVisible()
    window._house.endpoints.add(CLOUD)
    window.models.known.look_again()
    until(shown(window).further.larger.isVisible)


def test_nobody_here_can_answer_and_a_larger_model_is_offered(open_window):
    window = open_window(candidates=(Remote().candidate,))
    window._house.endpoints.add(CLOUD)
    window.models.known.look_again()
    assert ask(window).state is State.REFUSED
    until(shown(window).further.larger.isVisible)
    shown(window).further.larger.click()
    card_of(window).send.click()
    assert until(lambda: ended(window).text) == "It is so."


def test_what_breaks_off_is_kept_and_gone_on_with_here(open_asking, history):
    remote = Remote(CLOUD, Delta("Half an ans"), BROKEN)
    window = open_asking(remote)
    ask(window)
    card_of(window).send.click()
    until(lambda: ended(window).text == "Half an ans")
    turn = shown(window)
    assert turn.further.here.text() == "Continue on this computer"
    assert "In the cloud" in turn._badge.accessibleName()
    assert turn._reasons.toPlainText() == "The connection broke off.\nTry again."
    window._house.writers.candidates = (small(), remote.candidate)
    turn.further.here.click()
    until(lambda: ended(window).text == "Small.")
    broken = "From openrouter/gpt-4o-mini, before it broke off:\nHalf an ans"
    until(lambda: turn._partials and turn._partials.isVisible())
    assert turn._partials.toPlainText() == broken
    assert "On this computer" in turn._badge.accessibleName()
    window.session.open(window.session.conversation)
    until(lambda: shown(window) is not turn)
    until(lambda: shown(window)._partials and shown(window)._partials.toPlainText() == broken)
    assert len(remote.sender.sent) == 1


def test_what_never_began_can_be_answered_here(open_asking):
    remote = Remote(CLOUD, RemoteFailure("No connection.", "Look.", RemoteKind.CONNECT))
    window = open_asking(remote)
    ask(window)
    card_of(window).send.click()
    until(lambda: ended(window).reasons)
    turn = shown(window)
    assert turn.further.here.text() == "Answer here"
    assert turn.further.here.isVisible()
    window._house.writers.candidates = (small(), remote.candidate)
    turn.further.here.click()
    assert until(lambda: ended(window).text) == "Small."
    assert turn._partials is None


def test_what_was_answered_before_says_so_and_is_asked_afresh(open_asking):
    remote = Remote()
    window = open_asking(remote)
    ask(window)
    card_of(window).send.click()
    until(lambda: ended(window).text)
    window.open_new()
    assert ask(window).text == "It is so."
    turn = shown(window)
    assert "answered before · nothing was sent" in turn._badge.accessibleName()
    assert len(remote.sender.sent) == 1
    turn.further.afresh.click()
    card_of(window).send.click()
    until(lambda: len(ended(window).answers) == 2)
    assert len(remote.sender.sent) == 2
    assert not shown(window).further.afresh.isVisible()
    assert cut_off(window) == []


def test_a_weak_answer_says_why_a_larger_model_is_offered(open_asking):
    unsure = candidate("small", says("I do not know."), tier=1)
    window = open_asking(Remote(), unsure)
    ask(window)
    reason = shown(window).further.reason
    until(reason.isVisible)
    assert reason.text() == "The answer says that it does not know."
    window._house.writers.candidates = (small(),)
    ask(window, "And now?", 1)
    assert shown(window, 1).further.larger.isVisible()
    assert not shown(window, 1).further.reason.isVisible()
