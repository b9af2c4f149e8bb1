"""A few lines of text; tells once somebody has written and goes on to something else."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QPlainTextEdit

_HEIGHT = 4
"""Lines that are seen at once."""


class LinesField(QPlainTextEdit):
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "lines")
        self.setTabChangesFocus(True)
        self.setFixedHeight(_HEIGHT * self.fontMetrics().lineSpacing() + 16)

    @property
    def lines(self) -> str:
        """Without what cannot be seen."""
        kept = ("".join(filter(str.isprintable, line)) for line in self.toPlainText().split("\n"))
        return "\n".join(line.strip() for line in kept).strip()

    def _finish(self) -> None:
        if self.document().isModified():
            self.document().setModified(False)
            self.finished.emit()

    # Qt's

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._finish()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._finish()
