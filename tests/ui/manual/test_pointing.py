"""Where an answer comes from, and the text on the picture itself."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from nearling.core.geometry import Box
from ui.conftest import spin
from ui.manual.conftest import answered, click, keep, outlined, point_at, press, until
from ui.test_screenshots import shows_places


def middle_of(canvas, box: Box) -> QPoint:
    left, top, width, height = canvas.placement.shown(box)
    return QPoint(round(left + width / 2), round(top + height / 2))


def opened(window):
    """The picture of the first turn beside the conversation, by a click on it."""
    click(window.transcript.widget(0)._canvases[0][1])
    until(window.looking.pictures.isVisible)
    large = window.looking.pictures.canvas
    until(lambda: shows_places(large) and large._reading is not None)
    until(lambda: large._shown.image.height() == large._shown.height)  # not the thumbnail any more
    return large


def test_see_where_the_answer_comes_from(window):
    turn = answered(window, "table")
    assert outlined(turn) == ["timetable.png"]
    large = opened(window)
    time, island, _ = (citation.box for citation in turn.view.citations)
    point_at(turn._citations.buttons[1], QPoint(30, 10))
    until(lambda: large._lit == 1)
    point_at(large, middle_of(large, time))
    until(lambda: turn._citations.buttons[0].property("lit"))
    assert not turn._citations.buttons[1].property("lit")
    keep(window, "see-where-the-answer-comes-from")
    point_at(large, middle_of(large, island))
    until(lambda: turn._citations.buttons[1].property("lit"))


def test_see_how_it_was_answered(window):
    turn = answered(window, "error")
    click(turn._badge)
    popup = until(window._theme._application.activePopupWidget)
    said = [label.text() for label in popup.findChildren(type(turn._head))]
    assert said[said.index("Where") + 1] == "On this computer"
    assert said[said.index("What left this computer") + 1] == "nothing"
    keep(window, "see-how-it-was-answered")
    press("Escape")
    until(lambda: window._theme._application.activePopupWidget() is None)


def test_copy_text_from_a_picture(window, qt):
    answered(window, "table")
    large = opened(window)
    lines = {line.text: line.box for line in large._reading.lines}
    point_at(large, middle_of(large, lines["Lindau"]) - QPoint(20, 0), "mousedown", "1")
    spin(0.1)
    end = middle_of(large, lines["Vessel Bay"]) + QPoint(60, 0)
    point_at(large, end)
    until(lambda: "Great Tern" in large.selected_text)
    point_at(large, end, "mouseup", "1")
    keep(window, "copy-text-from-a-picture")
    chosen = large.selected_text
    large.setFocus()
    press("ctrl+c")
    until(lambda: qt.clipboard().text() == chosen)
