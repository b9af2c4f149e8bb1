"""A recording that is about to be asked about: what it is called, and what it sounds like."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.core.numerals import decimal
from nearling.ui.bare_button import BareButton
from nearling.ui.elided import Elided
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme
from nearling.ui.voice.clip import Clip


class ClipChip(QFrame):
    removed = Signal(str)
    """The capture's digest."""

    def __init__(self, theme: Theme, capture: Capture) -> None:
        super().__init__()
        self._theme = theme
        self.digest = capture.digest
        self.setProperty("look", "chip")
        self.setAccessibleName(_("Recording {name}").format(name=capture.name))
        self.setMinimumWidth(230)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._mark = QLabel()
        name = Elided(capture.name)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        size = _("{megabytes} MB").format(megabytes=decimal(len(capture.data) / 1e6, 1))
        self.clip = Clip(theme, capture.name, capture.digest, size, small=True)
        remove = BareButton(
            theme, "close", _("Remove {name}").format(name=capture.name), _("Remove"), side=14
        )
        remove.clicked.connect(lambda: self.removed.emit(self.digest))
        heading = QHBoxLayout()
        heading.setSpacing(6)
        heading.addWidget(self._mark)
        heading.addWidget(name, 1)
        inside = QVBoxLayout()
        inside.setSpacing(0)
        inside.addLayout(heading)
        inside.addWidget(self.clip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 4, 6)
        layout.setSpacing(8)
        layout.addLayout(inside, 1)
        layout.addWidget(remove)
        theme.changed.connect(self._paint_mark)
        self._paint_mark()

    def _paint_mark(self) -> None:
        self._mark.setPixmap(icon("note", self._theme.tokens.muted).pixmap(QSize(16, 16)))
