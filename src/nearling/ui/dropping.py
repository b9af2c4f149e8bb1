"""What is dragged over the window and dropped on it, wherever: it lands in the next question."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from nearling.capture.mime import holds_something
from nearling.ui.compose.composer import Composer
from nearling.ui.landing import Landing


class Dropping(QObject):
    def __init__(self, window: QWidget, landing: Landing, composer: Composer) -> None:
        super().__init__(window)
        self._landing = landing
        self._composer = composer
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def _enter(self, event: QDragEnterEvent) -> None:
        if holds_something(event.mimeData()):
            event.acceptProposedAction()
            self._composer.show_inviting(inviting=True)
            self._landing.wake()

    def _drop(self, event: QDropEvent) -> None:
        self._composer.show_inviting(inviting=False)
        event.acceptProposedAction()
        self._landing.take(event.mimeData())
        self._composer.text.setFocus()

    # Qt's

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            self._enter(event)
        elif event.type() is QEvent.Type.DragLeave:
            self._composer.show_inviting(inviting=False)
        elif event.type() is QEvent.Type.Drop and isinstance(event, QDropEvent):
            self._drop(event)
        else:
            return super().eventFilter(watched, event)
        return True
