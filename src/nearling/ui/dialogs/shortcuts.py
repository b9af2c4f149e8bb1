"""Every keyboard shortcut, made from the actions themselves so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_OTHERS = (
    ("Send the question", "Enter"),
    ("Begin a new line", "Shift+Enter"),
    ("Paste a picture or a file", "Ctrl+V"),
    ("Move through the window", "Tab"),
    ("To the beginning or end of the conversation", "Home, End"),
    ("Select all text on the picture", "Ctrl+A"),
)


class ShortcutsDialog(QDialog):
    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keyboard shortcuts")
        self.setMinimumWidth(420)
        heading = QLabel("Keyboard shortcuts")
        heading.setProperty("look", "heading")
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        own = [
            (action.text(), _keys(action)) for action in actions if not action.shortcut().isEmpty()
        ]
        for row, (what, keys) in enumerate((*own, *_OTHERS)):
            grid.addWidget(QLabel(what), row, 0)
            key = QLabel(keys)
            key.setProperty("look", "strong")
            grid.addWidget(key, row, 1)
        done = QPushButton("Done")
        done.setDefault(True)
        done.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(16)
        layout.addWidget(heading)
        layout.addLayout(grid)
        layout.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)


def _keys(action: QAction) -> str:
    form = QKeySequence.SequenceFormat.NativeText
    return action.shortcut().toString(form)
