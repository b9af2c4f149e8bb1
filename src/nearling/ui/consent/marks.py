"""Makes the marks seen that stand in the place of hidden words."""

from __future__ import annotations

from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from nearling.ui.consent.words import MARK
from nearling.ui.theme.theme import Theme


class Marks(QSyntaxHighlighter):
    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    # Qt's

    def highlightBlock(self, text: str) -> None:
        found = [match.span() for match in MARK.finditer(text)]
        if not found:
            return
        look = QTextCharFormat()
        look.setForeground(QColor(self._theme.tokens.warning))
        look.setBackground(QColor(self._theme.tokens.warning_ground))
        for start, end in found:
            self.setFormat(start, end - start, look)
