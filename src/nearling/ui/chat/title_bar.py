"""The line above a conversation: what it is called, how many questions it holds, who answers."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.numerals import whole
from nearling.ui.elided import Elided


class TitleBar(QWidget):
    def __init__(self, writer: QWidget) -> None:
        super().__init__()
        self._title, self._about_it = Elided(), Elided()
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
        about = ngettext(
            "{n} question · kept on this computer",
            "{n} questions · kept on this computer",
            questions,
        )
        self._about_it.set_text(about.format(n=whole(questions)) if questions else "")
