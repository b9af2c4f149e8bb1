"""Puts together what the window has about tables of files: the page, once it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nearling.core.language import gettext as _
from nearling.ui.house import House
from nearling.ui.pages import Pages
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme

if TYPE_CHECKING:  # nobody looks at the page before the window is seen
    from nearling.ui.extraction.extracting import Extracting
    from nearling.ui.extraction.page import ExtractionPage

KEYS = "Ctrl+Shift+T"


class Extractions(QObject):
    def __init__(
        self, window: QWidget, house: House, theme: Theme, tasks: Tasks, pages: Pages
    ) -> None:
        super().__init__(window)
        self._house, self._theme, self._tasks, self._pages = house, theme, tasks, pages
        self.page: ExtractionPage | None = None
        self.extracting: Extracting | None = None
        action = QAction(_("Table of files"), window)
        action.setShortcut(QKeySequence(KEYS))
        action.triggered.connect(lambda _checked=False: self.open_page())
        window.addAction(action)

    def open_page(self) -> None:
        from nearling.ui.extraction.extracting import Extracting
        from nearling.ui.extraction.page import ExtractionPage
        from nearling.ui.extraction.sheet import Sheet

        if self.page is None:
            self.page = ExtractionPage(self._theme, Sheet())
            self.page.closed.connect(self._pages.close)
            self.extracting = Extracting(self.page, self._house, self._tasks)
        self._house.warm_up()
        self._pages.open(self.page)
        self.page.pick.setFocus()
