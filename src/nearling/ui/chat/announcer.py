"""Tells screen readers what is written, sentence by sentence, while it is written."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.ui.chat.sentences import whole_sentences
from nearling.ui.chat.turn_view import State, TurnView

_ENDS = {
    State.REFUSED: marked("No answer."),
    State.WAITING: marked("Interrupted."),
    State.STOPPED: marked("Stopped."),
}


class Announcer:
    """Follows the turn that is worked on; what was written earlier is not read out."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._turn = ""
        self._start = 0

    def follow(self, view: TurnView) -> None:
        if view.state is State.WORKING and view.id != self._turn:
            self._turn, self._start = view.id, 0
        if view.id != self._turn:
            return
        if len(view.text) < self._start:  # who wrote it declined after all
            self._start = 0
        sentences, self._start = whole_sentences(view.text, self._start, finished=view.finished)
        if view.finished:
            self._turn = ""
            sentences = (*sentences, *ending(view))
        for sentence in sentences:
            self.say(sentence)

    def say(self, sentence: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, sentence))


def ending(view: TurnView) -> tuple[str, ...]:
    """What is said of a turn that ended without a whole answer."""
    if view.asks is not None:
        return (_("Nothing has been sent: look at what would leave."), view.asks.reason)
    end = _ENDS.get(view.state)
    return () if end is None else (_(end), *view.reasons, *view.remedies)
