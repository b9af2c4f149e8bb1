"""Selecting and copying in an answer of several pieces, with real pointer and key events."""

from __future__ import annotations

import contextlib
import subprocess
import threading

import pytest

from nearling.core.events import Delta, Finished
from scripted.engines import ScriptedWriter, says
from ui.conftest import until
from ui.test_languages import ask
from ui.test_window import ended, press, shown

ANSWER = """First **words** here.

- one
- two

```python
x = 1
y = 2
```

| a | b |
|---|---|
| 1 | 2 |

Last words there."""
WHOLE = "First words here.\n\n• one\n• two\n\nx = 1\ny = 2\n\na\tb\n1\t2\n\nLast words there."


@pytest.fixture
def answer(open_window):
    window = open_window(says(ANSWER))
    ask(window)
    ended(window)
    yield settled(window, pieces=5)
    mouse("mouseup", 1)  # should the test have failed in the middle of a drag


def settled(window, pieces: int):
    """The answer once it has so many pieces and stays in its place."""
    places = [None]

    def stays():
        answer = shown(window)._answer
        place = [piece.mapToGlobal(piece.rect().bottomRight()) for piece in pieces_of(answer)]
        places.append(place)
        laid_out = not window.transcript._later.isActive() and answer.isVisible()
        return answer if laid_out and len(place) == pieces and places[-2] == place else None

    return until(stays)


def pieces_of(answer):
    return list(answer.shown().values())


def mouse(*words: object) -> None:
    subprocess.run(["xdotool", *map(str, words)], check=True)


def place(piece, position: int) -> tuple[int, int]:
    """The middle of the line just before the letter at `position`, on the screen."""
    cursor = piece.textCursor()
    cursor.setPosition(position)
    point = piece.viewport().mapToGlobal(piece.cursorRect(cursor).center())
    return point.x(), point.y()


def drag(first, begin: int, last, end: int, wanted: str) -> None:
    """Waits until `wanted` is selected before it lets go."""
    selection = first._selection
    mouse("mousemove", *place(first, begin), "mousedown", 1)
    x, y = place(last, end)
    mouse("mousemove", x, y - 6, "mousemove", x, y)
    try:
        selects(selection, wanted)
    finally:
        mouse("mouseup", 1)


def selects(selection, wanted: str) -> None:
    """Waits for it; what it selects instead is in the failure."""
    with contextlib.suppress(AssertionError):
        until(lambda: selection.text == wanted, 5)
    assert selection.text == wanted


def copied(qt) -> str:
    qt.clipboard().clear()
    press("ctrl+c")
    return until(qt.clipboard().text)


def test_a_drag_goes_on_from_piece_to_piece_and_is_copied_as_it_is_read(answer, qt):
    pieces = pieces_of(answer)
    drag(pieces[0], 6, pieces[2], 5, "words here.\n\n• one\n• two\n\nx = 1")
    assert copied(qt) == "words here.\n\n• one\n• two\n\nx = 1"
    assert not qt.clipboard().mimeData().hasHtml()


def test_a_drag_upwards_and_back_into_the_piece_where_it_began(answer, qt):
    pieces = pieces_of(answer)
    drag(pieces[4], 4, pieces[3], 2, "a\tb\n1\t2\n\nLast")  # cells are selected whole
    drag(pieces[2], 0, pieces[2], 5, "x = 1")
    assert copied(qt) == "x = 1"
    mouse("mousemove", *place(pieces[2], 8), "mousedown", 1)
    mouse("mousemove", *place(pieces[4], 4))
    selects(answer._selection, "= 2\n\na\tb\n1\t2\n\nLast")
    mouse("mousemove", *place(pieces[2], 10))
    selects(answer._selection, "= ")
    mouse("mouseup", 1)


def test_a_click_with_shift_selects_as_far_as_there(answer, qt):
    pieces = pieces_of(answer)
    mouse("mousemove", *place(pieces[0], 12), "click", 1)
    until(pieces[0].hasFocus)
    mouse("mousemove", *place(pieces[1], 3), "keydown", "shift", "click", 1, "keyup", "shift")
    selects(answer._selection, "here.\n\n• one")
    mouse("mousemove", *place(pieces[4], 4), "click", 1)
    selects(answer._selection, "")


def test_all_of_an_answer_is_selected_by_key(answer, qt):
    pieces = pieces_of(answer)
    mouse("mousemove", *place(pieces[2], 3), "click", 1)
    until(pieces[2].hasFocus)
    press("ctrl+a")
    selects(answer._selection, WHOLE)
    assert copied(qt) == WHOLE


def test_keys_select_within_a_piece(answer, qt):
    pieces = pieces_of(answer)
    mouse("mousemove", *place(pieces[2], 2), "click", 1)
    until(pieces[2].hasFocus)
    press("ctrl+a")
    press("Home")  # the caret is where the pointer was pressed, and nothing is selected
    selects(answer._selection, "")
    press("ctrl+Home", "shift+Down", "shift+Right")
    selects(answer._selection, "x = 1\ny")
    assert copied(qt) == "x = 1\ny"


def test_the_menu_copies_what_is_selected_in_other_pieces_too(answer, qt):
    pieces = pieces_of(answer)
    mouse("mousemove", *place(pieces[0], 2), "click", 3)
    menu = until(qt.activePopupWidget)
    assert [action.isEnabled() for action in menu.actions()] == [False, True]
    press("Down", "Return")
    selects(answer._selection, WHOLE)
    mouse("mousemove", *place(pieces[2], 2), "click", 3)
    until(lambda: qt.activePopupWidget() not in {None, menu})
    qt.clipboard().clear()
    press("Down", "Return")
    assert until(qt.clipboard().text) == WHOLE


def test_a_click_into_what_is_selected_ends_the_selection(answer):
    pieces = pieces_of(answer)
    drag(pieces[0], 6, pieces[1], 3, "words here.\n\n• one")
    mouse("mousemove", *place(pieces[0], 9), "mousedown", 1)
    mouse("mouseup", 1)
    selects(answer._selection, "")


def test_what_is_written_on_meanwhile_ends_no_selection(open_window):
    go = threading.Event()
    window = open_window(
        ScriptedWriter(Delta("One.\n\nTwo.\n\nThr"), go.wait, Delta("ee."), Finished(1, 1))
    )
    ask(window)
    answer = settled(window, pieces=3)
    pieces = pieces_of(answer)
    drag(pieces[0], 0, pieces[1], 4, "One.\n\nTwo.")
    go.set()
    ended(window)
    assert pieces_of(answer)[2].toPlainText() == "Three."
    assert answer._selection.text == "One.\n\nTwo."
