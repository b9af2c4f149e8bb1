"""Fills the list of conversations: all of them by day, or what the search finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from nearling.core.cancellation import Cancellation
from nearling.ui.conversations.listing import Row, by_day, found
from nearling.ui.conversations.panel import ConversationPanel
from nearling.ui.house import House
from nearling.ui.tasks import Job, Tasks

_LISTED, _FOUND = 300, 100


class Filling(QObject):
    def __init__(
        self,
        house: House,
        tasks: Tasks,
        panel: ConversationPanel,
        marked: Callable[[], str | None],
    ) -> None:
        """`marked` says which conversation is open."""
        super().__init__()
        self._house = house
        self._tasks = tasks
        self._panel = panel
        self._marked = marked
        self._job: Job[tuple[Row, ...]] | None = None
        panel.search_wanted.connect(self.refresh)

    def refresh(self) -> None:
        """The list as it is now; what an earlier call would have shown is not shown any more."""
        words = self._panel.search.text().strip()

        def work(_: Cancellation) -> tuple[Row, ...]:
            history = self._house.history
            if words:
                return found(history.search(words, limit=_FOUND))
            return by_day(history.conversations(_LISTED), datetime.now().astimezone())

        if self._job is not None:
            self._job.drop()
        self._job = self._tasks.call(work, lambda rows: self._panel.show_rows(rows, self._marked()))
