"""Other ways to an answer: a larger model, this computer, or the same once more."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QSize, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from nearling.assistant.draft_signals import weakness
from nearling.core.language import gettext as _
from nearling.ui.chat.turn_view import State, TurnView
from nearling.ui.elided import Elided
from nearling.ui.theme.theme import Theme


class Further(QWidget):
    larger_wanted = Signal()
    here_wanted = Signal()
    afresh_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._beyond = False
        self._view: TurnView | None = None
        self._quoted = False
        self._weak: tuple[str, str] = ("", "")
        """The answer that was looked at last, and why it may be weak."""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)

    # Few turns need any of them.

    @cached_property
    def larger(self) -> QPushButton:
        words, promise = _("Ask a larger model"), _("What would leave is shown first.")
        return self._button(0, words, promise, "larger", self.larger_wanted)

    @cached_property
    def reason(self) -> Elided:
        reason = Elided()
        reason.setProperty("look", "muted")
        self._row.insertWidget(1, reason)
        return reason

    @cached_property
    def here(self) -> QPushButton:
        promise = _("On this computer, as well as it can")
        return self._button(2, _("Answer here"), promise, "models", self.here_wanted)

    @cached_property
    def afresh(self) -> QPushButton:
        promise = _("The same was asked before; this asks once more.")
        return self._button(3, _("Ask afresh"), promise, "again", self.afresh_wanted)

    def _button(
        self, at: int, words: str, promise: str, icon: str, wanted: SignalInstance
    ) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("look", "quiet")
        button.setToolTip(promise)
        button.clicked.connect(wanted)
        self._theme.dress(button, icon)
        button.setIconSize(QSize(19, 15))  # the rest is air before the words
        self._row.insertWidget(min(at, self._row.count()), button)
        return button

    def show_beyond(self, *, beyond: bool) -> None:
        """Whether anybody beyond this computer could be asked."""
        self._beyond = beyond
        if self._view is not None:
            self.show_view(self._view, quoted=self._quoted)

    def show_view(self, view: TurnView, *, quoted: bool) -> None:
        """`quoted`: it says nothing but what a source says."""
        self._view, self._quoted = view, quoted
        away = view.route is not None and view.route.leaves
        over = view.finished and view.asks is None
        nearby = over and not away and view.state in (State.ANSWERED, State.REFUSED)
        lost = over and away and view.state in (State.WAITING, State.STOPPED)
        again = view.receipt is not None and view.receipt.again
        larger = self._beyond and nearby
        weak = self._weakness(view) if larger and view.answers and not quoted else ""
        afresh = over and again and view.state is State.ANSWERED
        for name, wanted in (
            ("larger", larger),
            ("reason", bool(weak)),
            ("here", lost),
            ("afresh", afresh),
        ):
            if wanted or name in vars(self):
                getattr(self, name).setVisible(wanted)
        if weak:
            self.reason.set_text(weak)
        if lost:
            self.here.setText(_("Continue on this computer") if view.text else _("Answer here"))
        self.setVisible(larger or lost or afresh)

    def _weakness(self, view: TurnView) -> str:
        attempt = view.answers[view.at]
        if self._weak[0] != attempt.id:
            self._weak = (attempt.id, weakness(attempt) or "")
        return self._weak[1]
