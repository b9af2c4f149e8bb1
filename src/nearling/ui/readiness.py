"""Loads what asking, answering, looking, talking and the pages need: most of it once the window is
seen, the rest when somebody begins to write or looks at an earlier conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from PySide6.QtCore import QObject

from nearling.core.cancellation import Cancellation
from nearling.ui.house import House
from nearling.ui.tasks import Tasks
from nearling.ui.unhurried import Unhurried

_WITHOUT_QT = (
    "nearling.assistant.draft_signals",
    "psutil",
    "nearling.settings.keys",
    "nearling.catalogue.prices",
    "nearling.catalogue.find_writers",
    "nearling.core.spreadsheet",
)
"""Some take longer than an event should; all may be loaded on a thread."""
_LATER = (
    "nearling.core.events",
    "nearling.ui.chat.turn_view",
    "nearling.ui.chat.announcer",
    "nearling.ui.picture.canvas",
    "nearling.ui.picture.pane",
    "nearling.ui.tables.tables",
    "nearling.ui.compose.picture_chip",
    "nearling.ui.compose.document_chip",
    "nearling.ui.compose.clip_chip",
    "nearling.ui.consent.consenting",
    "nearling.ui.chat.prose",
    "nearling.ui.chat.passage",
    "nearling.ui.chat.answer",
    "nearling.ui.chat.further",
    "nearling.ui.chat.citations",
    "nearling.ui.chat.receipt_popup",
    "nearling.ui.chat.remarks",
    "nearling.ui.tables.written",
    "nearling.ui.chat.turn_widget",
    "nearling.core.talk",
    "nearling.ui.speaking",
    "nearling.ui.talk",
    "nearling.ui.page",
    "nearling.ui.models.card",
    "nearling.ui.models.page",
    "nearling.ui.models.shelving",
    "nearling.ui.beyond.endpoint_card",
    "nearling.ui.beyond.endpoints_page",
    "nearling.ui.beyond.form",
    "nearling.ui.beyond.tending",
    "nearling.ui.beyond.network_page",
    "nearling.ui.extraction.page",
    "nearling.ui.extraction.extracting",
    "nearling.ui.dialogs.settings",
)


class Readiness(QObject):
    def __init__(self, parent: QObject, house: House, tasks: Tasks) -> None:
        super().__init__(parent)
        self._house = house
        self._tasks = tasks
        self._begun = self._ready = False
        self._waiting: list[Callable[[], None]] = []

    def see(self) -> None:
        """The window is seen."""
        self._tasks.call(
            lambda _: [import_module(name) for name in _WITHOUT_QT],
            lambda _: self._load_later(),
        )

    def _load_later(self) -> None:
        Unhurried(_LATER, self)

    def begin(self) -> None:
        """Somebody will soon ask, it seems."""
        if self._begun:
            return
        self._begun = True

        def work(_: Cancellation) -> Iterator[None]:
            from nearling.ui.markdown.readiness import get_ready

            get_ready()
            yield
            _assistant = self._house.assistant

        self._tasks.stream(work, lambda _: None, ended=self._done)

    def when_ready(self, act: Callable[[], None]) -> None:
        if self._ready:
            act()
        else:
            self._waiting.append(act)
            self.begin()

    def _done(self) -> None:
        self._ready = True  # or it failed, which has been told: nothing waits for it any more
        for act in self._waiting:
            act()
        self._waiting.clear()
