"""How far a conversation may go for an answer, and what is marked to stay on this computer."""

from __future__ import annotations

import pytest

from nearling.core.conversation import Mode
from nearling.core.events import Declined
from nearling.core.writers import Zone
from nearling.settings.options import Options
from nearling.ui.chat.kept import Kept
from nearling.ui.chat.turn_view import State
from nearling.ui.models.mode_switch import ModeSwitch
from scripted.consent import CLOUD, Remote
from scripted.engines import ScriptedWriter, candidate
from ui.conftest import spin, until
from ui.reading import cut_off
from ui.test_access import nameless, unreachable
from ui.test_window import ended, press, shown


@pytest.fixture
def remote():
    return Remote()


@pytest.fixture
def window(open_window, remote):
    declines = candidate("here", ScriptedWriter(Declined("Nothing here answers that.")))
    window = open_window(candidates=(declines, remote.candidate))
    window._house.endpoints.add(CLOUD)
    window.models.known.look_again()
    until(lambda: window.models.known.beyond)
    return window


def switch(window):
    return window._title.findChild(ModeSwitch)


def ask(window, question: str = "Why?", row: int = 0):
    window.composer.text.setPlainText(question)
    window.composer.send.click()
    return ended(window, row)


def test_where_nobody_else_could_be_asked_nothing_of_it_is_shown(open_window):
    window = open_window(ScriptedWriter())
    until(lambda: window.models.known.writers)
    assert not switch(window).isVisible()
    assert not window.composer.lock.isVisible()


def test_a_new_conversation_stays_here_unless_told_otherwise(window, remote):
    assert switch(window).buttons[Mode.HERE].isChecked()
    assert window.session.rules().zones == {Zone.COMPUTER}
    assert ask(window).state is State.REFUSED
    assert remote.sender.sent == []


def test_the_mode_is_kept_with_the_conversation(window, history):
    switch(window).buttons[Mode.ASK].click()
    assert ask(window).asks is not None
    conversation = window.session.conversation
    until(lambda: history.chosen_mode(conversation) is Mode.ASK)
    window.open_new()
    assert switch(window).buttons[Mode.HERE].isChecked()
    window.session.open(conversation)
    until(switch(window).buttons[Mode.ASK].isChecked)
    switch(window).buttons[Mode.HERE].setFocus()
    press("space")
    until(lambda: history.chosen_mode(conversation) is Mode.HERE)
    assert window.session.rules().zones == {Zone.COMPUTER}


def test_new_conversations_begin_as_the_settings_say(window):
    window._use(Options(new_mode="ask"))
    window.open_new()
    assert switch(window).buttons[Mode.ASK].isChecked()
    assert ask(window).asks is not None


def test_what_is_locked_stays_here_with_all_that_follows(window, remote, history):
    switch(window).buttons[Mode.ASK].click()
    lock = window.composer.lock
    assert lock.isVisible()
    lock.setFocus()
    press("space")
    until(lock.isChecked)
    assert ask(window).state is State.REFUSED
    assert not lock.isChecked()
    assert shown(window).findChild(Kept).isVisible()
    turn = history.turns(window.session.conversation)[0]
    assert turn.message.local_only
    assert ask(window, "And?", 1).state is State.REFUSED
    assert shown(window, 1).findChild(Kept) is None
    assert remote.sender.sent == []
    window.session.open(window.session.conversation)
    until(lambda: shown(window).findChild(Kept))


@pytest.mark.parametrize("width", [1280, 700, 640])
def test_there_is_room_for_it(window, width):
    window.resize(width, 700)
    until(lambda: window.width() == width)
    for _ in range(100):
        if not cut_off(window):
            break
        spin(0.02)
    assert cut_off(window) == []
    assert nameless(window) == []
    assert unreachable(window) == []
