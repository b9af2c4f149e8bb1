"""A document that is about to be asked about: its name, how far it is read, or why it cannot be."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from nearling.core.document import Leafed
from nearling.core.errors import NearlingError
from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.ui.bare_button import BareButton
from nearling.ui.document.words import progress
from nearling.ui.elided import Elided
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme

_SIDE = 26


class DocumentChip(QFrame):
    removed = Signal(str)
    """The capture's digest."""
    actions_wanted = Signal(str)
    """What can be done with it."""

    def __init__(self, theme: Theme, capture: Capture) -> None:
        super().__init__()
        self._theme = theme
        self.digest = capture.digest
        self.setProperty("look", "chip")
        self.setAccessibleName(_("Document {name}").format(name=capture.name))
        self.setMinimumWidth(230)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._mark = QLabel()
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
        layout.setContentsMargins(8, 6, 4, 6)
        layout.setSpacing(8)
        layout.addWidget(self._mark)
        layout.addLayout(words, 1)
        layout.addWidget(self.more)
        layout.addWidget(self.remove)
        theme.changed.connect(self._paint_mark)
        self._paint_mark()

    def show_leafed(self, leafed: Leafed) -> None:
        self.state.setText(progress(leafed))

    def show_failure(self, error: NearlingError) -> None:
        """It stays until it is taken away: nothing else says which one it was."""
        self.state.setWordWrap(True)
        self.state.setText(f"{error.sentence} {error.remedy}".strip())
        self.state.setProperty("look", "full")
        self.state.style().polish(self.state)
        self.more.hide()

    def _paint_mark(self) -> None:
        pixels = icon("document", self._theme.tokens.muted).pixmap(QSize(_SIDE, _SIDE))
        self._mark.setPixmap(pixels)
