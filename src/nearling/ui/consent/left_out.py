"""What does not leave though it could, each with a button that brings it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.ui.consent.asked import Asked
from nearling.ui.elided import Elided


class LeftOut(QWidget):
    brought_back = Signal(str)
    """The digest of an attachment."""
    earlier_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, str] = {}
        self.buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)
        self.hide()

    def show_edits(self, asked: Asked) -> None:
        shown = {each: asked.name(each) or _("a file") for each in sorted(asked.edits.dropped)}
        if asked.edits.without_earlier:
            shown[""] = _("What was said before")
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for digest, name in shown.items():
            act = partial(self.brought_back.emit, digest) if digest else self.earlier_back.emit
            self._layout.addWidget(self._row(name, act))

    def _row(self, name: str, act: Callable[[], None]) -> QWidget:
        row = QWidget()
        said = Elided(_("Left out: {name}").format(name=name))
        said.setProperty("look", "muted")
        back = QPushButton(_("Bring back"))
        back.setProperty("look", "quiet")
        back.setAccessibleName(_("Bring back: {name}").format(name=name))
        back.clicked.connect(lambda _checked=False: act())
        self.buttons.append(back)
        inside = QHBoxLayout(row)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(said, 1)
        inside.addWidget(back)
        return row
