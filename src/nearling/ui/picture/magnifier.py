"""Something to look at closely: fitted into the room that there is, or as large as wanted."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea

from nearling.core.geometry import Box
from nearling.ui.picture.canvas import Canvas

STEP = 1.25
_MOST, _LEAST, _AROUND = 8.0, 0.02, 24
_NOTCH = 120
"""What a wheel tells for one of its steps."""


class Magnifier(QScrollArea):
    scaled = Signal(float)
    """Screen pixels a picture's pixel, whenever it is laid out."""
    turned = Signal(int)
    """Further down than the end is wanted (1), or further up than the beginning (-1)."""

    def __init__(self, canvas: Canvas, *, fits_width: bool = False) -> None:
        """`fits_width`: the height of what is fitted may need to be scrolled."""
        super().__init__()
        self._canvas = canvas
        self._fits_width = fits_width
        self._size = (0, 0)
        self._zoom = 0.0
        """0 fits."""
        self._wheeled = 0
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWidget(canvas)
        self.viewport().installEventFilter(self)

    def show_size(self, width: int, height: int) -> None:
        """Of what the canvas shows, in its own pixels."""
        self._size = (width, height)
        self._lay_out()

    def zoom_by(self, factor: float) -> None:
        if any(self._size):
            least = min(self._fitting(), 1.0)
            self._zoom = min(max((self._zoom or self._fitting()) * factor, least), _MOST)
            self._lay_out()

    def fit(self) -> None:
        self._zoom = 0.0
        self._lay_out()

    @property
    def scale(self) -> float:
        return max(self._zoom or self._fitting(), _LEAST)

    def reveal(self, box: Box) -> None:
        """Scrolls to what lies there in the picture."""
        left, top, width, height = self._canvas.placement.shown(box)
        x, y = round(left + width / 2), round(top + height / 2)
        room = self.viewport().size()
        self.ensureVisible(x, y, min(round(width / 2) + 20, room.width() // 2), room.height() // 3)

    def go_to(self, *, end: bool) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum() if end else bar.minimum())

    def _fitting(self) -> float:
        width, height = self._size
        if not (width and height):
            return 1.0
        room = self.viewport().size()
        across, down = (room.width() - _AROUND) / width, (room.height() - _AROUND) / height
        return min(across, 1.0) if self._fits_width else min(across, down, 1.0)

    def _lay_out(self) -> None:
        if any(self._size):
            width, height = (max(1, round(side * self.scale)) for side in self._size)
            self._canvas.resize(width, height)
            self.scaled.emit(self.scale)

    def _turn(self, way: int) -> bool:
        """Whether there is nothing more to scroll that way."""
        bar = self.verticalScrollBar()
        at_end = bar.value() == (bar.maximum() if way > 0 else bar.minimum())
        if at_end:
            self.turned.emit(way)
        return at_end

    def _wheel(self, event: QWheelEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            return True
        self._wheeled += event.angleDelta().y()  # a touchpad tells many small steps
        if abs(self._wheeled) < _NOTCH:
            return False
        way, self._wheeled = (-1 if self._wheeled > 0 else 1), 0
        return self._turn(way)

    # Qt's

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.matches(QKeySequence.StandardKey.MoveToNextPage)
        up = event.matches(QKeySequence.StandardKey.MoveToPreviousPage)
        if not ((down or up) and self._turn(1 if down else -1)):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QWheelEvent) and self._wheel(event):
            return True
        return super().eventFilter(watched, event)
