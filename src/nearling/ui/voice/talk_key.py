"""F9 in the window: held for as long as one talks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from nearling.ui.voice.held_key import HeldKey

_KEY = Qt.Key.Key_F9


class TalkKey(QObject):
    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.key = HeldKey(self)
        window.installEventFilter(self)

    # Qt's

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        del watched
        if isinstance(event, QKeyEvent) and event.key() == _KEY:
            if event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                self.key.hear(event)
                return True
        elif event.type() is QEvent.Type.WindowDeactivate:
            self.key.release()  # another window will see the key come up
        return False
