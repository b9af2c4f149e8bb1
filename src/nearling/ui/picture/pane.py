"""One picture beside the conversation, as large as wanted, its text ready to be selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.media import Attachment
from nearling.core.numerals import decimal
from nearling.core.reading import Reading
from nearling.ui.bare_button import BareButton
from nearling.ui.elided import Elided
from nearling.ui.keys import keys
from nearling.ui.picture.canvas import Canvas
from nearling.ui.picture.magnifier import STEP, Magnifier
from nearling.ui.picture.pictures import THUMBNAIL, WHOLE, Pictures, Shown
from nearling.ui.tables.button import TableButton
from nearling.ui.theme.theme import Theme


class PicturePane(QWidget):
    closed = Signal()
    actions_wanted = Signal(object, QPoint)
    """What can be done with the Attachment, and where on the screen to say so."""
    region_hovered = Signal(int)

    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        super().__init__()
        self.setProperty("look", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(300)
        self._pictures = pictures
        self._attachment: Attachment | None = None
        self._name = Elided()
        self._name.setProperty("look", "strong")
        self._percent = QLabel()
        self._percent.setProperty("look", "muted")
        self.canvas = Canvas(theme, _("Picture"), selectable=True)
        self.canvas.region_hovered.connect(self.region_hovered)
        self.canvas.menu_wanted.connect(self._want_actions)
        self._magnifier = Magnifier(self.canvas)
        self._magnifier.setAccessibleName(_("Picture, scrollable"))
        self._magnifier.scaled.connect(self._tell_scale)
        hint = QLabel(
            _("Drag over text to select it, {copy} copies, Ctrl+wheel zooms").format(
                copy=keys("Ctrl+C")
            )
        )
        hint.setProperty("look", "hint")
        hint.setWordWrap(True)
        head = QWidget()
        head.setProperty("look", "bar")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(4)
        row.addWidget(self._name, 1)
        row.addWidget(self._percent)
        self.tables = TableButton(theme)
        row.addWidget(self.tables)
        for icon, name, act in (
            ("zoom-out", _("Zoom out"), lambda: self.zoom_by(1 / STEP)),
            ("zoom-in", _("Zoom in"), lambda: self.zoom_by(STEP)),
            ("fit", _("Fit the picture"), self.fit),
            ("more", _("What to do with this picture"), self._want_actions_below),
            ("close", _("Close the picture"), self.closed.emit),
        ):
            button = BareButton(theme, icon, name)
            button.clicked.connect(act)
            row.addWidget(button)
            self._last = button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._magnifier, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 6, 14, 10)
        foot.addWidget(hint)
        layout.addLayout(foot)

    def show_attachment(self, attachment: Attachment, citations: Sequence[Citation]) -> None:
        self._name.set_text(attachment.name)
        self.canvas.setAccessibleName(_("Picture {name}").format(name=attachment.name))
        self.canvas.show_regions(
            [each.box if each.digest == attachment.digest else None for each in citations]
        )
        if self._attachment is not None and self._attachment.digest == attachment.digest:
            return
        self._attachment = attachment
        self._magnifier.fit()
        quick = self._pictures.ready(attachment.digest, THUMBNAIL)
        if quick is not None:
            self._arrived(quick)
        self._pictures.show_attachment(attachment, WHOLE, self, self._arrived)
        self.tables.show_tables(())
        self.canvas.show_reading(None)
        self._pictures.reading(attachment.digest, self._read)

    def zoom_by(self, factor: float) -> None:
        self._magnifier.zoom_by(factor)

    def fit(self) -> None:
        self._magnifier.fit()

    @property
    def scale(self) -> float:
        return self._magnifier.scale

    def _arrived(self, shown: Shown) -> None:
        if self._attachment is not None and shown.digest == self._attachment.digest:
            self.canvas.show_picture(shown)
            self._magnifier.show_size(shown.width, shown.height)

    def _read(self, reading: Reading) -> None:
        if self._attachment is not None and reading.digest == self._attachment.digest:
            self.canvas.show_reading(reading)
            self.tables.show_tables(reading.tables)

    def _want_actions(self, where: QPoint) -> None:
        if self._attachment is not None:
            self.actions_wanted.emit(self._attachment, where)

    def _want_actions_below(self) -> None:
        self._want_actions(self._last.mapToGlobal(QPoint(0, self._last.height())))

    def _tell_scale(self, scale: float) -> None:
        self._percent.setText(_("{percent} %").format(percent=decimal(scale * 100, 0)))
