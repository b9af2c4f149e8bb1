"""The button to talk: held for as long as one talks, or tapped; by keys it is tapped."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QPushButton

from nearling.core.language import gettext as _
from nearling.ui.keys import with_keys
from nearling.ui.theme.icons import icon
from nearling.ui.theme.theme import Theme
from nearling.ui.voice.held_key import HeldKey

_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Select)


class TalkButton(QPushButton):
    held = Signal()
    let_go = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._idle, self._holding, self._hands_free = _("Hold to talk"), _("Let go"), _("Done")
        self._talking = self._free = False
        self._narrow = False
        self.setToolTip(with_keys(_("Hold and talk; a tap listens until you stop talking"), "F9"))
        self.setIconSize(QSize(18, 18))
        self._key = HeldKey(self)
        self._key.held.connect(self._tap)
        self.clicked.connect(self._tap)  # by a screen reader, which knows no holding
        theme.changed.connect(self._dress)
        self.show_state(talking=False, hands_free=False)

    def show_state(self, *, talking: bool, hands_free: bool) -> None:
        self._talking, self._free = talking, hands_free
        if not talking:
            self._say(self._idle)
            self.setAccessibleName(_("Talk"))
            self.setAccessibleDescription("")
        else:
            self._say(self._hands_free if hands_free else self._holding)
            self.setAccessibleName(_("Stop talking"))
            self.setAccessibleDescription(_("The microphone is on"))
        look = "talking" if talking else "talk"
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().polish(self)
        self._dress()

    def show_narrow(self, *, narrow: bool) -> None:
        """Without its words, where there is no room for them."""
        if narrow is not self._narrow:
            self._narrow = narrow
            self.show_state(talking=self._talking, hands_free=self._free)
            self.updateGeometry()

    def _say(self, words: str) -> None:
        self.setText("" if self._narrow else words)

    def _dress(self) -> None:
        tokens = self._theme.tokens
        name = "stop" if self._talking and self._free else "microphone"
        self.setIcon(icon(name, tokens.on_local if self._talking else tokens.local))

    def _tap(self) -> None:
        self.held.emit()
        self.let_go.emit()

    # Qt's

    def sizeHint(self) -> QSize:
        """As wide as its longest words: it stays under the pointer that holds it."""
        width = self.fontMetrics().horizontalAdvance
        longest = max(map(width, (self._idle, self._holding, self._hands_free)))
        hint = super().sizeHint()
        if self._narrow:
            return hint
        return QSize(hint.width() - width(self.text()) + longest, hint.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.held.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Wherever the pointer is by then."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.let_go.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _PRESSING:
            super().keyPressEvent(event)
        else:
            self._key.hear(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _PRESSING:
            super().keyReleaseEvent(event)
        else:
            self._key.hear(event)
