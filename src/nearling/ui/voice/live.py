"""What stands in the composer's place while somebody talks: the level, the time, the words."""

from __future__ import annotations

import time
from html import escape

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from nearling.core.language import gettext as _
from nearling.ui.elided import Elided
from nearling.ui.keys import keys
from nearling.ui.theme.theme import Theme
from nearling.ui.voice.meter import Meter
from nearling.ui.voice.sound import clock
from nearling.ui.voice.talk_view import Phase, TalkView

_LETTERS = 420
"""Of what was heard that are shown: its end, some five lines."""
_TICK_MS = 200


class Live(QWidget):
    dropped = Signal()
    """The person does not want what is being said."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view = TalkView()
        self.meter = Meter(theme)
        self.state = QLabel()
        self.state.setProperty("look", "strong")
        self.seconds = QLabel()
        self.seconds.setProperty("look", "muted")
        self._how = Elided()
        self._how.setProperty("look", "muted")
        drop = QPushButton()
        drop.setProperty("look", "bare")
        what = _("Drop this recording")
        drop.setAccessibleName(what)
        drop.setToolTip(f"{what} ({keys('Esc')})")
        drop.clicked.connect(self.dropped)
        theme.dress(drop, "close")
        drop.setIconSize(QSize(14, 14))
        self.words = QLabel()
        self.words.setProperty("look", "heard")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setAccessibleName(_("What was heard so far"))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.meter)
        row.addWidget(self.state)
        row.addWidget(self.seconds)
        row.addWidget(self._how, 1)
        row.addWidget(drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.words)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._show_seconds)
        theme.changed.connect(self._show_words)

    def show_view(self, view: TalkView) -> None:
        before, self._view = self._view, view
        if view.take != before.take:
            self.meter.clear()
        self.meter.setVisible(view.phase is not Phase.WRITING)
        if view.level is not None and view.level is not before.level:
            self.meter.show_level(view.level)
        self._say(self.state, _state(view), "alarm" if view.silent else "strong")
        self._how.set_text(_how(view))
        self._show_seconds()
        if (view.stable, view.tentative) != (before.stable, before.tentative):
            self._show_words()
        self.words.setVisible(bool(view.stable or view.tentative))
        listening = view.phase is Phase.LISTENING
        if listening is not self._clock.isActive():
            self._clock.start() if listening else self._clock.stop()

    def _show_seconds(self) -> None:
        shown = self._view.phase is Phase.LISTENING
        self.seconds.setVisible(shown)
        if shown:
            self.seconds.setText(clock(self._view.seconds(time.monotonic())))

    def _show_words(self) -> None:
        stable, tentative = self._view.stable.strip(), self._view.tentative.strip()
        room = max(0, _LETTERS - len(tentative))
        if len(stable) > room:
            stable = "… " + stable[len(stable) - room :].partition(" ")[2]
        muted = self._theme.tokens.muted
        parts = (escape(stable), tentative and f'<font color="{muted}">{escape(tentative)}</font>')
        self.words.setText(" ".join(filter(None, parts)))
        self.words.setAccessibleDescription(f"{stable} {tentative}".strip())

    @staticmethod
    def _say(label: QLabel, words: str, look: str) -> None:
        label.setText(words)
        if label.property("look") != look:
            label.setProperty("look", look)
            label.style().polish(label)


def _state(view: TalkView) -> str:
    if view.silent:
        return _("No sound is arriving")
    match view.phase:
        case Phase.OPENING:
            return "…"
        case Phase.LISTENING:
            return _("Listening")
        case Phase.WRITING:
            return _("Writing it down …")
        case Phase.QUIET:
            return ""


def _how(view: TalkView) -> str:
    if view.phase is not Phase.LISTENING:
        return ""
    if view.silent:
        return _("Is {device} muted?").format(device=view.device)
    if view.hands_free:
        return _("Ends by itself when you stop talking")
    return _("Let go when you are done · {key} drops it").format(key=keys("Esc"))
