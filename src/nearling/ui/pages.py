"""Which page takes the place of the conversation, if one does."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Pages(QObject):
    shown = Signal(object)
    """The page; None brings the conversation back."""
    left = Signal(object)
    """The page that is seen no longer."""

    def __init__(self, composer: QWidget) -> None:
        """`composer` has the focus once the conversation is back."""
        super().__init__()
        self._composer = composer
        self._page: QWidget | None = None

    def open(self, page: QWidget) -> None:
        before, self._page = self._page, page
        if before is not None and before is not page:
            self.left.emit(before)
        self.shown.emit(page)

    def close(self, *_about: object) -> bool:
        """Whether one was open."""
        before, self._page = self._page, None
        if before is None:
            return False
        self.left.emit(before)
        self.shown.emit(None)
        self._composer.setFocus()
        return True
