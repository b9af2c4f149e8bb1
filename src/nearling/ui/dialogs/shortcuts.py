"""Every keyboard shortcut, made from the actions themselves so that none is forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.ui.keys import keys

_OTHERS = (
    (marked("Send the question"), "Enter"),
    (marked("Begin a new line"), "Shift+Enter"),
    (marked("Talk while it is held; tap it to talk freely"), "F9"),
    (marked("Paste a picture or a file"), "Ctrl+V"),
    (marked("Move through the window"), "Tab"),
    (marked("To the beginning or end of the conversation"), "Home, End"),
    (marked("Select all text on the picture"), "Ctrl+A"),
    (marked("Export or forget a conversation of the list"), "Shift+F10"),
)


class ShortcutsDialog(QDialog):
    def __init__(self, actions: Iterable[QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setMinimumWidth(420)
        heading = QLabel(_("Keyboard shortcuts"))
        heading.setProperty("look", "heading")
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        own = [
            (action.text(), action.shortcut())
            for action in actions
            if not action.shortcut().isEmpty()
        ]
        others = [(_(what), QKeySequence(shortcut)) for what, shortcut in _OTHERS]
        for row, (what, shortcut) in enumerate((*own, *others)):
            grid.addWidget(QLabel(what), row, 0)
            key = QLabel(keys(shortcut))
            key.setProperty("look", "strong")
            grid.addWidget(key, row, 1)
        done = QPushButton(_("Done"))
        done.setDefault(True)
        done.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(16)
        layout.addWidget(heading)
        layout.addLayout(grid)
        layout.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)
