"""Looks for words in the document that is open, and goes from one place to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from nearling.core.language import gettext as _
from nearling.core.numerals import whole
from nearling.ui.bare_button import BareButton
from nearling.ui.document.finding import Found
from nearling.ui.theme.theme import Theme

_PAUSE_MS = 200
"""Of typing, before it is looked for."""
_ESCAPE = Qt.Key.Key_Escape


class FindBar(QWidget):
    wanted = Signal(str)
    """Words to be found; "" when nothing is looked for any more."""
    gone_to = Signal(object)
    """The Found."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._found: tuple[Found, ...] = ()
        self._at = 0
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Find in this document"))
        self.words.setAccessibleName(_("Find in this document"))
        self.words.returnPressed.connect(lambda: self.step(1))
        self.count = QLabel()
        self.count.setProperty("look", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 10, 6)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self.count)
        for icon, name, act in (
            ("up", _("Previous place"), lambda: self.step(-1)),
            ("down", _("Next place"), lambda: self.step(1)),
            ("close", _("Close the search"), self.leave),
        ):
            button = BareButton(theme, icon, name)
            button.clicked.connect(act)
            row.addWidget(button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.wanted.emit(self.words.text()))
        self.words.textChanged.connect(self._pause.start)
        self.hide()

    def begin(self) -> None:
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def leave(self) -> None:
        self.hide()
        self._found = ()
        self.wanted.emit("")

    def show_found(self, found: tuple[Found, ...], page: int) -> None:
        """Begins with the first place on `page` or behind it."""
        self._found = found
        later = (at for at, each in enumerate(found) if each.page >= page)
        self._at = next(later, 0)
        self._go()

    def step(self, way: int) -> None:
        if self._found:
            self._at = (self._at + way) % len(self._found)
            self._go()

    def _go(self) -> None:
        if not self._found:
            sought = bool(self.words.text().strip())
            self.count.setText(_("Not found") if sought else "")
            return
        self.count.setText(
            _("{at} of {count}").format(at=whole(self._at + 1), count=whole(len(self._found)))
        )
        self.gone_to.emit(self._found[self._at])

    # Qt's

    def event(self, event: QEvent) -> bool:
        escape = QEvent.Type.ShortcutOverride
        if event.type() is escape and isinstance(event, QKeyEvent) and event.key() == _ESCAPE:
            event.accept()  # it closes this, not what is around it
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == _ESCAPE:
            self.leave()
        else:
            super().keyPressEvent(event)
