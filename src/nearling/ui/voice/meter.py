"""How loud it is while somebody talks: the last moments as bars, the latest at the right.

Where the desktop wants nothing to move, one bar after the other lights up instead.
"""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QWidget

from nearling.core.language import gettext as _
from nearling.core.talk import Level
from nearling.ui.theme.theme import Theme
from nearling.ui.voice.bars import STEP, paint_bars

_BARS, _HEIGHT = 22, 24
_QUIETEST_DB = -60.0
"""Below this a room is silent."""


class Meter(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._heights: deque[float] = deque([0.0] * _BARS, maxlen=_BARS)
        self._clipped = False
        self.setFixedSize(QSize(_BARS * STEP, _HEIGHT))
        self.setAccessibleName(_("How loud it is"))
        theme.changed.connect(self.update)

    @property
    def loudness(self) -> float:
        """Of the latest moment, from 0 to 1."""
        return self._heights[-1]

    def show_level(self, level: Level) -> None:
        self._heights.append(min(1.0, max(0.0, 1 - level.rms_db / _QUIETEST_DB)))
        self._clipped = level.clipped
        self.update()

    def clear(self) -> None:
        self._heights.extend([0.0] * _BARS)
        self._clipped = False
        self.update()

    # Qt's

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        tokens = self._theme.tokens
        colour = tokens.warning if self._clipped else tokens.local
        painter = QPainter(self)
        still = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
        if still:
            lit = round(self.loudness * _BARS)
            colours = [colour] * lit + [tokens.edge] * (_BARS - lit)
            paint_bars(painter, self.size(), [0.5] * _BARS, colours)
        else:
            paint_bars(painter, self.size(), tuple(self._heights), [colour] * _BARS)
