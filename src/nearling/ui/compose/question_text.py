"""Where the words of a question are written: as high as they need, and pictures are pasted past."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from nearling.capture.mime import holds_something
from nearling.core.language import gettext as _

_MOST = 7
"""Lines of the text before it scrolls."""


class QuestionText(QPlainTextEdit):
    """Enter sends; pasted pictures and files land, text is pasted without its looks."""

    sent = Signal()
    landed = Signal(object)
    focused = Signal(bool)
    clipboard_wanted = Signal()
    """What can be done with what is on the clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Your question"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # the whole window takes them
        self.document().setDocumentMargin(2)

    def fit(self) -> None:
        """As high as its text, within reason."""
        self.ensurePolished()
        lines = min(max(int(self.document().size().height()), self._invited), _MOST)
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 8)

    @property
    def _invited(self) -> int:
        """Lines that the invitation to write takes, while nothing is written."""
        if self.toPlainText():
            return 1
        room = self.viewport().rect().adjusted(2, 0, -2, 0)
        words, metrics = self.placeholderText(), self.fontMetrics()
        taken = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, words).height()
        return round(taken / metrics.lineSpacing())

    # Qt's

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            # Not now: resized once more meanwhile, the viewport would keep the size it has here.
            QTimer.singleShot(0, self, self.fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.sent.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return _is_picture(source) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if _is_picture(source):
            self.landed.emit(source)
        else:
            super().insertFromMimeData(source)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        menu.addAction(_("Take from the clipboard"), self.clipboard_wanted.emit)
        menu.popup(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


def _is_picture(source: QMimeData) -> bool:
    """Files and pictures; a word processor offers its text as a picture too, and means the text."""
    return holds_something(source) and (source.hasUrls() or not source.hasText())
