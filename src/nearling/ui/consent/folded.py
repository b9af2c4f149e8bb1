"""What stands in the place of a question about consent that was put off."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from nearling.core.language import gettext as _


class Folded(QFrame):
    look_wanted = Signal()
    here = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "card")
        words = QLabel(_("Nothing has been sent."))
        words.setProperty("look", "muted")
        words.setWordWrap(True)
        self.look_again = QPushButton(_("Look again"))
        self.look_again.setAccessibleName(_("Look again at what would leave"))
        self.look_again.clicked.connect(self.look_wanted)
        self.answer_here = QPushButton(_("Answer here"))
        self.answer_here.clicked.connect(self.here)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(words, 1)
        row.addWidget(self.look_again)
        row.addWidget(self.answer_here)
