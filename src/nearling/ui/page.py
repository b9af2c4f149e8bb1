"""A page in place of the conversation: its bar with the way back, and a column in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nearling.core.language import gettext as _
from nearling.ui.keys import with_keys

_COLUMN = 900
"""The widest that it gets."""


class Page(QWidget):
    closed = Signal()

    def __init__(self, title: str, *, scrolls: bool = True) -> None:
        """`scrolls`: all of the column does; else what is in it does so itself."""
        super().__init__()
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QWidget()
        column.setMaximumWidth(_COLUMN)
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(0, 22, 0, 22)
        self.column.setSpacing(14)
        middle = QWidget()
        centred = QHBoxLayout(middle)
        centred.setContentsMargins(24, 0, 24, 0)
        centred.addStretch(1)
        centred.addWidget(column, 1000)
        centred.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar(title))
        layout.addWidget(_scrolled(middle) if scrolls else middle, 1)

    def _bar(self, title: str) -> QWidget:
        bar = QWidget()
        bar.setProperty("look", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setMinimumHeight(52)
        said = QLabel(title)
        said.setProperty("look", "title")
        self.back = QPushButton(_("Back to the conversation"))
        self.back.setProperty("look", "quiet")
        self.back.setToolTip(with_keys(_("Back to the conversation"), "Esc"))
        self.back.clicked.connect(self.closed)
        row = QHBoxLayout(bar)
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(said)
        row.addStretch()
        row.addWidget(self.back)
        return bar


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidgetResizable(True)
    area.setWidget(inside)
    return area
