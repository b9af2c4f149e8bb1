"""A key that is held, told from one that repeats.

A key that repeats comes up and goes down again at the same moment. Qt says so only where it has
read both by then, so a release counts once the key has stayed up.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

_LOOK_MS, _LOOKS = 10, 3
"""Several short looks, between which what waits is handled, however busy the window is."""


class HeldKey(QObject):
    held = Signal()
    let_go = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._down = False
        self._looks = 0
        self._up = QTimer(self)
        self._up.setInterval(_LOOK_MS)
        self._up.setTimerType(Qt.TimerType.PreciseTimer)
        self._up.timeout.connect(self._look)

    def hear(self, event: QKeyEvent) -> None:
        """A press or a release of the key."""
        if event.type() is QEvent.Type.KeyPress:
            self._up.stop()
            if not (self._down or event.isAutoRepeat()):
                self._down = True
                self.held.emit()
        elif self._down and not event.isAutoRepeat():
            self._looks = 0
            self._up.start()

    def release(self) -> None:
        """It is not held any more, whatever was heard of it."""
        self._up.stop()
        if self._down:
            self._down = False
            self.let_go.emit()

    def _look(self) -> None:
        self._looks += 1
        if self._looks == _LOOKS:
            self.release()
