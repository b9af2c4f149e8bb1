"""The button for another answer, and the switch between those that a turn has."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from nearling.core.language import gettext as _
from nearling.core.numerals import whole
from nearling.ui.chat.turn_view import State, TurnView
from nearling.ui.theme.theme import Theme


class Switch(QWidget):
    wanted = Signal(int)
    """Which answer, counted from the oldest."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._at = 0
        self.earlier, self.later = QPushButton(), QPushButton()
        self.place = QLabel()
        self.place.setProperty("look", "muted")
        self.place.setToolTip(_("A follow-up builds on the latest answer."))
        for button, icon, name, step in (
            (self.earlier, "earlier", _("Earlier answer"), -1),
            (self.later, "later", _("Later answer"), 1),
        ):
            button.setProperty("look", "quiet")
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(partial(self._step, step))
            theme.dress(button, icon)
            button.setIconSize(QSize(15, 15))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for part in (self.earlier, self.place, self.later):
            row.addWidget(part)

    def show_place(self, at: int, count: int) -> None:
        self._at = at
        self.earlier.setEnabled(at > 0)
        self.later.setEnabled(at < count - 1)
        self.place.setText(
            _("{number} of {count}").format(number=whole(at + 1), count=whole(count))
        )

    def _step(self, step: int) -> None:
        self.wanted.emit(self._at + step)


class Anew(QWidget):
    again_wanted = Signal()
    answer_wanted = Signal(int)
    """As Switch.wanted."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.again = QPushButton(_("Again"))
        self.again.setProperty("look", "quiet")
        self.again.setAccessibleName(_("Answer again, also with another model"))
        theme.dress(self.again, "again")
        self.again.setIconSize(QSize(19, 15))  # the rest is air before the words
        self.again.clicked.connect(self.again_wanted)
        self.switch: Switch | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.again)

    def show_view(self, view: TurnView) -> None:
        self.setVisible(view.state is State.ANSWERED)
        if len(view.answers) > 1 and self.switch is None:
            self.switch = Switch(self._theme)
            self.switch.wanted.connect(self.answer_wanted)
            self._row.addWidget(self.switch)
        if self.switch is not None:
            self.switch.show_place(view.at, len(view.answers))
