"""Puts together what the window has about models: who answers, again, and how much fits."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from nearling.ui.chat.turn_widget import TurnWidget
from nearling.ui.compose.composer import Composer
from nearling.ui.house import House
from nearling.ui.landing import Landing
from nearling.ui.models.again import Again
from nearling.ui.models.known import Known
from nearling.ui.models.meter import Meter
from nearling.ui.models.warming import Warming
from nearling.ui.models.writer_button import WriterButton
from nearling.ui.notices import Notice
from nearling.ui.session import Session
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme


class Models(QObject):
    def __init__(
        self,
        window: QWidget,
        house: House,
        theme: Theme,
        tasks: Tasks,
        *,
        session: Session,
        composer: Composer,
        landing: Landing,
        tell: Callable[[Notice], None],
    ) -> None:
        super().__init__(window)
        self.known = Known(house, tasks)
        self.button = WriterButton(theme, session, self.known)
        self._again = Again(window, session, self.known, tell)
        Meter(house, tasks, session=session, composer=composer, landing=landing, known=self.known)
        Warming(house, tasks, session=session, composer=composer, landing=landing, known=self.known)

    def attend(self, turn: TurnWidget) -> None:
        """To what is wanted of a turn that was made just now."""
        self._again.attend(turn)
