"""How far the open conversation may go for an answer: two choices beside each other."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QFrame, QPushButton

from nearling.core.conversation import Mode
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.ui.models.known import Known
from nearling.ui.session import Session

_CHOICES = {
    Mode.HERE: (marked("On this computer"), marked("Nothing leaves this computer.")),
    Mode.ASK: (
        marked("Ask before cloud"),
        marked("What would leave is shown first, and leaves only if you say so."),
    ),
}

_EDGE = 2
"""Pixels."""


class ModeSwitch(QFrame):
    """Only to be seen where anybody beyond this computer could be asked."""

    def __init__(self, session: Session, known: Known) -> None:
        super().__init__()
        self._session, self._known = session, known
        self.setProperty("look", "segments")
        self.setAccessibleName(_("How far this conversation may go"))
        one_of_them = QButtonGroup(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        self._row.setSpacing(_EDGE)
        self.buttons: dict[Mode, QPushButton] = {}
        for mode, (words, promise) in _CHOICES.items():
            button = QPushButton(_(words))
            button.setProperty("look", f"segment-{mode}")
            button.setCheckable(True)
            button.setToolTip(_(promise))
            button.setAccessibleDescription(_(promise))
            button.clicked.connect(partial(session.choose_mode, mode))
            one_of_them.addButton(button)
            self._row.addWidget(button)
            self.buttons[mode] = button
        session.mode_chosen.connect(self._show)
        known.changed.connect(self._show)
        self._show()

    def fit(self, room: int) -> None:
        """The choices stand above each other where `room` is too narrow for them."""
        wanted = sum(button.sizeHint().width() + _EDGE for button in self.buttons.values())
        direction = QBoxLayout.Direction
        fits = wanted + 2 * _EDGE <= room
        self._row.setDirection(direction.LeftToRight if fits else direction.TopToBottom)

    def _show(self) -> None:
        self.setVisible(self._known.beyond)
        if self._session.mode in self.buttons:
            self.buttons[self._session.mode].setChecked(True)
