"""Shows one notice at a time above the composer: a sentence, what to do, buttons for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from nearling.core.language import gettext as _
from nearling.ui.notices import Notice, Remedy
from nearling.ui.theme.theme import Theme


class NoticeBar(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "notice")
        self.setAccessibleName(_("Notice"))
        self.sentence, self.advice = QLabel(), QLabel()
        self.sentence.setProperty("look", "strong")
        for label in (self.sentence, self.advice):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.remedy = QPushButton()
        self.more: list[QPushButton] = []
        self._acts: dict[QPushButton, Remedy] = {}
        self.remedy.clicked.connect(partial(self._act, self.remedy))
        close = QPushButton()
        close.setProperty("look", "bare")
        close.setAccessibleName(_("Close this notice"))
        close.clicked.connect(self.hide)
        theme.dress(close, "close", lambda tokens: tokens.warning)
        close.setIconSize(QSize(14, 14))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch()
        words.addWidget(self.sentence)
        words.addWidget(self.advice)
        words.addStretch()
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(6)
        self._buttons.addStretch()
        self._buttons.addWidget(self.remedy)
        self._buttons.addStretch()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 8, 10)
        layout.setSpacing(8)
        layout.addLayout(words, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(close)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        self.sentence.setText(notice.sentence)
        self.advice.setText(notice.advice)
        self.advice.setVisible(bool(notice.advice))
        self.setAccessibleDescription(f"{notice.sentence} {notice.advice}")
        for button in self.more:
            button.hide()
            button.deleteLater()
        self.more = [QPushButton() for _more in notice.more]
        for at, button in enumerate(self.more):
            button.clicked.connect(partial(self._act, button))
            self._buttons.insertWidget(at + 2, button)
        self.remedy.setVisible(notice.remedy is not None)
        remedies = [] if notice.remedy is None else [notice.remedy, *notice.more]
        self._acts = dict(zip((self.remedy, *self.more), remedies, strict=False))
        for button, remedy in self._acts.items():
            button.setText(remedy.label)
        self.show()

    def _act(self, button: QPushButton) -> None:
        remedy = self._acts.get(button)
        if remedy is None:
            return
        if not remedy.stays:
            self._acts = {}
            self.hide()
        remedy.act()
