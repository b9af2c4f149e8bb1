"""The line above a conversation: what it is called, how many questions, what left, who answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nearling.core.account import Left
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.ui.elided import Elided


class TitleBar(QWidget):
    def __init__(self, writer: QWidget) -> None:
        super().__init__()
        self._title, self._about_it = Elided(), Elided()
        self._questions = self._left = ""
        self._title.setProperty("look", "title")
        self._about_it.setProperty("look", "muted")
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(52)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(10)
        row.addWidget(self._title)
        row.addWidget(self._about_it)
        row.addStretch()
        row.addWidget(writer)

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


def _said(left: Left) -> str:
    if left.answers:
        came = ngettext("{n} answer came from beyond", "{n} answers came from beyond", left.answers)
        return came.format(n=whole(left.answers))
    if left.anything:
        return _("something has left this computer, and no answer came")
    return _("nothing has left this computer")
