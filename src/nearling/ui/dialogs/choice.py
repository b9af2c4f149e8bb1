"""One of a few values: a combo box that shows that it opens."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox

from nearling.ui.theme.icons import icon

_SIDE, _MARGIN = 16, 10


class Choice(QComboBox):
    def select(self, value: object) -> None:
        """Adds it where it is not among the choices, under its own name."""
        if self.findData(value) < 0:
            self.addItem(str(value), value)
        self.setCurrentIndex(self.findData(value))

    def offer(self, names: Iterable[str]) -> None:
        """More choices; what is chosen stays."""
        for name in names:
            if self.findData(name) < 0:
                self.addItem(name, name)

    # Qt's

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colour = self.palette().placeholderText().color().name()
        left, top = self.width() - _SIDE - _MARGIN, (self.height() - _SIDE) // 2
        icon("chevron", colour).paint(QPainter(self), QRect(left, top, _SIDE, _SIDE))
