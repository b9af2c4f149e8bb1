"""A long text, all of it: filled little by little, so that the window never waits for it."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

_AT_ONCE = 2_000
"""Characters in one step, and the longest line: a longer one is broken, and joined when copied."""
_SPARE_SECONDS = 0.004
"""Of processor time in one event."""
_LINE, _BROKEN = 0, 1
"""What a block is: the end of a line, or a part of one that goes on."""


class WholeText(QPlainTextEdit):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("look", "mono")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._rest: Iterator[tuple[str, bool]] = iter(())
        self.filled = True
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._go_on)

    def show_text(self, text: str) -> None:
        self._rest = _steps(text)
        self.filled = False
        self.clear()
        self._later.start(0)  # to clear much takes its time, too

    @property
    def selected(self) -> str:
        """What is selected, in the lines that it really has."""
        cursor = self.textCursor()
        return self._between(cursor.selectionStart(), cursor.selectionEnd())

    def _between(self, start: int, end: int) -> str:
        said: list[str] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            text = block.text()[max(0, start - block.position()) : end - block.position()]
            said.append(text)
            goes_on = block.position() + block.length() <= end
            if goes_on and block.userState() != _BROKEN:
                said.append("\n")
            block = block.next()
        return "".join(said)

    def _go_on(self) -> None:
        begun = time.thread_time()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for text, broken in self._rest:
            cursor.insertText(text)
            cursor.block().setUserState(_BROKEN if broken else _LINE)
            if broken:
                cursor.insertBlock()
            if time.thread_time() - begun > _SPARE_SECONDS:
                self._later.start(0)
                return
        self.filled = True

    # Qt's

    def createMimeDataFromSelection(self) -> QMimeData:
        mime = QMimeData()
        mime.setText(self.selected)
        return mime


def _steps(text: str) -> Iterator[tuple[str, bool]]:
    """Pieces of `text`, and whether each breaks off within a line."""
    at = 0
    while at < len(text):
        end = at + _AT_ONCE
        if end >= len(text):
            yield text[at:], False
            return
        line = text.rfind("\n", at, end)
        if line >= at:
            yield text[at : line + 1], False
            at = line + 1
        else:
            yield text[at:end], True
            at = end
