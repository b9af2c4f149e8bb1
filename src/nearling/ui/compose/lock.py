"""The toggle that keeps the next question, and what follows from it, on this computer."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from nearling.core.language import gettext as _
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme


class Lock(QPushButton):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "icon")
        self.setCheckable(True)
        self.setAccessibleName(_("Keep this on this computer"))
        self.setToolTip(_("Keep this on this computer, and what follows from it"))
        self.setIconSize(QSize(18, 18))
        theme.changed.connect(self._draw)
        self.toggled.connect(self._draw)
        self._draw()
        self.hide()

    def _draw(self) -> None:
        tokens = self._theme.tokens
        self.setIcon(icon("lock", tokens.local if self.isChecked() else tokens.muted))
