"""Tells once that a window is on the screen and painted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QWidget


class FirstSight(QObject):
    seen = Signal()

    def __init__(self, widget: QWidget) -> None:
        """`widget` has not been shown yet."""
        super().__init__(widget)
        widget.winId()  # only now has it a window that can be watched
        window = widget.windowHandle()
        assert window is not None  # noqa: S101  made a line ago
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        exposed = event.type() is QEvent.Type.Expose
        if exposed and isinstance(watched, QWindow) and watched.isExposed():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.seen.emit)  # the event itself leads to the painting
        return False
