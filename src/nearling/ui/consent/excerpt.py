"""A text as it would leave: its first lines, and all of it on demand; words in it can be hidden."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from nearling.core.language import gettext as _
from nearling.ui.chat.prose import Prose
from nearling.ui.consent.marks import Marks
from nearling.ui.consent.whole_text import WholeText
from nearling.ui.consent.words import size
from nearling.ui.theme.theme import Theme

HIDE = QKeySequence("Ctrl+H")
_LETTERS, _LINES = 600, 5
"""Of the beginning that is shown at once."""
_HIGH = 300
"""Pixels of all of it, which scrolls."""


class Excerpt(QFrame):
    selected = Signal(str)
    """Other words, or none any more."""
    hide_wanted = Signal()
    """What is selected."""
    resized = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._name, self._text = theme, name, ""
        self.setProperty("look", "code")
        self.first = Prose(name, "mono")
        self.first.selectionChanged.connect(
            lambda: self.selected.emit(self.first.textCursor().selectedText())
        )
        self._marks = Marks(theme, self.first.document())
        self.whole: WholeText | None = None
        self.more = QPushButton()
        self.more.setProperty("look", "cite")
        self.more.clicked.connect(self._show_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(4)
        layout.addWidget(self.first)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._attend(self.first)

    def show_text(self, text: str) -> None:
        if text == self._text:
            return
        self._text = text
        first = beginning(text)
        if self.whole is not None:
            self.whole.show_text(text)
        else:
            self.first.show_plain(first)
        self.more.setVisible(len(first) < len(text) and self.whole is None)
        self.more.setText(_("Show all of it, {size}").format(size=size(len(text.encode()))))
        self.more.setAccessibleName(_("Show all of it: {name}").format(name=self._name))
        self.resized.emit()

    def _show_all(self) -> None:
        self.whole = WholeText(self._name)
        self.whole.setFixedHeight(_HIGH)
        self.whole.selectionChanged.connect(self._whole_selected)
        self._marks = Marks(self._theme, self.whole.document())
        self._attend(self.whole)
        self.whole.show_text(self._text)
        layout = self.layout()
        assert layout is not None  # noqa: S101  made with it
        layout.addWidget(self.whole)
        self.first.hide()
        self.more.hide()
        self.whole.show()
        self.whole.setFocus()
        self.resized.emit()

    def _whole_selected(self) -> None:
        if self.whole is not None:
            self.selected.emit(self.whole.selected)

    def _attend(self, text: Prose | WholeText) -> None:
        text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        text.customContextMenuRequested.connect(partial(self._offer, text))

    def _offer(self, text: Prose | WholeText, point: QPoint) -> None:
        menu = text.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        hide = menu.addAction(_("Hide these words"), self.hide_wanted.emit)
        hide.setShortcut(HIDE)
        hide.setEnabled(text.textCursor().hasSelection())
        menu.popup(text.viewport().mapToGlobal(point))


def beginning(text: str) -> str:
    """Its first lines, where it has many or long ones."""
    first = "\n".join(text[: _LETTERS + 1].split("\n")[:_LINES])
    if first == text:
        return text
    return (first if len(first) <= _LETTERS else first[:_LETTERS]).rstrip("\n")
