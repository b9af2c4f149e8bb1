"""What would leave is shown before it does, changed as one likes, and nothing else is sent."""

from __future__ import annotations

import threading

import pytest

from nearling.core.conversation import Draft, TurnStatus
from nearling.core.errors import EngineLost
from nearling.core.events import Declined
from nearling.engines.local.cleaning import PictureCleaner
from nearling.settings.options import Options
from nearling.ui.chat.turn_view import State
from nearling.ui.elided import Elided
from scripted.consent import OWN, HeldAssistant, Remote
from scripted.engines import ScriptedWriter, candidate, says
from ui.conftest import spin, until
from ui.reading import cut_off
from ui.test_access import nameless, unreachable
from ui.test_window import drop, ended, press, receipt, shown

__all__ = ["receipt"]

QUESTION = "Draft a reply to Mara Quill, who owes 12.50 EUR."


LOCAL = Declined("The built-in writer found nothing.")
ASKING = Options(new_mode="ask")


@pytest.fixture
def remote():
    return Remote()


@pytest.fixture
def window(open_window, remote):
    return open_window(
        reads={"receipt.png": ["Mara Quill", "Total: 12.50 EUR"]},
        candidates=(candidate("here", ScriptedWriter(LOCAL)), remote.candidate),
        assistant=HeldAssistant,
        cleaner=PictureCleaner(),
        options=ASKING,
    )


def answers_here(window) -> None:
    """From now on somebody on this computer can."""
    there = window._house.writers
    there.candidates = (candidate("here", says("Here.")), *there.candidates[1:])


def ask(window, question: str = QUESTION, row: int = 0):
    """The card that it leads to, once all of it is there."""
    window.composer.text.setPlainText(question)
    window.composer.send.click()
    ended(window, row)
    return card_of(window, row)


def card_of(window, row: int = 0):
    until(lambda: not window.session.is_busy)
    card = until(lambda: shown(window, row).below)
    until(lambda: card.complete)
    return card


def select(text, words: str) -> None:
    """As a pointer does."""
    cursor = text.document().find(words)
    assert not cursor.isNull()
    text.setTextCursor(cursor)


def hide(card, words: str, part: str = "question") -> None:
    before = card._asked.edits
    select(card.sections[part].excerpt.first, words)
    until(card.hide_words.isEnabled)
    card.hide_words.click()
    until(lambda: card._asked.edits != before and card.complete)


def test_what_would_leave_is_shown_and_nothing_has_left(window, remote):
    card = ask(window)
    assert ended(window).state is State.WAITING
    assert card.accessibleName() == "Send this question to a larger model?"
    assert card.sections["question"].excerpt.first.toPlainText() == QUESTION
    assert card._goes.text() == "openrouter.ai · gpt-4o-mini"
    assert card._costs.text() == "at most 0.0003 USD"
    assert card._hides.text() == "nothing"
    (reason,) = (
        each.text() for each in card.findChildren(type(card._goes)) if LOCAL.reason in each.text()
    )
    assert reason == f"{LOCAL.reason} Only the cloud can answer."
    assert not card.lift.isVisible()
    assert not shown(window)._again.isVisible()
    assert remote.sender.sent == []


def test_just_what_was_shown_is_sent_once(window, remote):
    card = ask(window)
    shown_then = card._asked.outgoing
    card.send.click()
    assert until(lambda: ended(window).text) == "It is so."
    assert remote.sender.sent == [shown_then]
    assert shown(window).below is None
    assert "In the cloud" in shown(window)._badge.accessibleName()


def test_it_is_sent_by_keys_alone(window):
    card = ask(window)
    until(card.hasFocus)
    for _ in range(30):
        if card.send.hasFocus():
            break
        before = window.focusWidget()
        press("Tab")
        until(lambda before=before: window.focusWidget() is not before)
    press("space")
    assert until(lambda: ended(window).text) == "It is so."
    assert window.composer.text.hasFocus()


def test_who_writes_already_is_not_disturbed(window):
    go = threading.Event()
    slow = candidate("here", ScriptedWriter(go.wait, LOCAL))
    window._house.writers.candidates = (slow, *window._house.writers.candidates[1:])
    window.composer.text.setPlainText(QUESTION)
    window.composer.send.click()
    until(lambda: len(window.session.transcript) and not window.composer.text.toPlainText())
    window.composer.text.setFocus()
    window.composer.text.setPlainText("And then")
    go.set()
    ended(window)
    card_of(window)
    assert window.composer.text.hasFocus()


def test_not_now_is_escape_and_it_can_be_looked_at_again(window, remote):
    card = ask(window)
    until(card.hasFocus)
    press("Escape")
    folded = until(lambda: shown(window).below if shown(window).below is not card else None)
    assert window.composer.text.hasFocus()
    assert remote.sender.sent == []
    folded.look_again.click()
    again = card_of(window)
    assert again.sections["question"].excerpt.first.toPlainText() == QUESTION
    assert again.hasFocus()


def test_answer_here_is_another_way_out(window, remote):
    card = ask(window)
    answers_here(window)
    card.answer_here.click()
    assert until(lambda: ended(window).text) == "Here."
    assert remote.sender.sent == []


def test_words_are_hidden_and_shown_again(window, remote):
    card = ask(window)
    hide(card, "Mara Quill")
    text = card.sections["question"].excerpt.first
    assert text.toPlainText() == "Draft a reply to [HIDDEN_1], who owes 12.50 EUR."
    assert b"Mara" not in card._asked.outgoing.body
    assert card._hides.text() == "1 place"
    select(text, "12.50 EUR")
    text.setFocus()
    press("ctrl+h")
    until(lambda: card._asked.edits.hidden == ("Mara Quill", "12.50 EUR") and card.complete)
    assert card._hides.text() == "2 places"
    card.hidden_words.buttons[0].click()
    until(lambda: card._asked.edits.hidden == ("12.50 EUR",) and card.complete)
    assert text.toPlainText() == "Draft a reply to Mara Quill, who owes [HIDDEN_1]."
    card.send.click()
    until(lambda: ended(window).text)
    (sent,) = remote.sender.sent
    assert b"12.50" not in sent.body
    assert b"Mara Quill" in sent.body


def test_a_selection_across_a_mark_hides_what_is_left_of_it(window):
    card = ask(window)
    hide(card, "Mara Quill")
    hide(card, "to [HIDDEN_1], who owes")
    assert card._asked.edits.hidden == ("Mara Quill", "to", ", who owes")


def test_words_that_stand_nowhere_are_said_to(window, receipt):
    drop(window, receipt)
    card = ask(window)
    digest = next(key for key in card.sections if key != "question")
    hide(card, "<source", digest)
    until(lambda: len(card.hidden_words.findChildren(Elided)) == 1)  # the earlier one is gone
    (row,) = card.hidden_words.findChildren(Elided)
    assert row.text().endswith("<source – stands nowhere in it")


def test_while_it_is_found_out_nothing_can_be_sent(window):
    card = ask(window)
    assistant = window._house.assistant
    assistant.go = threading.Event()
    select(card.sections["question"].excerpt.first, "Mara Quill")
    card.hide_words.click()
    assert not card.send.isEnabled()
    assert card.status.text() == "Finding out what would leave …"
    select(card.sections["question"].excerpt.first, "12.50")
    card.hide_words.click()
    assert not card.send.isEnabled()
    assistant.go.set()
    until(card.send.isEnabled)
    assert card.sections["question"].excerpt.first.toPlainText().count("HIDDEN") == 2


def test_where_it_cannot_be_found_out_it_is_said_why(window):
    card = ask(window)
    window._house.assistant.refuses = EngineLost("The reader died.", "Try again.")
    select(card.sections["question"].excerpt.first, "Mara Quill")
    card.hide_words.click()
    until(lambda: card.status.text() == "The reader died. Try again.")
    assert not card.send.isEnabled()


def test_what_has_changed_is_shown_again_instead_of_sent(window, remote):
    card = ask(window)
    hide(card, "Mara Quill")
    window._house.writers.candidates = (remote.changed(),)
    card.send.click()
    until(lambda: shown(window).below is not card and shown(window).below)
    again = card_of(window)
    assert again.status.text().startswith("Something else would leave")
    assert "[HIDDEN_1]" in again.sections["question"].excerpt.first.toPlainText()
    assert remote.sender.sent == []


def test_a_picture_is_left_out_and_brought_back(window, receipt):
    drop(window, receipt)
    card = ask(window)
    ((digest, section),) = ((key, each) for key, each in card.sections.items() if key != "question")
    assert section.title.text() == "receipt.png: the text that was read in it here"
    assert "Total: 12.50 EUR" in section.excerpt.first.toPlainText()
    section.drop.click()
    until(lambda: digest not in card.sections and card.complete)
    assert b"Total" not in card._asked.outgoing.body
    (back,) = card.left_out.buttons
    assert back.accessibleName() == "Bring back: receipt.png"
    back.click()
    until(lambda: digest in card.sections and card.complete)
    assert not card.left_out.isVisible()


def test_what_was_said_before_can_stay_here(window):
    ask(window, "First?").send.click()
    until(lambda: ended(window).text)
    card = ask(window, "Second?", 1)
    earlier = card.sections["earlier"]
    assert earlier.excerpt.first.toPlainText() == "First?\n\nIt is so."
    earlier.drop.click()
    until(lambda: "earlier" not in card.sections and card.complete)
    assert b"First" not in card._asked.outgoing.body
    card.left_out.buttons[0].click()
    until(lambda: "earlier" in card.sections)


def test_what_is_marked_to_stay_here_has_to_be_lifted(window, remote, history):
    turn = history.open_turn(Draft(QUESTION, local_only=True))
    history.close_turn(turn.id, TurnStatus.UNANSWERED, "Nobody.")
    window.session.open(turn.conversation)
    until(lambda: shown(window) if len(window.session.transcript) else None)
    window.session.ask_beyond(turn.id)
    card = card_of(window)
    assert card.lift.isVisible()
    assert not card.send.isEnabled()
    card.lift.click()
    assert card.send.isEnabled()
    card.send.click()
    until(lambda: ended(window).text)
    assert len(remote.sender.sent) == 1


def test_an_own_server_may_pass_it_on_and_has_no_known_price(open_window):
    window = open_window(candidates=(Remote(OWN).candidate,), options=ASKING)
    card = ask(window)
    assert card.accessibleName() == "Send this question to your own server?"
    assert card._goes.text() == "den.lan · qwen; it may pass it on"
    assert card._costs.text() == "unknown: the endpoint's price is not known"


def test_every_byte_can_be_seen_and_copied(window):
    from PySide6.QtGui import QGuiApplication

    card = ask(window)
    card.every_byte.fold.click()
    text = until(lambda: card.every_byte.text)
    until(lambda: text.filled and text.toPlainText())
    said = text.toPlainText()
    assert '"model": "gpt-4o-mini"' in said
    assert '"role": "system"' in said
    text.selectAll()
    text.copy()
    assert QGuiApplication.clipboard().text() == said


def test_a_turn_that_waits_asks_again_after_a_restart(window, remote):
    hide(ask(window), "Mara Quill")
    conversation = window.session.conversation
    window.open_new()
    window.consenting._asked.clear()  # as after a restart
    window.session.open(conversation)
    card = until(lambda: len(window.session.transcript) and card_of(window))
    said = card.sections["question"].excerpt.first.toPlainText()
    assert said == QUESTION.replace("Mara Quill", "[HIDDEN_1]")
    assert window._house.assistant.previews[-1] is None
    card.send.click()
    assert until(lambda: ended(window).text) == "It is so."
    assert b"Mara" not in remote.sender.sent[0].body


def test_the_card_can_be_heard_and_nothing_of_it_is_cut_off(window, receipt):
    drop(window, receipt)
    card = ask(window)
    hide(card, "Mara Quill")
    card.every_byte.fold.click()
    spin(0.1)
    assert nameless(window) == []
    assert unreachable(window) == []
    for _ in range(100):
        if not cut_off(card):
            break
        spin(0.02)
    assert cut_off(card) == []


def test_while_another_question_is_answered_it_is_said_so(window, remote):
    card = ask(window)
    go = threading.Event()
    window.session._begin(lambda _: (go.wait(60), ())[1], lambda _: None)
    card.send.click()
    assert window.notice.sentence.text() == "A question is being answered right now."
    go.set()
    until(lambda: not window.session.is_busy)
    assert remote.sender.sent == []


def test_a_larger_model_that_is_not_wanted_after_all_leaves_the_answer(window, remote):
    answers_here(window)
    window.composer.text.setPlainText("Why?")
    window.composer.send.click()
    assert ended(window).text == "Here."
    window.session.ask_beyond(ended(window).id)
    card = card_of(window)
    assert not card.answer_here.isVisible()
    card.later.click()
    until(lambda: shown(window).below is None)
    assert ended(window).text == "Here."
    window.session.ask_beyond(ended(window).id)
    card_of(window).send.click()
    until(lambda: len(ended(window).answers) == 2)
    assert [each.text for each in ended(window).answers] == ["Here.", "It is so."]
    assert len(remote.sender.sent) == 1
