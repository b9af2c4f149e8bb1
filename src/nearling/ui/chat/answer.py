"""An answer: quoted text letter for letter, or Markdown block by block."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.ui.chat.passage import Passage
from nearling.ui.chat.prose import Prose
from nearling.ui.chat.selection import Selection
from nearling.ui.markdown.blocks import Block, Blocks
from nearling.ui.markdown.colouring import Colouring
from nearling.ui.theme.theme import Theme


class CodeBlock(QFrame):
    """Code with its language and a button that copies it."""

    def __init__(self, theme: Theme, selection: Selection) -> None:
        super().__init__()
        self.setProperty("look", "code")
        self._theme = theme
        self._block = Block()
        self._finished = False
        self._language = QLabel()
        self._language.setProperty("look", "hint")
        copy = QPushButton(_("Copy"))
        copy.setProperty("look", "quiet")
        copy.setAccessibleName(_("Copy this code"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._block.code))
        self.text = Passage(_("Code"), selection, "mono")
        self._colouring = Colouring(self, self.text.show_html)
        head = QHBoxLayout()
        head.addWidget(self._language)
        head.addStretch()
        head.addWidget(copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 10)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.text)
        theme.changed.connect(self._paint)

    def show_block(self, block: Block, *, finished: bool) -> None:
        self._block, self._finished = block, finished
        self._language.setText(block.language)
        self._paint()

    def _paint(self) -> None:
        self._colouring.stop()
        code, tokens = self._block.code, self._theme.tokens
        if not self._finished or not self._colouring.begin(code, self._block.language, tokens):
            self.text.show_plain(code)


class Answer(QWidget):
    link_followed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._blocks = Blocks()
        self._shown = ""
        self._settled = 0
        """Widgets whose block is finished; they are not touched again."""
        self._widgets: list[Passage | CodeBlock] = []
        self._quote: Passage | None = None
        self._selection = Selection(self._pieces)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def show_quote(self, text: str) -> None:
        """What a source says, as plain text."""
        if self._shown:
            self._clear()
        if self._quote is None:
            self._quote = Passage(_("Answer"), self._selection, "quote")
            self._layout.addWidget(self._quote)
        self._quote.show_plain(text)

    def show_markdown(self, text: str, *, finished: bool) -> None:
        """Costs what was added since the last call, as long as text is only added."""
        if self._quote is not None or not text.startswith(self._shown):
            self._clear()
        self._blocks.append(text[len(self._shown) :])
        self._shown = text
        blocks = self._blocks.all
        ended = len(blocks) if finished else len(self._blocks.finished)
        while len(self._widgets) > len(blocks):
            self._widgets.pop().deleteLater()
        for at in range(self._settled, len(blocks)):
            self._show(at, blocks[at], finished=at < ended)
        self._settled = ended

    def _show(self, at: int, block: Block, *, finished: bool) -> None:
        kind = CodeBlock if block.code or not block.html else Passage
        if at < len(self._widgets) and type(self._widgets[at]) is not kind:
            # What began as a paragraph turned out to be code.
            for widget in self._widgets[at:]:
                widget.hide()
                widget.deleteLater()
            del self._widgets[at:]
        if at == len(self._widgets):
            self._add(kind)
        widget = self._widgets[at]
        if isinstance(widget, CodeBlock):
            widget.show_block(block, finished=finished)
        else:
            widget.show_html(block.html)

    def _add(self, kind: type[Passage | CodeBlock]) -> None:
        widget: Passage | CodeBlock
        if kind is CodeBlock:
            widget = CodeBlock(self._theme, self._selection)
        else:
            widget = Passage(_("Answer"), self._selection)
            widget.link_followed.connect(self.link_followed)
        self._widgets.append(widget)
        self._layout.addWidget(widget)

    def _pieces(self) -> list[Prose]:
        """From top to bottom, what can be selected together."""
        if self._quote is not None:
            return [self._quote]
        return [each.text if isinstance(each, CodeBlock) else each for each in self._widgets]

    def _clear(self) -> None:
        for widget in (*self._widgets, *([] if self._quote is None else [self._quote])):
            widget.hide()
            widget.deleteLater()
        self._widgets.clear()
        self._quote = None
        self._blocks, self._shown, self._settled = Blocks(), "", 0
