"""How much of one picture leaves: what was read in it, a part, all but some places, or all."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.core.media import Attachment
from nearling.core.outgoing import Disclosure, PictureEdit
from nearling.ui.consent.rectangles import Rectangles
from nearling.ui.consent.sketch import Sketch
from nearling.ui.dialogs.choice import Choice
from nearling.ui.picture.pictures import THUMBNAIL, Pictures, Shown
from nearling.ui.theme.theme import Theme

_WORDS = {
    Disclosure.TEXT: marked("Only the text read in it"),
    Disclosure.REGION: marked("A part of the picture"),
    Disclosure.MASKED: marked("The picture with places blacked out"),
    Disclosure.WHOLE: marked("The whole picture"),
}
"""Least first."""
_SKETCHED = (Disclosure.REGION, Disclosure.MASKED)


class PictureChoice(QWidget):
    chosen = Signal(object)
    """The PictureEdit."""
    resized = Signal()

    def __init__(self, theme: Theme, pictures: Pictures, attachment: Attachment) -> None:
        super().__init__()
        self._edit = PictureEdit(attachment.digest)
        self._shown: Shown | None = None
        self.choice = Choice()
        self.choice.setAccessibleName(_("How much of {name} leaves").format(name=attachment.name))
        # Its words may be longer than a narrow window is wide.
        self.choice.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(12)
        for disclosure, words in _WORDS.items():
            self.choice.addItem(_(words), disclosure)
        self.choice.activated.connect(self._choose)
        self.choice.setEnabled(False)
        self.sketch = Sketch(theme, _("What may be seen of {name}").format(name=attachment.name))
        self.sketch.drawn.connect(self._drawn)
        self.sketch.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.choice)
        layout.addWidget(self.sketch)
        pictures.show_attachment(attachment, THUMBNAIL, self, self._arrived)

    def show_edit(self, edit: PictureEdit) -> None:
        self._edit = edit
        self.choice.setCurrentIndex(list(_WORDS).index(edit.disclosure))
        self._show()

    def _arrived(self, shown: Shown) -> None:
        """Nothing of a picture can be chosen before it can be seen here."""
        self._shown = shown
        self.sketch.show_picture(shown)
        self.choice.setEnabled(True)
        self._show()

    def _show(self) -> None:
        sketched = self._shown is not None and self._edit.disclosure in _SKETCHED
        self.sketch.setVisible(sketched)
        if sketched:
            masks = self._edit.disclosure is Disclosure.MASKED
            self.sketch.show_rectangles(self._rectangles(self._edit), masks=masks)
        self.resized.emit()

    def _rectangles(self, edit: PictureEdit) -> Rectangles:
        assert self._shown is not None  # noqa: S101  asked before
        part = () if edit.region is None else (edit.region,)
        masked = edit.disclosure is Disclosure.MASKED
        boxes = edit.masks if masked else part
        current = min(self.sketch.rectangles.current, max(0, len(boxes) - 1))
        most = None if masked else 1
        return Rectangles(self._shown.width, self._shown.height, boxes, current, most)

    def _choose(self, at: int) -> None:
        """What is drawn on begins with a rectangle: never is more shown than was looked at."""
        edit = PictureEdit(self._edit.digest, list(_WORDS)[at])
        if edit.disclosure in _SKETCHED:
            edit = _with(edit, self._rectangles(edit).middle())
        self.chosen.emit(edit)
        if edit.disclosure in _SKETCHED:
            self.sketch.setFocus()

    def _drawn(self, rectangles: Rectangles) -> None:
        self.chosen.emit(_with(self._edit, rectangles))


def _with(edit: PictureEdit, rectangles: Rectangles) -> PictureEdit:
    if edit.disclosure is Disclosure.MASKED:
        return replace(edit, masks=rectangles.boxes)
    return replace(edit, region=rectangles.boxes[0])
