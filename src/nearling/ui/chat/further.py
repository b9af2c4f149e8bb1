"""Other ways to an answer: a larger model, this computer, or the same once more."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
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
        self._beyond = False
        self._view: TurnView | None = None
        self._quoted = False
        self._weak: tuple[str, str] = ("", "")
        """The answer that was looked at last, and why it may be weak."""
        self.larger = QPushButton(_("Ask a larger model"))
        self.larger.setToolTip(_("What would leave is shown first."))
        self.here = QPushButton(_("Answer here"))
        self.here.setToolTip(_("On this computer, as well as it can"))
        self.afresh = QPushButton(_("Ask afresh"))
        self.afresh.setToolTip(_("The same was asked before; this asks once more."))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button, icon, wanted in (
            (self.larger, "larger", self.larger_wanted),
            (self.here, "models", self.here_wanted),
            (self.afresh, "again", self.afresh_wanted),
        ):
            button.setProperty("look", "quiet")
            button.clicked.connect(wanted)
            theme.dress(button, icon)
            button.setIconSize(QSize(19, 15))  # the rest is air before the words
            row.addWidget(button)
        self.reason = Elided()
        self.reason.setProperty("look", "muted")
        row.insertWidget(1, self.reason)

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
        self.larger.setVisible(larger)
        weak = self._weakness(view) if larger and view.answers and not quoted else ""
        self.reason.set_text(weak)
        self.reason.setVisible(bool(weak))
        self.here.setVisible(lost)
        self.here.setText(_("Continue on this computer") if view.text else _("Answer here"))
        self.afresh.setVisible(over and again and view.state is State.ANSWERED)
        shown = (self.larger, self.here, self.afresh)
        self.setVisible(any(not button.isHidden() for button in shown))

    def _weakness(self, view: TurnView) -> str:
        attempt = view.answers[view.at]
        if self._weak[0] != attempt.id:
            self._weak = (attempt.id, weakness(attempt) or "")
        return self._weak[1]
