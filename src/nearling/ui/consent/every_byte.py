"""The whole request as it would leave, folded until somebody wants to see it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.outgoing import Outgoing
from nearling.ui.consent.whole_text import WholeText
from nearling.ui.consent.words import size

_HIGH = 260


class EveryByte(QWidget):
    wanted = Signal()
    """What stands in `outgoing` shall be shown: `show_text`."""
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.outgoing: Outgoing | None = None
        self.fold = QPushButton()
        self.fold.setProperty("look", "cite")
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._toggled)
        self._frame = QFrame()
        self.text: WholeText | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)

    def show_outgoing(self, outgoing: Outgoing) -> None:
        same = outgoing is self.outgoing
        self.outgoing = outgoing
        self._name()
        if self.fold.isChecked() and not same:
            self.wanted.emit()

    def show_text(self, text: str) -> None:
        if self.text is not None:
            self.text.show_text(text)

    def _toggled(self, on: bool) -> None:
        if self.text is None:
            self._frame.setProperty("look", "code")
            self.text = WholeText(_("Every byte of the request"))
            self.text.setFixedHeight(_HIGH)
            inside = QVBoxLayout(self._frame)
            inside.setContentsMargins(12, 10, 12, 10)
            inside.addWidget(self.text)
            self._layout.addWidget(self._frame)
        self._frame.setVisible(on)
        self._name()
        if on:
            self.wanted.emit()
        self.resized.emit()

    def _name(self) -> None:
        if self.outgoing is None:
            return
        words = _("Hide every byte") if self.fold.isChecked() else _("Show every byte, {size}")
        self.fold.setText(words.format(size=size(len(self.outgoing.body))))
