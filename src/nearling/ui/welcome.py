"""What an empty conversation shows: what can be done here, and one button that begins it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme


class Welcome(QWidget):
    pick_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        mark = QLabel()
        mark.setPixmap(icon("nearling", "", 64).pixmap(QSize(64, 64)))
        mark.setAccessibleName("Nearling")
        title = QLabel(_("Ask about anything on your screen"))
        title.setProperty("look", "welcome")
        words = QLabel(
            _(
                "Drop a picture or a document here, paste or pick one, and ask what it says.\n"
                "It is read on this computer. Nothing leaves it."
            )
        )
        words.setProperty("look", "lead")
        for label in (mark, title, words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (title, words):
            label.setWordWrap(True)
        pick = QPushButton(_("Pick a file …"))
        pick.clicked.connect(self.pick_wanted)
        theme.dress(pick, "picture", lambda tokens: tokens.ink)
        pick.setIconSize(QSize(24, 18))  # the rest is air before the words
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addStretch(2)
        for label in (mark, title, words):
            layout.addWidget(label)
        layout.addSpacing(4)
        layout.addWidget(pick, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
