"""The words that do not leave, each with a button that lets it leave again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.ui.elided import Elided
from nearling.ui.theme.theme import Theme


class HiddenWords(QWidget):
    removed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: Sequence[tuple[str, bool]] = ()
        self.buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.hide()

    def show_words(self, words: Sequence[tuple[str, bool]]) -> None:
        """Each with whether it stands anywhere in what would leave."""
        self.setVisible(bool(words))
        if words == self._shown:
            return
        self._shown = words
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for number, (each, found) in enumerate(words, start=1):
            self._layout.addWidget(self._row(number, each, found=found))

    def _row(self, number: int, words: str, *, found: bool) -> QFrame:
        row = QFrame()
        row.setProperty("look", "chip")
        said = f"[HIDDEN_{number}]  {words}"
        if not found:
            said = _("{words} – stands nowhere in it").format(words=said)
        remove = QPushButton()
        remove.setProperty("look", "bare")
        remove.setAccessibleName(_("Hide no longer: {words}").format(words=words))
        remove.setToolTip(_("Hide no longer"))
        remove.clicked.connect(partial(self.removed.emit, words))
        self._theme.dress(remove, "close")
        remove.setIconSize(QSize(12, 12))
        self.buttons.append(remove)
        inside = QHBoxLayout(row)
        inside.setContentsMargins(10, 0, 2, 0)
        inside.addWidget(Elided(said), 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addWidget(remove)
        return row
