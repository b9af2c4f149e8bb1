"""A piece of text as high as it needs to be: selectable, with links that ask, loading nothing."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextBrowser, QWidget

_LINE_PERCENT = 125
# A grey that stands back on a light ground and on a dark one.
_TABLES = "table { border-collapse: collapse; border-color: #8A8F96; border-style: solid; }"


class Prose(QTextBrowser):
    link_followed = Signal(str)

    def __init__(self, name: str, look: str = "", parent: QWidget | None = None) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__(parent)
        self._plain = ""
        """What is shown letter for letter, if anything is."""
        self._sizes: dict[float, tuple[int, int]] = {}
        self.setAccessibleName(name)
        self.setProperty("look", look)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # the whole window takes them
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setCursorWidth(0)  # a caret is shown to those who use keys
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.document().setDefaultStyleSheet(_TABLES)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.anchorClicked.connect(lambda url: self.link_followed.emit(url.toString()))

    def show_plain(self, text: str) -> None:
        """`text` letter for letter, whatever it looks like."""
        if not self._plain or not text.startswith(self._plain):
            self.setCurrentCharFormat(QTextCharFormat())  # else it would keep a colour
            self.setPlainText(text)
            self._space_out()
        elif len(text) > len(self._plain):  # what is there already is not laid out again
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(self._plain) :])
            self._resized()
        self._plain = text

    def show_html(self, html: str) -> None:
        self._plain = ""
        self.setHtml(html)
        self._space_out()

    def _space_out(self) -> None:
        """Lines far enough apart to be read with ease."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(
            _LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        cursor.mergeBlockFormat(spaced)
        self._resized()

    def _resized(self) -> None:
        self._sizes.clear()
        self.updateGeometry()

    def natural_width(self) -> int:
        """The width at which nothing would have to be broken."""
        return self._measured(-1)[0]

    def _measured(self, width: float) -> tuple[int, int]:
        """Width and height of the text where it has `width` pixels; the shown text stays."""
        self.ensurePolished()
        document = self.document()
        if width not in self._sizes:
            before = document.textWidth()
            if before != width:  # to lay it out takes the longest of all
                document.setTextWidth(width)
            used, high = document.idealWidth(), document.size().height()
            if 0 < before != width:
                document.setTextWidth(before)
            self._sizes[width] = (math.ceil(used) + 1, math.ceil(high))
        return self._sizes[width]

    # Qt's

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing, ever: an answer must not make the window fetch or open anything.

        Not None: then the document would look for the file by itself.
        """
        del type, name
        return QImage()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._measured(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 50)))

    def minimumSizeHint(self) -> QSize:
        return QSize(20, 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            super().resizeEvent(event)  # lays it out anew
        else:
            beyond = math.ceil(self.document().size().height()) - event.size().height()
            self.verticalScrollBar().setRange(0, max(0, beyond))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._sizes.clear()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.setCursorWidth(1)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()  # the conversation scrolls, not a piece of it
            return
        self.setCursorWidth(1)
        before = self.textCursor()
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.textCursor() == before:
            event.ignore()  # there is no further line in here

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the conversation scrolls, not a piece of it
