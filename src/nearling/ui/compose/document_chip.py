"""A document that is about to be asked about: how far it is read, or why it cannot be."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel

from nearling.core.document import Leafed
from nearling.core.errors import NearlingError
from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.ui.compose.chip import Chip
from nearling.ui.document.words import progress
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme

_SIDE = 26


class DocumentChip(Chip):
    def __init__(self, theme: Theme, capture: Capture) -> None:
        mark = QLabel()
        super().__init__(theme, capture, _("Document {name}"), mark)
        self._theme = theme
        self._mark = mark
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
