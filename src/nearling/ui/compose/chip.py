"""What is about to be asked about: what it looks like, its name, how far it is read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.ui.bare_button import BareButton
from nearling.ui.elided import Elided
from nearling.ui.theme.theme import Theme


class Chip(QFrame):
    removed = Signal(str)
    """The capture's digest."""
    actions_wanted = Signal(str)
    """What can be done with it."""

    def __init__(self, theme: Theme, capture: Capture, called: str, front: QWidget) -> None:
        super().__init__()
        self.digest = capture.digest
        self.setProperty("look", "chip")
        self.setAccessibleName(called.format(name=capture.name))
        self.setMinimumWidth(230)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        name = Elided(capture.name)
        name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state = QLabel(_("Reading …"))
        self.state.setProperty("look", "hint")
        self.more = BareButton(
            theme, "more", _("What to do with {name}").format(name=capture.name), _("Actions")
        )
        self.more.clicked.connect(lambda: self.actions_wanted.emit(self.digest))
        self.remove = BareButton(
            theme, "close", _("Remove {name}").format(name=capture.name), _("Remove"), side=14
        )
        self.remove.clicked.connect(lambda: self.removed.emit(self.digest))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(name)
        words.addWidget(self.state)
        words.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 6, 4, 6)
        layout.setSpacing(8)
        layout.addWidget(front)
        layout.addLayout(words, 1)
        layout.addWidget(self.more)
        layout.addWidget(self.remove)
