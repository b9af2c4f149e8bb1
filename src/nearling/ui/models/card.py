"""One model on the models page: what it is, how it runs here, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme

_ICON = 20


class Card(QFrame):
    def __init__(self, theme: Theme, picture: str, name: str, about: str) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAccessibleName(name)
        self._theme, self._picture = theme, picture
        self._drawn = QLabel()
        self._drawn.setFixedWidth(34)
        theme.changed.connect(self._draw)
        self._draw()
        title = _words(name, "strong")
        title.setWordWrap(True)
        self.about, self.note = _words(about, "muted"), _words("", "muted")
        self.verdict = _words("", "good")
        self.verdict.setWordWrap(False)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (title, self.about, self.note):
            words.addWidget(label)
        words.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.verdict, 0, Qt.AlignmentFlag.AlignRight)
        side.addLayout(self._buttons)
        side.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 14, 12)
        row.setSpacing(12)
        row.addWidget(self._drawn, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addLayout(side)
        self.show_note("")
        self.show_verdict("")

    def show_about(self, words: str) -> None:
        self.about.setText(words)

    def show_note(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    def show_verdict(self, words: str, *, good: bool = True) -> None:
        self.verdict.setText(words)
        self.verdict.setVisible(bool(words))
        self.verdict.setProperty("look", "good" if good else "bad")
        self.verdict.style().polish(self.verdict)

    def add_button(self, words: str, name: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(words)
        button.setAccessibleName(name)
        button.clicked.connect(lambda _checked=False: act())
        self._buttons.addWidget(button)
        return button

    def _draw(self) -> None:
        drawn = icon(self._picture, self._theme.tokens.ink, _ICON)
        self._drawn.setPixmap(drawn.pixmap(QSize(_ICON, _ICON)))


def _words(words: str, look: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", look)
    label.setWordWrap(True)
    return label
