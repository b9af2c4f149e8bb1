"""A picture with the places outlined that an answer rests on, and read text to select."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from nearling.core.geometry import Box
from nearling.core.language import gettext as _
from nearling.core.reading import Reading
from nearling.ui.keys import keys
from nearling.ui.picture import selection
from nearling.ui.picture.pictures import Shown
from nearling.ui.picture.placement import Placement
from nearling.ui.theme.theme import Theme

_MARGIN = 3
"""Pixels of the screen between a word and its outline."""
_NEVER_SMALLER = 14
"""An outline can be hit, however small the picture is shown."""


class Canvas(QWidget):
    region_hovered = Signal(int)
    """Which of the regions the pointer is on, -1 for none."""
    opened = Signal()
    copied = Signal(str)
    menu_wanted = Signal(QPoint)
    """What can be done with the picture; where on the screen to say so."""

    def __init__(self, theme: Theme, name: str, *, selectable: bool) -> None:
        super().__init__()
        self._theme = theme
        self._selectable = selectable
        self._shown: Shown | None = None
        self._regions: tuple[Box | None, ...] = ()
        self._lit = -1
        self._hovered = -1
        self._reading: Reading | None = None
        self._from: selection.Spot | None = None
        self._chosen: tuple[selection.Chosen, ...] = ()
        self.setAccessibleName(name)
        self.setAccessibleDescription(
            _("Drag over text to select it; {copy} copies.").format(copy=keys("Ctrl+C"))
            if selectable
            else _("Opens the picture.")
        )
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if not selectable:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    # What is shown

    def show_picture(self, shown: Shown | None) -> None:
        self._shown = shown
        self.update()

    def show_regions(self, regions: Sequence[Box | None]) -> None:
        """One for each citation, None for those that are about something else."""
        self._regions = tuple(regions)
        self.update()

    def light(self, region: int) -> None:
        """Marks one region above the others; -1 for none."""
        if region != self._lit:
            self._lit = region
            self.update()

    def show_reading(self, reading: Reading | None) -> None:
        self._reading = reading
        self._chosen = ()
        self.update()

    @property
    def placement(self) -> Placement:
        if self._shown is None:
            return Placement(1.0)
        return Placement.fitted(self._shown.width, self._shown.height, self.width(), self.height())

    @property
    def selected_text(self) -> str:
        return selection.text_of(self._chosen)

    def choose(self, chosen: tuple[selection.Chosen, ...]) -> None:
        """As if a person had dragged over it."""
        self._chosen = chosen
        self.update()

    def select_all(self) -> None:
        if self._reading is not None:
            self._chosen = selection.everything(self._reading)
            self.update()

    def copy(self) -> None:
        if self._chosen:
            QGuiApplication.clipboard().setText(self.selected_text)
            self.copied.emit(self.selected_text)

    # Qt's

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setClipPath(frame)
        painter.fillPath(frame, QColor(self._theme.tokens.code))
        if self._shown is not None:
            whole = Box(0, 0, self._shown.width, self._shown.height)
            painter.drawImage(self._rectangle(whole), self._shown.image)
            self._paint_chosen(painter)
            self._paint_regions(painter)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.tokens.local), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        elif self._shown is None:
            painter.setPen(QPen(QColor(self._theme.tokens.line), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)

    def _paint_regions(self, painter: QPainter) -> None:
        # The same on any picture, whatever the theme: teal, with white around it on dark ground.
        for at, box in enumerate(self._regions):
            if box is None:
                continue
            place = self._outline(box)
            lit = at == self._lit
            painter.setPen(QPen(QColor(255, 255, 255, 210), 4.5 if lit else 3.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 4, 4)
            painter.setPen(QPen(QColor("#0F766E"), 2.6 if lit else 1.6))
            painter.setBrush(QColor(79, 195, 180, 110 if lit else 50))
            painter.drawRoundedRect(place, 4, 4)

    def _paint_chosen(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(52, 120, 246, 90))
        for piece in self._chosen:
            painter.drawRect(self._rectangle(piece.box))

    def _rectangle(self, box: Box) -> QRectF:
        return QRectF(*self.placement.shown(box))

    def _outline(self, box: Box) -> QRectF:
        place = self._rectangle(box).adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        wider = max(0.0, (_NEVER_SMALLER - place.width()) / 2)
        higher = max(0.0, (_NEVER_SMALLER - place.height()) / 2)
        return place.adjusted(-wider, -higher, wider, higher)

    def _region_at(self, point: QPointF) -> int:
        hit = [
            (self._outline(box).width() * self._outline(box).height(), at)
            for at, box in enumerate(self._regions)
            if box is not None and self._outline(box).contains(point)
        ]
        return min(hit)[1] if hit else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if self._selectable and self._reading is not None:
            self._from = selection.spot_at(
                self._reading, *self.placement.pixel(event.position().x(), event.position().y())
            )
            self._chosen = ()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        if self._from is not None and self._reading is not None:
            there = selection.spot_at(self._reading, *self.placement.pixel(point.x(), point.y()))
            if there is not None:
                self._chosen = selection.between(self._reading, self._from, there)
                self.update()
            return
        self._hover(self._region_at(point))
        if self._selectable and self._reading is not None:
            on_text = selection.is_on_text(
                self._reading, *self.placement.pixel(point.x(), point.y())
            )
            shape = Qt.CursorShape.IBeamCursor if on_text else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._from = None
        if not self._selectable and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self._hover(-1)

    def _hover(self, region: int) -> None:
        if region != self._hovered:
            self._hovered = region
            self.region_hovered.emit(region)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self._chosen:
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll) and self._selectable:
            self.select_all()
        elif not self._selectable and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        ):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_hand = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_wanted.emit(
            event.globalPos() if by_hand else self.mapToGlobal(self.rect().center())
        )
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
