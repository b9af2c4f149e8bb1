"""Says above the open conversation what left this computer for it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nearling.core.account import Left, left
from nearling.core.cancellation import Cancellation
from nearling.ui.chat.title_bar import TitleBar
from nearling.ui.house import House
from nearling.ui.session import Session
from nearling.ui.tasks import Tasks

_ALL = 100_000
"""Connections that are looked through for those of one conversation."""


class Leaving(QObject):
    def __init__(
        self, parent: QObject, house: House, tasks: Tasks, session: Session, title: TitleBar
    ) -> None:
        super().__init__(parent)
        self._house, self._tasks, self._session, self._title = house, tasks, session, title
        session.shown.connect(self._look)
        session.ended.connect(self._look)

    def _look(self, _about: object = None) -> None:
        transcript = self._session.transcript
        turns = frozenset(outline.id for outline in transcript.outlines)
        if not turns:
            self._title.show_left(None)
            return

        def work(_: Cancellation) -> Left:
            return left(self._house.history.connections(_ALL), turns)

        def then(found: Left) -> None:
            if self._session.transcript is transcript:
                self._title.show_left(found)

        self._tasks.call(work, then)
