"""Puts together what the window has about places beyond this computer: the pages, once wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nearling.core.language import gettext as _
from nearling.ui.beyond.leaving import Leaving
from nearling.ui.chat.title_bar import TitleBar
from nearling.ui.house import House
from nearling.ui.pages import Pages
from nearling.ui.session import Session
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme

if TYPE_CHECKING:  # nobody looks at the pages before the window is seen
    from nearling.ui.beyond.endpoints_page import EndpointsPage
    from nearling.ui.beyond.network_page import NetworkPage
    from nearling.ui.beyond.tending import Tending


class Beyond(QObject):
    changed = Signal()
    """Endpoints have come or gone, or are others."""

    def __init__(
        self,
        window: QWidget,
        house: House,
        theme: Theme,
        tasks: Tasks,
        *,
        pages: Pages,
        session: Session,
        title: TitleBar,
    ) -> None:
        super().__init__(window)
        self._window, self._house, self._theme, self._tasks = window, house, theme, tasks
        self._pages = pages
        self.endpoints: EndpointsPage | None = None
        self.tending: Tending | None = None
        self.network: NetworkPage | None = None
        Leaving(self, house, tasks, session, title)
        session.ended.connect(self._look_at_network)
        self._add_action(_("Endpoints"), "Ctrl+Shift+E", self.open_endpoints)
        self._add_action(_("Network"), "Ctrl+Shift+N", self.open_network)

    def open_endpoints(self) -> None:
        from nearling.ui.beyond.endpoints_page import EndpointsPage
        from nearling.ui.beyond.tending import Tending

        if self.endpoints is None or self.tending is None:
            self.endpoints = EndpointsPage(self._theme)
            self.endpoints.closed.connect(self._pages.close)
            self.tending = Tending(self.endpoints, self._house, self._tasks)
            self.tending.changed.connect(self.changed)
        self._pages.open(self.endpoints)
        self.tending.look_again()
        self.endpoints.add.setFocus()

    def open_network(self) -> None:
        from nearling.ui.beyond.network_page import NetworkPage

        if self.network is None:
            self.network = NetworkPage(self._theme)
            self.network.closed.connect(self._pages.close)
        self._pages.open(self.network)
        self._look_at_network()
        self.network.back.setFocus()

    def _look_at_network(self) -> None:
        if (page := self.network) is not None and page.isVisible():
            from nearling.ui.beyond.network_page import LIMIT
            from nearling.ui.beyond.rows import rows_of

            self._tasks.call(
                lambda _: rows_of(self._house.history.connections(LIMIT)), page.show_rows
            )

    def _add_action(self, words: str, keys: str, act: Callable[[], None]) -> None:
        action = QAction(words, self._window)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked=False: act())
        self._window.addAction(action)
