"""How far the open conversation may go for an answer: two choices beside each other."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

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


class ModeSwitch(QFrame):
    """Only to be seen where anybody beyond this computer could be asked."""

    def __init__(self, session: Session, known: Known) -> None:
        super().__init__()
        self._session, self._known = session, known
        self.setProperty("look", "segments")
        self.setAccessibleName(_("How far this conversation may go"))
        one_of_them = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.buttons: dict[Mode, QPushButton] = {}
        for mode, (words, promise) in _CHOICES.items():
            button = QPushButton(_(words))
            button.setProperty("look", f"segment-{mode}")
            button.setCheckable(True)
            button.setToolTip(_(promise))
            button.setAccessibleDescription(_(promise))
            button.clicked.connect(partial(session.choose_mode, mode))
            one_of_them.addButton(button)
            row.addWidget(button)
            self.buttons[mode] = button
        session.mode_chosen.connect(self._show)
        known.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setVisible(self._known.beyond)
        if self._session.mode in self.buttons:
            self.buttons[self._session.mode].setChecked(True)
