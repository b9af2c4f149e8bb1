"""A small button that is nothing but an icon, and says what it does."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from nearling.ui.theme.theme import Theme


class BareButton(QPushButton):
    def __init__(
        self, theme: Theme, icon: str, name: str, tip: str = "", *, side: int = 18
    ) -> None:
        """`tip` is what is shown for it; its name where that is empty."""
        super().__init__()
        self.setProperty("look", "bare")
        self.setAccessibleName(name)
        self.setToolTip(tip or name)
        theme.dress(self, icon)
        self.setIconSize(QSize(side, side))
