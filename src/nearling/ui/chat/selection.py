"""What is selected of an answer: it may begin in one of its pieces and end in another.

Each piece selects within itself; here a selection goes on from piece to piece.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QGuiApplication, QTextCursor

from nearling.ui.chat.plain import plain
from nearling.ui.chat.prose import Prose


class Pieces(Protocol):
    """An answer as it is now."""

    def count(self) -> int: ...

    def shown(self) -> dict[int, Prose]:
        """Those that can be seen, from top to bottom."""

    def plain(self, at: int) -> str:
        """All that stands in a piece, whether it is shown or not."""


class Selection:
    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._span = range(0)
        """The pieces over which it goes on; one that is not shown is selected whole."""
        self._begun: Prose | None = None
        """Where the pointer was pressed last; the selection begins at the anchor of its cursor."""
        self._given = (0, 0)
        """What was selected here, of the piece in which it began."""
        self._spanning = False

    @property
    def text(self) -> str:
        shown, said = self._pieces.shown(), list[str]()
        count = self._pieces.count()
        for at in sorted(each for each in {*shown, *self._span} if each < count):
            if at not in shown:
                said.append(self._pieces.plain(at))
            elif (cursor := shown[at].textCursor()).hasSelection():
                said.append(plain(cursor))
        # Around a table there are lines that nobody wrote.
        return "\n\n".join(each.strip("\n") for each in said)

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
        self._mark_shown(range(self._pieces.count()), {})

    def came(self, at: int, piece: Prose) -> None:
        """A piece is shown from now on."""
        if at in self._span:
            self._spanning = True
            _mark(piece, 0, _end(piece))
            self._spanning = False

    def needs(self, at: int, piece: Prose) -> bool:
        """Whether a piece has to stay, seen or not: what is selected would change without it."""
        cursor = piece.textCursor()
        selected = cursor.selectionEnd() - cursor.selectionStart()
        as_it_would_come = selected == (_end(piece) if at in self._span else 0)
        return piece is self._begun or piece.hasFocus() or not as_it_would_come

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
        shown = self._pieces.shown()
        places = {other: at for at, other in shown.items()}
        if self._begun is None or self._begun not in places:
            return False
        target = min(places, key=lambda each: _distance(each, point))
        if target is self._begun is piece:
            self._select_only(piece)
            return False
        begin, end = places[self._begun], places[target]
        anchor, position = self._begun.textCursor().anchor(), _position(target, point)
        if begin == end:
            ends = {begin: (anchor, position)}
        elif begin < end:
            ends = {begin: (anchor, _end(self._begun)), end: (0, position)}
        else:
            ends = {begin: (anchor, 0), end: (_end(target), position)}
        self._mark_shown(range(min(begin, end), max(begin, end) + 1), ends)
        return True

    def changed(self, piece: Prose) -> None:
        """By itself `piece` selects something else, or nothing any more; or Qt only says so."""
        if self._spanning or not piece.hasFocus() or _ends(piece) == self._given:
            return  # where it has no focus it was written on
        self._select_only(piece)

    def _select_only(self, piece: Prose) -> None:
        self._spanning = True
        self._span = range(0)
        for other in self._pieces.shown().values():
            if other is not piece:
                _mark(other, 0, 0)
        self._spanning = False

    def _mark_shown(self, span: range, ends: dict[int, tuple[int, int]]) -> None:
        """Selects the pieces of `span`, whole where `ends` does not say from where to where."""
        self._spanning = True
        self._span, self._given = span, (0, 0)
        for at, piece in self._pieces.shown().items():
            _mark(piece, *(ends.get(at, (0, _end(piece))) if at in span else (0, 0)))
            if piece.hasFocus():
                self._given = _ends(piece)
        self._spanning = False


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
