"""Tab goes from the list through the conversation to the composer; what it comes to is seen."""

from __future__ import annotations

import pytest

from nearling.core.events import Cited, Delta, Finished
from scripted.engines import ScriptedWriter, citation, says
from ui.conftest import until
from ui.test_languages import ask
from ui.test_window import ended, press, shown


def tab(window, key: str = "Tab"):
    """What has the focus after one more press of the key."""
    before = window.focusWidget()
    press(key)
    return until(lambda: window.focusWidget() is not before and window.focusWidget())


def around(window) -> list:
    """Everything that Tab comes to, from the button for a new conversation until there again."""
    first = window.panel.findChildren(type(window.composer.send))[0]
    first.setFocus()
    until(first.hasFocus)
    passed = [first]
    while (widget := tab(window)) is not first:
        assert widget not in passed
        passed.append(widget)
    return passed


def part(window, widget) -> str:
    parts = {
        "list": window.panel,
        "title": window._title,
        "conversation": window.transcript,
        "composer": window.composer,
        "picture": window.looking.pictures,
    }
    return next(
        name for name, whole in parts.items() if whole.isAncestorOf(widget) or whole is widget
    )


def test_from_the_list_through_the_conversation_to_the_composer(open_window):
    answer = (
        Delta("One.\n\n"),
        Delta("```python\nx = 1\n```\n\nTwo."),
        Cited(citation("3")),
        Finished(1, 1),
    )
    window = open_window(ScriptedWriter(*answer))
    for row in range(2):
        ask(window)
        ended(window, row)
        shown(window, row)
    shown(window)._citations.opened.emit(citation("3"))
    until(window.looking.pictures.isVisible)
    window.transcript.go_to(0)
    passed = around(window)
    parts = [part(window, widget) for widget in passed]
    order = ["list", "title", "conversation", "composer", "picture"]
    assert parts == sorted(parts, key=order.index)
    assert set(parts) == set(order)
    names = [each.accessibleName() for each in passed if part(window, each) == "conversation"]
    turn = [
        "Your question",
        "On this computer",
        "Answer",
        "Copy this code",
        "Code",
        "Answer",
        "Citation 1",
        "Copy the answer",
        "Answer again",
    ]
    assert names[0] == "Conversation"
    known = sorted(turn, key=len, reverse=True)
    assert [next(word for word in known if name.startswith(word)) for name in names[1:]] == turn * 2


def test_old_turns_that_are_scrolled_to_come_before_new_ones_and_into_sight(open_window, history):
    window = open_window(says("First.\n\n" + "word " * 400))
    for row in range(4):
        ask(window)
        ended(window, row)
    shown(window, 3)
    window.composer.text.setFocus()
    rows = []
    for _ in range(200):
        widget = tab(window, "shift+Tab")
        if widget is window.transcript:
            break
        top = widget.mapTo(window.transcript.viewport(), widget.rect().topLeft()).y()
        bottom = top + widget.height()
        assert top < window.transcript.viewport().height()
        assert bottom > 0
        for row, turn in window.transcript._widgets.items():
            if turn.isAncestorOf(widget):
                rows.append(row)
    else:
        pytest.fail("it never came to the transcript")
    assert rows == sorted(rows, reverse=True)
    assert set(rows) == {0, 1, 2, 3}
