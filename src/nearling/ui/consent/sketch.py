"""A picture on which one draws what may be seen of it, or what may not, by pointer or by keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nearling.core.geometry import Box
from nearling.core.language import gettext as _
from nearling.ui.consent.rectangles import Rectangles
from nearling.ui.picture.pictures import Shown
from nearling.ui.picture.placement import Placement
from nearling.ui.theme.theme import Theme

_LARGEST = QSize(520, 320)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Sketch(QWidget):
    drawn = Signal(object)
    """The Rectangles, whenever they are others than before."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Shown | None = None
        self._natural = QSize(24, 24)
        self._masks = False
        self._from: QPointF | None = None
        self._to: QPointF | None = None
        self.rectangles = Rectangles(0, 0)
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            _(
                "Drag to draw a rectangle. Arrow keys move it, with Shift they change its size, "
                "N draws another one, Space goes to the next, Delete takes it away."
            )
        )
        self.setToolTip(self.accessibleDescription())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def show_picture(self, shown: Shown) -> None:
        self._shown = shown
        size = QSize(shown.width, shown.height)
        if size.width() > _LARGEST.width() or size.height() > _LARGEST.height():
            size = size.scaled(_LARGEST, Qt.AspectRatioMode.KeepAspectRatio)
        self._natural = size.expandedTo(QSize(24, 24))
        self.setMaximumSize(self._natural)
        self.updateGeometry()
        self.update()

    def show_rectangles(self, rectangles: Rectangles, *, masks: bool) -> None:
        """`masks`: they black out what is in them; else nothing but what is in it is seen."""
        self.rectangles, self._masks = rectangles, masks
        self.update()

    @property
    def _placement(self) -> Placement:
        if self._shown is None:
            return Placement(1.0)
        return Placement.fitted(self._shown.width, self._shown.height, self.width(), self.height())

    def _use(self, rectangles: Rectangles) -> None:
        if rectangles != self.rectangles:
            before, self.rectangles = self.rectangles, rectangles
            self.update()
            if rectangles.boxes != before.boxes:
                self.drawn.emit(rectangles)

    # Qt's

    def sizeHint(self) -> QSize:
        return self._natural

    def minimumSizeHint(self) -> QSize:
        return QSize(24, 16)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        natural = self._natural
        return max(16, natural.height() * min(width, natural.width()) // natural.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._shown is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = self._place(Box(0, 0, self._shown.width, self._shown.height))
        painter.drawImage(whole, self._shown.image)
        places = [self._place(box) for box in self.rectangles.boxes]
        if self._masks:
            for place in places:
                painter.fillRect(place, QColor("black"))
        else:
            outside = QPainterPath()
            outside.addRect(whole)
            for place in places:
                inside = QPainterPath()
                inside.addRect(place)
                outside -= inside
            painter.fillPath(outside, QColor(0, 0, 0, 150))
        for at, place in enumerate(places):
            current = at == self.rectangles.current and self.hasFocus()
            painter.setPen(QPen(QColor("white"), 4))
            painter.drawRect(place)
            colour = self._theme.tokens.warning if current else "#0F766E"
            painter.setPen(QPen(QColor(colour), 2))
            painter.drawRect(place)
        if self._from is not None and self._to is not None:
            painter.setPen(QPen(QColor("#0F766E"), 2, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(self._from, self._to))
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.tokens.local), 2))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _place(self, box: Box) -> QRectF:
        return QRectF(*self._placement.shown(box))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._from = self._to = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        begin, self._from, self._to = self._from, None, None
        placement = self._placement
        one = placement.pixel(begin.x(), begin.y())
        other = placement.pixel(event.position().x(), event.position().y())
        self._use(self.rectangles.drawn(*one, *other))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now, key = self.rectangles, Qt.Key(event.key())
        if key in _ARROWS:
            across, down = (each * now.step for each in _ARROWS[key])
            larger = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._use(now.sized(across, down) if larger else now.moved(across, down))
        elif key == Qt.Key.Key_N:
            self._use(now.middle())
        elif key == Qt.Key.Key_Space:
            self._use(now.next())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._use(now.removed())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
