"""Scrolls through a conversation of any length: only turns that can be seen have widgets."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget
from shiboken6 import isValid

from nearling.core.language import gettext as _
from nearling.ui.chat.extents import Extents
from nearling.ui.chat.mark import Mark
from nearling.ui.chat.transcript import Transcript, likely_height

if TYPE_CHECKING:  # there is no turn before the window is seen
    from nearling.ui.chat.turn_view import TurnView
    from nearling.ui.chat.turn_widget import TurnWidget

_COLUMN, _SIDE, _TOP = 760, 24, 22
_SPARE_SECONDS = 0.004
"""Of processor time in one event, for what is missing in the turns that can be seen."""


class TranscriptView(QAbstractScrollArea):
    wanted = Signal(object)
    """Ids of turns that are looked at and not loaded."""

    def __init__(
        self, make: Callable[[TurnView], TurnWidget], complete: Callable[[TurnWidget], None]
    ) -> None:
        """A turn's widget is made by one and completed by the other, in events of their own."""
        super().__init__()
        self.setProperty("look", "chat")
        self.setAccessibleName(_("Conversation"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._make, self._complete = make, complete
        self._begun: tuple[int, TurnWidget] | None = None
        """The row of a widget that is to be completed."""
        self._transcript = Transcript()
        self._extents = Extents()
        self._widgets: dict[int, TurnWidget] = {}
        self._anchor = (0, Mark(-_TOP))
        """The row at the top edge and what of it stands there: it stays where it is while heights
        above it become known."""
        self._at_end = True
        self._placing = False
        self._sought: QWidget | None = None
        """To be brought into sight once it has its place."""
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
        if self._begun is not None:
            self._begun[1].deleteLater()
            self._begun = None
        self._transcript = transcript
        self._extents = Extents(map(likely_height, transcript.outlines))
        self._unmeasured.clear()
        self._at_end = True
        self._soon()

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
        self._anchor = (row, Mark(-_TOP))
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

    def seek(self, widget: QWidget) -> None:
        """Reveals `widget`, which has only now been put into a turn."""
        self._sought = widget
        self._soon()

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
        if self._sought is not None and not self._unmeasured:
            sought, self._sought = self._sought, None
            if isValid(sought):
                self.reveal(sought)

    def _place(self) -> None:
        begun = time.thread_time()
        if self._measured_width != self._width:
            self._measured_width = self._width
            self._unmeasured.update(self._widgets)
        rows = self._visible()
        if not self._make_one(reversed(rows) if self._at_end else rows):
            self._fit_unmeasured()
            while self._go_on():
                if time.thread_time() - begun > _SPARE_SECONDS:
                    self._soon()
                    break
        # Heights have changed, and with them what can be seen.
        shown = self._visible()
        self._drop([row for row in self._widgets if row not in shown])
        self._scroll_to_anchor()
        left = (self.width() - self._width) // 2  # in line with the composer, scroll bar or not
        for row, widget in sorted(self._widgets.items()):
            widget.setGeometry(left, self._top(row), self._width, self._extents[row])
            if row not in self._unmeasured:
                widget.show()
        missing = self._transcript.missing(shown)
        if missing:
            self.wanted.emit(missing)
        elif any(row not in self._widgets for row in shown):
            self._soon()

    def _make_one(self, rows: Iterable[int]) -> bool:
        """Half of one in an event, nothing else: a hitch is worse than a moment of emptiness."""
        if self._begun is not None:
            self._realise(*self._begun)
            self._begun = None
            self._soon()
            return True
        for row in rows:
            view = self._transcript.view(row)
            if view is not None and row not in self._widgets:
                widget = self._make(view)
                widget.setParent(self.viewport())  # with which it goes, however soon that is
                self._begun = row, widget
                self._soon()
                return True
        return False

    def _fit_unmeasured(self) -> None:
        for row in self._unmeasured & self._widgets.keys():
            self._extents[row] = self._widgets[row].fit(self._width)
        self._unmeasured.clear()

    def _go_on(self) -> bool:
        """A little of what is missing in a turn; False once nothing is."""
        rows, height = self._visible(), self.viewport().height()
        for row in reversed(rows) if self._at_end else rows:
            if row not in self._widgets:
                continue
            top = -self._top(row) - height // 4
            if self._widgets[row].go_on(top, top + height + height // 2, upwards=self._at_end):
                self._extents[row] = self._widgets[row].fit(self._width)
                return True
        return False

    def _top(self, row: int) -> int:
        """Where `row` begins on the screen."""
        return _TOP + self._extents.top(row) - self.verticalScrollBar().value()

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
        wanted = end if self._at_end else min(self._anchored(), end)
        blocked = bar.blockSignals(True)
        bar.setRange(0, end)
        bar.setPageStep(height)
        bar.setSingleStep(48)
        bar.setValue(wanted)
        bar.blockSignals(blocked)

    def _anchored(self) -> int:
        """What the scroll bar has to say for the anchor to be in its place."""
        row, mark = self._anchor
        if row in self._widgets:
            above = self._widgets[row].place(mark)
        else:
            above = mark.offset + (self._extents[row] if mark.from_end else 0)
        return _TOP + self._extents.top(row) + above

    def _mark(self, row: int, above: int) -> Mark:
        if row in self._widgets:
            return self._widgets[row].mark(above)
        height = self._extents[row]  # that may be a guess: what is nearer is surer
        late = above > height // 2
        return Mark(above - height, from_end=True) if late else Mark(above)

    def _scrolled(self, value: int) -> None:
        self._at_end = value >= self.verticalScrollBar().maximum()
        if len(self._extents):
            row = self._extents.row_at(value)
            self._anchor = (row, self._mark(row, -self._top(row)))
        self.lay_out()

    def _realise(self, row: int, widget: TurnWidget) -> None:
        widget.view = self._transcript.view(row) or widget.view  # it may have changed meanwhile
        self._complete(widget)
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
