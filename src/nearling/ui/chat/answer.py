"""An answer: quoted text letter for letter, or Markdown block by block."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nearling.core.language import gettext as _
from nearling.ui.chat.mark import Mark
from nearling.ui.chat.passage import Passage
from nearling.ui.chat.plain import plain_html
from nearling.ui.chat.prose import Prose
from nearling.ui.chat.selection import Selection
from nearling.ui.chat.sheet import Sheet
from nearling.ui.markdown.blocks import Block
from nearling.ui.markdown.colouring import Colouring
from nearling.ui.theme.theme import Theme


class CodeBlock(QFrame):
    """Code with its language and a button that copies it."""

    def __init__(self, theme: Theme, selection: Selection, parent: QWidget) -> None:
        super().__init__(parent)
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
    """Only what was seen of it has widgets; where the rest will stand is guessed."""

    link_followed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sheet = Sheet()
        self._finished = False
        self._settled = 0
        """Blocks that are finished; their widgets are not touched again."""
        self._widgets: dict[int, Passage | CodeBlock] = {}
        self._wide = 0
        self._stale: set[int] = set()
        """Those that are laid out for another width."""
        self._told = 0
        """The height that the turn around it knows of."""
        self._quote: Passage | None = None
        self._selection = Selection(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # What is shown

    def show_quote(self, text: str) -> None:
        """What a source says, as plain text."""
        if self._quote is None:
            self._clear()
            self._quote = Passage(_("Answer"), self._selection, "quote", self)
            self._quote.setGeometry(self.rect())
            self._quote.show()
        self._quote.show_plain(text)
        self.updateGeometry()

    def show_markdown(self, text: str, *, finished: bool) -> None:
        """Costs next to nothing; `go_on` costs what was added, as long as text is only added."""
        if self._quote is not None or not text.startswith(self._sheet.text):
            self._clear()
        self._sheet.extend(text)
        self._finished = finished
        if self._sheet.unread:
            self._measure()
        else:
            self._show_changed()

    def go_on(self, top: int, bottom: int, *, upwards: bool) -> bool:
        """A little of what is missing between two heights; False once nothing is."""
        if self._wide != self.width():
            self._wide = self.width()
            self._stale.update(self._widgets)  # one after the other, and those that are seen
        seen = self._sheet.between(top, bottom)
        missing = [at for at in seen if at not in self._widgets or at in self._stale]
        if self._sheet.unread and (not missing or bottom > self._sheet.read_height):
            self._read_on()
        elif missing:
            at = missing[-1 if upwards else 0]
            if at in self._widgets:
                self._stale.discard(at)
            else:
                self._make(at)
            self._measure()
        else:
            self._leave(top - (bottom - top), bottom + (bottom - top))
            return False
        return True

    def mark(self, y: int) -> Mark:
        return self._sheet.mark(y)

    def place(self, mark: Mark) -> int:
        return self._sheet.place(mark)

    def _read_on(self) -> None:
        self._sheet.read_on()
        for at in [each for each in self._widgets if each >= len(self._sheet)]:
            self._drop(at)
        self._show_changed()

    def _show_changed(self) -> None:
        sheet, first = self._sheet, self._settled
        self._settled = len(sheet) if self._finished and not sheet.unread else sheet.finished
        for at in range(first, len(sheet)):
            if at in self._widgets:
                self._show(at)
        self._measure()

    def _show(self, at: int) -> None:
        block, widget = self._sheet[at], self._widgets[at]
        if type(widget) is not _kind(block):  # what began as a paragraph turned out to be code
            self._drop(at)
            self._make(at)
        elif isinstance(widget, CodeBlock):
            widget.show_block(block, finished=at < self._settled)
        else:
            widget.show_html(block.html)

    def _make(self, at: int) -> None:
        widget: Passage | CodeBlock
        if _kind(self._sheet[at]) is CodeBlock:
            widget = CodeBlock(self._theme, self._selection, self)
        else:
            widget = Passage(_("Answer"), self._selection, parent=self)
            widget.link_followed.connect(self.link_followed)
        below = min((other for other in self._widgets if other > at), default=None)
        if below is not None:
            widget.stackUnder(self._widgets[below])  # screen readers follow that order
        self._widgets[at] = widget
        # As wide as it will be and with its fonts, so that what comes into it is laid out once.
        widget.setGeometry(0, self._sheet.top(at), self._wide, self._sheet.height_of(at))
        widget.show()
        _prose(widget).ensurePolished()
        self._show(at)
        self._selection.came(at, _prose(widget))

    def _leave(self, top: int, bottom: int) -> None:
        """Takes the widgets from what is far out of sight."""
        near = set(self._sheet.between(top, bottom)) - self._stale
        for at, widget in list(self._widgets.items()):
            if at not in near and not self._selection.needs(at, _prose(widget)):
                self._drop(at)

    def _drop(self, at: int) -> None:
        self._stale.discard(at)
        widget = self._widgets.pop(at)
        widget.hide()
        widget.deleteLater()

    def _clear(self) -> None:
        for at in list(self._widgets):
            self._drop(at)
        if self._quote is not None:
            self._quote.hide()
            self._quote.deleteLater()
        self._quote = None
        self._sheet, self._settled, self._told = Sheet(), 0, -1
        self._selection = Selection(self)

    def _measure(self) -> None:
        for at in self._widgets.keys() - self._stale:
            self._sheet.measured(at, self._widgets[at].heightForWidth(self._wide))
        for at, widget in self._widgets.items():
            wide = widget.width() if at in self._stale else self._wide
            widget.setGeometry(0, self._sheet.top(at), wide, self._sheet.height_of(at))
        if self._sheet.height != self._told:
            self._told = self._sheet.height
            self.updateGeometry()

    # What can be selected

    def count(self) -> int:
        return 1 if self._quote is not None else len(self._sheet)

    def shown(self) -> dict[int, Prose]:
        if self._quote is not None:
            return {0: self._quote}
        return {at: _prose(widget) for at, widget in sorted(self._widgets.items())}

    def plain(self, at: int) -> str:
        block = self._sheet[at]
        return block.code or plain_html(block.html)

    # Qt's

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._sheet.height if self._quote is None else self._quote.heightForWidth(width)

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 50)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._quote is not None:
            self._quote.setGeometry(self.rect())

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a piece needs another height
            self._measure()
        return super().event(event)


def _kind(block: Block) -> type[Passage | CodeBlock]:
    return CodeBlock if block.code or not block.html else Passage


def _prose(widget: Passage | CodeBlock) -> Passage:
    return widget.text if isinstance(widget, CodeBlock) else widget
