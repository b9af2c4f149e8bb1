"""What stands in the way of a start, and what can be done about it, shown instead of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from nearling.core.errors import NearlingError
from nearling.core.language import gettext as _


class HindranceDialog(QDialog):
    """Accepted where the person wants it tried again."""

    def __init__(self, error: NearlingError) -> None:
        super().__init__()
        self.setWindowTitle("Nearling")
        self.setMinimumWidth(480)
        heading = QLabel(_("Nearling cannot start yet"))
        heading.setProperty("look", "heading")
        sentence, advice = _words(error.sentence), _words(error.remedy)
        advice.setProperty("look", "muted")
        close, again = QPushButton(_("Close")), QPushButton(_("Try again"))
        close.clicked.connect(self.reject)
        again.clicked.connect(self.accept)
        again.setDefault(True)
        self.setAccessibleDescription(f"{error.sentence} {error.remedy}")
        row = QHBoxLayout()
        row.addWidget(close)
        row.addStretch()
        row.addWidget(again)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(14)
        for widget in (heading, sentence, advice):
            layout.addWidget(widget)
        layout.addLayout(row)
        again.setFocus()


def _words(text: str) -> QLabel:
    """A path in it can be copied."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
