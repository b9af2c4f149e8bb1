"""Draws a page that has no picture of its own: its lines on white paper, where they were laid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from nearling.core.geometry import Box
from nearling.core.reading import Reading, Table

_PAPER, _INK, _RULE = "#FFFFFF", "#1B1F1E", "#D5DBD9"
"""Whatever the theme: paper is white, as the pages of a PDF are."""
_LETTERS = 0.76
"""Of a line's height that its letters are high."""
_STRETCHED = 1.25
"""The most that letters are drawn wider than they are."""


def drawn(reading: Reading, longest: int) -> QImage:
    """To be called where waiting does no harm; no side is longer than `longest` pixels."""
    width, height = max(reading.width, 1), max(reading.height, 1)
    scale = min(longest / max(width, height), 2.0)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(_PAPER))
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.setPen(QPen(QColor(_RULE), 1))
    for table in reading.tables:
        for y in _rules(table):
            painter.drawLine(QPointF(table.box.left - 4, y), QPointF(table.box.right + 4, y))
    painter.setPen(QColor(_INK))
    for line in reading.lines:
        _draw(painter, line.text, _rectangle(line.box))
    painter.end()
    return image


def _rules(table: Table) -> Iterator[float]:
    """Heights between the rows of a table, above the first and below the last."""
    boxes = [[cell.box for cell in row if cell.box is not None] for row in table.rows]
    rows = [(min(b.top for b in row), max(b.bottom for b in row)) for row in boxes if row]
    if rows:
        yield rows[0][0] - 2
        yield from ((above[1] + below[0]) / 2 for above, below in pairwise(rows))
        yield rows[-1][1] + 2


def _draw(painter: QPainter, text: str, place: QRectF) -> None:
    """As wide as its place, so that what is marked there lies on the words."""
    font = QFont()
    font.setPixelSize(max(1, round(place.height() * _LETTERS)))
    natural = max(QFontMetricsF(font).horizontalAdvance(text), 1.0)
    painter.save()
    painter.setFont(font)
    painter.translate(place.topLeft())
    painter.scale(min(place.width() / natural, _STRETCHED), 1.0)
    painter.drawText(
        QRectF(0, 0, natural + 1, place.height()),
        int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
        text,
    )
    painter.restore()


def _rectangle(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
