"""One thing that would leave: what it is, how it looks, and the buttons that leave it out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.ui.consent.excerpt import Excerpt
from nearling.ui.consent.picture_choice import PictureChoice
from nearling.ui.consent.words import Part
from nearling.ui.theme.theme import Theme

_THUMBNAIL = QSize(240, 160)


class Section(QWidget):
    selected = Signal(str)
    hide_wanted = Signal()
    drop_wanted = Signal()
    resized = Signal()

    def __init__(self, theme: Theme, part: Part) -> None:
        super().__init__()
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("look", "muted")
        self.title.setWordWrap(True)
        self.drop = QPushButton(_("Leave out"))
        self.drop.setProperty("look", "quiet")
        self.drop.setAccessibleName(_("Leave out: {what}").format(what=part.title))
        self.drop.clicked.connect(self.drop_wanted)
        self.drop.setVisible(bool(part.digest) or part.earlier)
        self.excerpt = Excerpt(theme, part.title)
        self.excerpt.selected.connect(self.selected)
        self.excerpt.hide_wanted.connect(self.hide_wanted)
        self.excerpt.resized.connect(self.resized)
        self.thumbnail = QLabel()
        self.choice: PictureChoice | None = None
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self.head)
        layout.addWidget(self.excerpt)
        layout.addWidget(self.thumbnail, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_part(part, None)

    def add_choice(self, choice: PictureChoice) -> None:
        """Of how much of the picture leaves."""
        self.choice = choice
        choice.resized.connect(self.resized)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101  made with it
        layout.insertWidget(1, choice)

    def show_part(self, part: Part, image: QImage | None) -> None:
        """`image` is what leaves of a picture's pixels."""
        self.part = part
        self.title.setText(part.title)
        self.excerpt.setVisible(part.picture is None)
        self.thumbnail.setVisible(image is not None)
        if image is not None:
            size = image.size().scaled(_THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio)
            fitting = image.size().boundedTo(size)
            self.thumbnail.setPixmap(QPixmap.fromImage(image.scaled(fitting)))
            self.thumbnail.setAccessibleName(part.title)
        if part.picture is None:
            self.excerpt.show_text(part.text)
        self.resized.emit()
