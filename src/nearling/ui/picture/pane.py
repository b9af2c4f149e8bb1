"""One picture beside the conversation, as large as wanted, its text ready to be selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel

from nearling.core.conversation import Citation
from nearling.core.language import gettext as _
from nearling.core.media import Attachment
from nearling.core.numerals import decimal
from nearling.core.reading import Reading
from nearling.ui.picture.pictures import THUMBNAIL, WHOLE, Pictures, Shown
from nearling.ui.picture.viewer import Viewer
from nearling.ui.theme.theme import Theme


class PicturePane(Viewer):
    def __init__(self, theme: Theme, pictures: Pictures) -> None:
        super().__init__(theme, _("Picture"))
        self.setMinimumWidth(300)
        policy = self.sizePolicy()
        policy.setHorizontalStretch(2)  # beside 3 of the conversation
        self.setSizePolicy(policy)
        self._pictures = pictures
        self._percent = QLabel()
        self._percent.setProperty("look", "muted")
        self.magnifier.setAccessibleName(_("Picture, scrollable"))
        self.magnifier.scaled.connect(self._tell_scale)
        more = self._more(_("What to do with this picture"))
        close = self._button("close", _("Close the picture"), self.closed.emit)
        zooming = self._zooming(_("Fit the picture"))
        tools = (self._name, self._percent, self.tables, *zooming, more, close)
        self._lay_out(tools, wide=(self._name,), below=self.magnifier)

    def show_attachment(self, attachment: Attachment, citations: Sequence[Citation]) -> None:
        self._name.set_text(attachment.name)
        self.canvas.setAccessibleName(_("Picture {name}").format(name=attachment.name))
        self.canvas.show_regions(
            [each.box if each.digest == attachment.digest else None for each in citations]
        )
        if self._attachment is not None and self._attachment.digest == attachment.digest:
            return
        self._attachment = attachment
        self.magnifier.fit()
        quick = self._pictures.ready(attachment.digest, THUMBNAIL)
        if quick is not None:
            self._arrived(quick)
        self._pictures.show_attachment(attachment, WHOLE, self, self._arrived)
        self.tables.show_tables(())
        self.canvas.show_reading(None)
        self._pictures.reading(attachment.digest, self._read)

    def _arrived(self, shown: Shown) -> None:
        if self._attachment is not None and shown.digest == self._attachment.digest:
            self.canvas.show_picture(shown)
            self.magnifier.show_size(shown.width, shown.height)

    def _read(self, reading: Reading) -> None:
        if self._attachment is not None and reading.digest == self._attachment.digest:
            self.canvas.show_reading(reading)
            self.tables.show_tables(reading.tables)

    def _tell_scale(self, scale: float) -> None:
        self._percent.setText(_("{percent} %").format(percent=decimal(scale * 100, 0)))
