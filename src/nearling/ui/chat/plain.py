"""Selected text as it is read: the marks of lists included, the cells of a row in one line."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QImage,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextList,
    QTextListFormat,
    QTextTable,
)

_INDENT = "  "
_BULLETS = (
    QTextListFormat.Style.ListDisc,
    QTextListFormat.Style.ListCircle,
    QTextListFormat.Style.ListSquare,
)


def plain_html(html: str) -> str:
    """As if all of it were shown and selected."""
    document = _Unshown()
    document.setHtml(html)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    return plain(cursor)


def plain(selected: QTextCursor) -> str:
    first, last = selected.selectionStart(), selected.selectionEnd()
    lines: list[str] = []
    row_before: tuple[int, int] | None = None
    block = selected.document().findBlock(first)
    while block.isValid() and (block.position() < last or not lines):
        said, row = _said(block, first, last), _row(block)
        if row is not None and row == row_before:
            lines[-1] += f"\t{said}"
        else:
            lines.append(said)
        row_before = row
        block = block.next()
    return "\n".join(lines)


def _said(block: QTextBlock, first: int, last: int) -> str:
    begin = block.position()
    part = QTextCursor(block)
    part.setPosition(max(first, begin))
    part.setPosition(min(last, begin + block.length() - 1), QTextCursor.MoveMode.KeepAnchor)
    text = part.selectedText().replace("\u2028", "\n").replace("\ufffc", "")  # no pictures
    return text if first > begin else _mark(block) + text


def _mark(block: QTextBlock) -> str:
    """What stands before an item of a list."""
    listed = cast("QTextList | None", block.textList())
    if listed is None:
        return ""
    mark = "•" if listed.format().style() in _BULLETS else listed.itemText(block)
    return f"{_INDENT * (listed.format().indent() - 1)}{mark} "


def _row(block: QTextBlock) -> tuple[int, int] | None:
    """Which table's row it is a cell of."""
    table = cast("QTextTable | None", QTextCursor(block).currentTable())
    if table is None:
        return None
    return table.firstPosition(), table.cellAt(block.position()).row()


class _Unshown(QTextDocument):
    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing, ever: an answer must not make the window fetch or open anything."""
        del type, name
        return QImage()
