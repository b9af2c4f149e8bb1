"""A picture that is about to be asked about, with its thumbnail."""

from __future__ import annotations

from PySide6.QtCore import QSize

from nearling.core.language import gettext as _
from nearling.core.media import Capture
from nearling.ui.compose.chip import Chip
from nearling.ui.picture.canvas import Canvas
from nearling.ui.theme.theme import Theme

_THUMBNAIL = QSize(72, 48)


class PictureChip(Chip):
    def __init__(self, theme: Theme, capture: Capture) -> None:
        called = _("Thumbnail of {name}").format(name=capture.name)
        canvas = Canvas(theme, called, selectable=False)
        super().__init__(theme, capture, _("Picture {name}"), canvas)
        self.canvas = canvas
        self.canvas.setFixedSize(_THUMBNAIL)
        self.canvas.menu_wanted.connect(lambda _where: self.actions_wanted.emit(self.digest))
