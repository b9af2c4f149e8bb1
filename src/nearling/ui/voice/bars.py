"""Loudness as a row of upright bars: of a recording, or of the last moments."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter

STEP, _WIDTH = 4, 2.4
"""Pixels from one bar to the next, and of a bar."""


def paint_bars(
    painter: QPainter, size: QSize, heights: Sequence[float], ink: Sequence[str]
) -> None:
    """Each from 0 to 1 and in its own colour; silence is a dot."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for at, (height, colour) in enumerate(zip(heights, ink, strict=True)):
        tall = max(_WIDTH, min(1.0, height) * size.height())
        bar = QRectF(at * STEP, (size.height() - tall) / 2, _WIDTH, tall)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(bar, _WIDTH / 2, _WIDTH / 2)
