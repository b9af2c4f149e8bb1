"""A picture that is about to be asked about: its thumbnail, its name, and how far it is read."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.ui.bare_button import BareButton
from nearling.ui.elided import Elided
from nearling.ui.picture.canvas import Canvas
from nearling.ui.picture.pictures import Shown
from nearling.ui.theme.theme import Theme

_THUMBNAIL = QSize(72, 48)


class Chip(QFrame):
    removed = Signal(str)
    """The capture's digest."""
    actions_wanted = Signal(str)
    """What can be done with it."""

    def __init__(self, theme: Theme, capture: Capture) -> None:
        super().__init__()
        self.digest = capture.digest
        self.setProperty("look", "chip")
        self.setAccessibleName(_("Picture {name}").format(name=capture.name))
        self.setMinimumWidth(230)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.canvas = Canvas(
            theme, _("Thumbnail of {name}").format(name=capture.name), selectable=False
        )
        self.canvas.setFixedSize(_THUMBNAIL)
        self.canvas.menu_wanted.connect(lambda _where: self.actions_wanted.emit(self.digest))
        name = Elided(capture.name)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state = QLabel(_("Reading …"))
        self._state.setProperty("look", "hint")
        self.more = BareButton(
            theme, "more", _("What to do with {name}").format(name=capture.name), _("Actions")
        )
        self.more.clicked.connect(lambda: self.actions_wanted.emit(self.digest))
        remove = BareButton(
            theme, "close", _("Remove {name}").format(name=capture.name), _("Remove"), side=14
        )
        remove.clicked.connect(lambda: self.removed.emit(self.digest))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(name)
        words.addWidget(self._state)
        words.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 6, 4, 6)
        layout.setSpacing(8)
        layout.addWidget(self.canvas)
        layout.addLayout(words, 1)
        layout.addWidget(self.more)
        layout.addWidget(remove)

    def show_picture(self, shown: Shown) -> None:
        self.canvas.show_picture(shown)

    def show_state(self, words: str) -> None:
        self._state.setText(words)
