"""Scrolls through a conversation of any length: only turns that can be seen have widgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from nearling.core.language import gettext as _
from nearling.ui.chat.extents import Extents
from nearling.ui.chat.transcript import Transcript, likely_height
from nearling.ui.chat.turn_view import TurnView
from nearling.ui.chat.turn_widget import TurnWidget

_COLUMN, _SIDE, _TOP = 760, 24, 22


class TranscriptView(QAbstractScrollArea):
    wanted = Signal(object)
    """Ids of turns that are looked at and not loaded."""

    def __init__(self, make: Callable[[TurnView], TurnWidget]) -> None:
        super().__init__()
        self.setProperty("look", "chat")
        self.setAccessibleName(_("Conversation"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._make = make
        self._transcript = Transcript()
        self._extents = Extents()
        self._widgets: dict[int, TurnWidget] = {}
        self._anchor = (0, 0)
        """The row at the top edge and how far it reaches above it: it stays where it is while
        heights above it become known."""
        self._at_end = True
        self._placing = False
        self._unmeasured: set[int] = set()
        """Rows whose widgets may need another height than they have."""
        self._measured_width = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.lay_out)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().setAccessibleName(_("Scroll the conversation"))

    # What is shown

    def show_transcript(self, transcript: Transcript) -> None:
        """From its end."""
        self._drop(list(self._widgets))
        self._transcript = transcript
        self._extents = Extents(map(likely_height, transcript.outlines))
        self._at_end = True
        self.lay_out()

    def added(self) -> None:
        """The transcript has one more turn; it is scrolled to."""
        self._extents.append(likely_height(self._transcript.outlines[-1]))
        self._at_end = True
        self._soon()

    def changed(self, row: int) -> None:
        """The transcript has another view of `row`."""
        view = self._transcript.view(row)
        if view is not None and row in self._widgets:
            self._widgets[row].show_view(view)
        self._soon()

    def go_to(self, row: int) -> None:
        self._at_end = False
        self._anchor = (row, 0)
        self.lay_out()

    def reveal(self, widget: QWidget) -> None:
        """Scrolls as little as brings `widget` into sight, from its top where it is too high."""
        if not self.viewport().isAncestorOf(widget) or widget.isWindow():
            return
        above = widget.mapTo(self.viewport(), QPoint(0, 0)).y() - _TOP
        below = above + 2 * _TOP + widget.height() - self.viewport().height()
        bar = self.verticalScrollBar()
        if above < 0 or below > 0:
            bar.setValue(bar.value() + (above if above < 0 else min(above, below)))

    def widget(self, row: int) -> TurnWidget | None:
        """None while it cannot be seen."""
        return self._widgets.get(row)

    def widget_of(self, turn: str) -> TurnWidget | None:
        """None while it cannot be seen, or is of another conversation."""
        row = self._transcript.row(turn)
        return None if row is None else self._widgets.get(row)

    @property
    def realised(self) -> int:
        """How many turns have widgets."""
        return len(self._widgets)

    # Laying out

    def lay_out(self) -> None:
        """Gives widgets to what can be seen and takes them from what cannot."""
        if self._placing:
            return
        self._placing = True
        try:
            self._place()
        finally:
            self._placing = False

    def _place(self) -> None:
        if self._measured_width != self._width:
            self._measured_width = self._width
            self._unmeasured.update(self._widgets)
        rows, made = self._visible(), False
        for row in reversed(rows) if self._at_end else rows:
            view = self._transcript.view(row)
            if view is None:
                continue
            if row not in self._widgets:
                if made:  # one in an event: a hitch is worse than a moment of emptiness
                    self._soon()
                    break
                self._realise(row, view)
                made = True
            if row in self._unmeasured:
                self._unmeasured.discard(row)
                self._extents[row] = self._widgets[row].height_for(self._width)
        # Heights have changed, and with them what can be seen.
        shown = self._visible()
        self._drop([row for row in self._widgets if row not in shown])
        self._scroll_to_anchor()
        top = self.verticalScrollBar().value()
        left = (self.width() - self._width) // 2  # in line with the composer, scroll bar or not
        for row, widget in sorted(self._widgets.items()):
            y = _TOP + self._extents.top(row) - top
            widget.setGeometry(left, y, self._width, self._extents[row])
            widget.show()
        missing = self._transcript.missing(shown)
        if missing:
            self.wanted.emit(missing)
        elif any(row not in self._widgets for row in shown):
            self._soon()

    def _visible(self) -> range:
        """The rows on the screen and a little beyond, once the anchor is in its place."""
        if not len(self._extents):
            return range(0)
        self._scroll_to_anchor()
        top = self.verticalScrollBar().value() - _TOP
        height = self.viewport().height()
        first = self._extents.row_at(max(0, top - height // 4))
        return range(first, self._extents.row_at(top + height + height // 4) + 1)

    def _scroll_to_anchor(self) -> None:
        bar, height = self.verticalScrollBar(), self.viewport().height()
        end = max(0, self._extents.total + 2 * _TOP - height)
        row, above = self._anchor
        wanted = end if self._at_end else min(self._extents.top(row) + above, end)
        blocked = bar.blockSignals(True)
        bar.setRange(0, end)
        bar.setPageStep(height)
        bar.setSingleStep(48)
        bar.setValue(wanted)
        bar.blockSignals(blocked)

    def _scrolled(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum()
        if len(self._extents):
            row = self._extents.row_at(value)
            self._anchor = (row, value - self._extents.top(row))
        self.lay_out()

    def _realise(self, row: int, view: TurnView) -> None:
        widget = self._make(view)
        widget.setParent(self.viewport())
        widget.resized.connect(partial(self._measure_again, row))
        self._widgets[row] = widget
        self._unmeasured.add(row)

    def _measure_again(self, row: int) -> None:
        self._unmeasured.add(row)
        self._soon()

    def _drop(self, rows: list[int]) -> None:
        for row in rows:
            widget = self._widgets.pop(row)
            widget.blockSignals(True)
            widget.hide()
            widget.deleteLater()

    def _soon(self) -> None:
        if not self._later.isActive():
            self._later.start(0)

    @property
    def _width(self) -> int:
        return max(200, min(_COLUMN, self.viewport().width() - 2 * _SIDE))

    # Qt's

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        match event.key():
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case _:
                super().keyPressEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Widgets are placed by `lay_out`; nothing is to be moved beneath them."""
