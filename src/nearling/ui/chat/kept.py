"""Says under a question that it is marked to stay on this computer."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from nearling.core.language import gettext as _
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme

_SIZE = QSize(14, 14)


class Kept(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._drawn = QLabel()
        words = QLabel(_("Stays on this computer"))
        words.setProperty("look", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._drawn)
        row.addWidget(words)
        row.addStretch()
        theme.changed.connect(self._draw)
        self._draw()

    def _draw(self) -> None:
        self._drawn.setPixmap(icon("lock", self._theme.tokens.muted).pixmap(_SIZE))
