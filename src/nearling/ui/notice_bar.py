"""Shows one notice at a time above the composer: a sentence, what to do, a button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from nearling.core.language import gettext as _
from nearling.ui.notices import Notice
from nearling.ui.theme.theme import Theme


class NoticeBar(QFrame):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "notice")
        self.setAccessibleName(_("Notice"))
        self._notice: Notice | None = None
        self.sentence, self.advice = QLabel(), QLabel()
        self.sentence.setProperty("look", "strong")
        for label in (self.sentence, self.advice):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.remedy = QPushButton()
        self.remedy.clicked.connect(self._act)
        close = QPushButton()
        close.setProperty("look", "bare")
        close.setAccessibleName(_("Close this notice"))
        close.clicked.connect(self.hide)
        theme.dress(close, "close", lambda tokens: tokens.warning)
        close.setIconSize(QSize(14, 14))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.sentence)
        words.addWidget(self.advice)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 10, 8, 10)
        layout.addLayout(words, 1)
        layout.addWidget(self.remedy)
        layout.addWidget(close)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        self._notice = notice
        self.sentence.setText(notice.sentence)
        self.advice.setText(notice.advice)
        self.setAccessibleDescription(f"{notice.sentence} {notice.advice}")
        self.remedy.setVisible(notice.remedy is not None)
        if notice.remedy is not None:
            self.remedy.setText(notice.remedy.label)
        self.show()

    def _act(self) -> None:
        notice, self._notice = self._notice, None
        self.hide()
        if notice is not None and notice.remedy is not None:
            notice.remedy.act()
