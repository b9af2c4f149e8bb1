"""What is selected of an answer: it may begin in one of its pieces and end in another.

Each piece selects within itself; here a selection goes on from piece to piece.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QGuiApplication, QTextCursor

from nearling.ui.chat.plain import plain
from nearling.ui.chat.prose import Prose


class Selection:
    def __init__(self, pieces: Callable[[], Sequence[Prose]]) -> None:
        """`pieces` are those of the answer as it is now, from top to bottom."""
        self._pieces = pieces
        self._begun: Prose | None = None
        """Where the pointer was pressed last; the selection begins at the anchor of its cursor."""
        self._given = (0, 0)
        """What was selected here, of the piece in which it began."""
        self._spanning = False

    @property
    def text(self) -> str:
        selected = [piece for piece in self._pieces() if piece.textCursor().hasSelection()]
        # Around a table there are lines that nobody wrote.
        return "\n\n".join(plain(piece.textCursor()).strip("\n") for piece in selected)

    @property
    def mime(self) -> QMimeData:
        """As text alone: looks do not travel."""
        mime = QMimeData()
        mime.setText(self.text)
        return mime

    def copy(self) -> None:
        if self.text:
            QGuiApplication.clipboard().setText(self.text)

    def everything(self) -> None:
        pieces = self._pieces()
        self._select(pieces[0], 0, pieces[-1], _end(pieces[-1]))

    def begin(self, piece: Prose, point: QPoint) -> None:
        """The pointer was pressed in `piece`, at a point of the screen."""
        cursor, position = piece.textCursor(), _position(piece, point)
        if cursor.selectionStart() <= position < cursor.selectionEnd():
            self._begun = None  # what is selected may be about to be dragged away
            return
        self._begun = piece
        self._select_only(piece)

    def extend(self, piece: Prose, point: QPoint) -> bool:
        """To a point of the screen; False where `piece`, which hears of it, can do it alone."""
        pieces = self._pieces()
        if self._begun is None or self._begun not in pieces:
            return False
        target = min(pieces, key=lambda each: _distance(each, point))
        if target is self._begun is piece:
            self._select_only(piece)
            return False
        anchor = self._begun.textCursor().anchor()
        self._select(self._begun, anchor, target, _position(target, point))
        return True

    def changed(self, piece: Prose) -> None:
        """By itself `piece` selects something else, or nothing any more; or Qt only says so."""
        if self._spanning or not piece.hasFocus() or _ends(piece) == self._given:
            return  # where it has no focus it was written on
        self._select_only(piece)

    def _select_only(self, piece: Prose) -> None:
        self._spanning = True
        for other in self._pieces():
            if other is not piece:
                _mark(other, 0, 0)
        self._spanning = False

    def _select(self, first: Prose, anchor: int, last: Prose, position: int) -> None:
        pieces = self._pieces()
        begin, end = pieces.index(first), pieces.index(last)
        down = begin <= end
        self._spanning = True
        for at, piece in enumerate(pieces):
            if not min(begin, end) <= at <= max(begin, end):
                _mark(piece, 0, 0)
                continue
            top, bottom = (0, _end(piece)) if down else (_end(piece), 0)
            _mark(piece, anchor if piece is first else top, position if piece is last else bottom)
        self._spanning = False
        self._given = _ends(first)


def _ends(piece: Prose) -> tuple[int, int]:
    cursor = piece.textCursor()
    return cursor.anchor(), cursor.position()


def _mark(piece: Prose, anchor: int, position: int) -> None:
    cursor = piece.textCursor()
    if anchor == position and not cursor.hasSelection():
        return  # the caret stays where it is
    cursor.setPosition(anchor)
    cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
    piece.setTextCursor(cursor)


def _position(piece: Prose, point: QPoint) -> int:
    return piece.cursorForPosition(piece.viewport().mapFromGlobal(point)).position()


def _end(piece: Prose) -> int:
    return piece.document().characterCount() - 1


def _distance(piece: Prose, point: QPoint) -> int:
    """How far above or below `piece` a point of the screen lies."""
    y = piece.viewport().mapFromGlobal(point).y()
    return max(-y, y - piece.height(), 0)
