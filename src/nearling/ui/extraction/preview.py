"""The picture that a cell was read from, its place outlined and in sight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from nearling.core.geometry import Box
from nearling.core.language import gettext as _
from nearling.ui.picture.canvas import Canvas
from nearling.ui.picture.pictures import Shown
from nearling.ui.theme.theme import Theme

_LARGEST = 1.6
"""Times its own size; a small picture is not blown up any further."""
_AROUND = 60
"""Pixels of the screen that are in sight around the place, where there is room."""


class Preview(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.said = QLabel()
        self.said.setProperty("look", "muted")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.canvas = Canvas(theme, _("Picture"), selectable=True)
        self.canvas.setAccessibleDescription(_("Shows where the cell stands."))
        self._shown: Shown | None = None
        self._box: Box | None = None
        self._area = QScrollArea()
        self._area.setAccessibleName(_("Picture, scrollable"))
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setWidget(self.canvas)
        self._area.viewport().installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 4, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.said)
        layout.addWidget(self._area, 1)
        self.hide()

    @property
    def box(self) -> Box | None:
        return self._box

    def show_place(self, said: str, shown: Shown, box: Box | None) -> None:
        self.said.setText(said)
        self.canvas.setAccessibleName(said)
        self._shown, self._box = shown, box
        self.canvas.show_picture(shown)
        self.canvas.show_regions((box,))
        self.canvas.light(0)
        self.show()
        self._lay_out()

    def _lay_out(self) -> None:
        if self._shown is None:
            return
        scale = min((self._area.viewport().width() - 4) / self._shown.width, _LARGEST)
        size = (max(1, round(side * scale)) for side in (self._shown.width, self._shown.height))
        self.canvas.resize(*size)
        if self._box is not None:
            x, y = (round(at * scale) for at in self._box.centre)
            self._area.ensureVisible(x, y, _AROUND, _AROUND)

    # Qt's

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._lay_out()
        return super().eventFilter(watched, event)
