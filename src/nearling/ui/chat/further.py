"""Other ways to an answer: a larger model, this computer, or the same once more."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from nearling.core.language import gettext as _
from nearling.ui.chat.turn_view import State, TurnView
from nearling.ui.theme.theme import Theme


class Further(QWidget):
    larger_wanted = Signal()
    here_wanted = Signal()
    afresh_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._beyond = False
        self._view: TurnView | None = None
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

    def show_beyond(self, *, beyond: bool) -> None:
        """Whether anybody beyond this computer could be asked."""
        self._beyond = beyond
        if self._view is not None:
            self.show_view(self._view)

    def show_view(self, view: TurnView) -> None:
        self._view = view
        away = view.route is not None and view.route.leaves
        over = view.finished and view.asks is None
        nearby = over and not away and view.state in (State.ANSWERED, State.REFUSED)
        lost = over and away and view.state in (State.WAITING, State.STOPPED)
        again = view.receipt is not None and view.receipt.again
        self.larger.setVisible(self._beyond and nearby)
        self.here.setVisible(lost)
        self.here.setText(_("Continue on this computer") if view.text else _("Answer here"))
        self.afresh.setVisible(over and again and view.state is State.ANSWERED)
        shown = (self.larger, self.here, self.afresh)
        self.setVisible(any(not button.isHidden() for button in shown))
