"""Asking about pictures: dropped, pasted, several at once, and where there is no answer."""

from __future__ import annotations

from nearling.ui.chat.turn_view import State
from ui.conftest import spin
from ui.manual.conftest import (
    answered,
    ask,
    copied,
    dragged,
    errand,
    is_read,
    keep,
    outlined,
    picture_of,
    press,
    until,
)


def test_drop_a_picture_and_ask(window):
    with dragged(picture_of("receipt")) as drag_onto:
        drag_onto(window)
    window.activateWindow()
    until(window.isActiveWindow)
    turn = ask(window, "How much did I pay?")
    assert turn.view.text == "£25.15"
    assert until(lambda: outlined(turn)) == ["receipt.jpg"]
    assert turn._badge.accessibleName().startswith("On this computer, quoted from the picture")
    keep(window, "drop-a-picture-and-ask")


def test_paste_a_picture(window):
    with copied(picture_of("error"), "image/png"):
        spin(0.3)  # xclip tells nobody when it has the clipboard
        press("ctrl+v")
        until(lambda: len(window.landing.pending) == 1)
        until(lambda: is_read(window))
        keep(window, "paste-a-picture")
    turn = ask(window, "What went wrong?")
    assert any(truth in turn.view.text for truth in errand("error").truths)


def test_ask_about_several_pictures(window):
    files = [picture_of(name) for name in ("error", "receipt", "table")]
    with dragged(*files) as drag_onto:
        drag_onto(window)
    window.activateWindow()
    until(window.isActiveWindow)
    turn = ask(window, "When does the boat to Skarholm leave on Sunday?")
    assert turn.view.text == "10:45"
    assert until(lambda: outlined(turn)) == ["timetable.png"]
    keep(window, "ask-about-several-pictures")


def test_when_there_is_no_answer(window):
    answered(window, "receipt")
    turn = ask(window, "What is the phone number of the bakery?", State.REFUSED)
    assert turn._head.text() == "No answer"
    assert "answers this for sure" in turn._reasons.toPlainText()
    assert [cite.text() for cite in turn._citations.buttons] == [
        "[1]  “BAKERY && COFFEE”  in receipt.jpg"
    ]
    keep(window, "when-there-is-no-answer")
