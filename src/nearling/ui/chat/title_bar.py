"""The line above a conversation: what it is called, how many questions, what left, who answers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from nearling.core.account import Left
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.ui.elided import Elided

_SIDE, _BETWEEN, _TITLE = 20, 10, 140
"""Pixels that a title has at least, beside what can be chosen; else that stands beneath it."""


class TitleBar(QWidget):
    resized = Signal(int)
    """How many pixels there are for what can be chosen."""

    def __init__(self, *choices: QWidget) -> None:
        """`choices` are what can be told about the conversation."""
        super().__init__()
        self._title, self._about_it = Elided(), Elided()
        self._questions = self._left = ""
        self._title.setProperty("look", "title")
        self._about_it.setProperty("look", "muted")
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(52)
        titles = QHBoxLayout()
        titles.setSpacing(10)
        titles.addWidget(self._title)
        titles.addWidget(self._about_it)
        titles.addStretch()
        self._parts = choices
        self._choices = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._choices.setSpacing(_BETWEEN)
        for choice in choices:
            self._choices.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(_SIDE, 8, _SIDE, 8)
        self._row.setSpacing(8)
        self._row.addLayout(titles, 1)
        self._row.addLayout(self._choices)

    def show_title(self, title: str, questions: int) -> None:
        self._title.set_text(title or _("New conversation"))
        about = ngettext("{n} question", "{n} questions", questions)
        self._questions = about.format(n=whole(questions)) if questions else ""
        self._say()

    def show_left(self, left: Left | None) -> None:
        """What left this computer for the conversation; None while that is not known."""
        self._left = "" if left is None else _said(left)
        self._say()

    def _say(self) -> None:
        parts = filter(None, (self._questions, self._questions and self._left))
        self._about_it.set_text(" · ".join(parts))

    def _arrange(self) -> None:
        room = self.width() - 2 * _SIDE
        self.resized.emit(room)
        shown = [part.sizeHint().width() + _BETWEEN for part in self._parts if part.isVisible()]
        _stack(self._choices, stacked=room < sum(shown) - _BETWEEN)
        _stack(self._row, stacked=room < sum(shown) + _TITLE)

    # Qt's

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._arrange()  # there may be more to choose than before, or in larger text
        return super().event(event)


def _stack(row: QBoxLayout, *, stacked: bool) -> None:
    direction = QBoxLayout.Direction
    wanted = direction.TopToBottom if stacked else direction.LeftToRight
    if row.direction() != wanted:
        row.setDirection(wanted)


def _said(left: Left) -> str:
    if left.answers:
        came = ngettext("{n} answer came from beyond", "{n} answers came from beyond", left.answers)
        return came.format(n=whole(left.answers))
    if left.anything:
        return _("something has left this computer, and no answer came")
    return _("nothing has left this computer")
