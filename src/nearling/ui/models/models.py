"""Puts together what the window has about models: who answers, how much fits, and the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from nearling.core.cancellation import Cancellation
from nearling.core.errors import NearlingError, UnusableFile, UnusableModel
from nearling.core.language import gettext as _
from nearling.settings.options import Options
from nearling.ui.compose.composer import Composer
from nearling.ui.house import House
from nearling.ui.landing import Landing
from nearling.ui.models.again import Again
from nearling.ui.models.known import Known
from nearling.ui.models.meter import Meter
from nearling.ui.models.warming import Warming
from nearling.ui.models.writer_button import WriterButton
from nearling.ui.notices import Notice
from nearling.ui.pages import Pages
from nearling.ui.session import Session
from nearling.ui.tasks import Tasks
from nearling.ui.theme.theme import Theme

if TYPE_CHECKING:  # nobody looks at the page before the window is seen
    from nearling.catalogue.library import Installed
    from nearling.ui.chat.turn_widget import TurnWidget
    from nearling.ui.models.page import ModelsPage
    from nearling.ui.models.shelving import Shelving


class Models(QObject):
    changed = Signal()
    """Models have come or gone, or one was measured."""

    def __init__(
        self,
        window: QWidget,
        house: House,
        theme: Theme,
        tasks: Tasks,
        *,
        pages: Pages,
        session: Session,
        composer: Composer,
        landing: Landing,
        options: Callable[[], Options],
        pick_folder: Callable[[], str],
        tell: Callable[[Notice], None],
    ) -> None:
        super().__init__(window)
        self._house, self._theme, self._tasks = house, theme, tasks
        self._pages, self._session = pages, session
        self._options, self._pick_folder = options, pick_folder
        self._tell = tell
        self.page: ModelsPage | None = None
        self._shelving: Shelving | None = None
        self.known = Known(house, tasks)
        self.changed.connect(self.known.look_again)
        self.button = WriterButton(theme, session, self.known, self.open_page)
        self._again = Again(window, session, self.known, self.open_page, tell)
        Meter(house, tasks, session=session, composer=composer, landing=landing, known=self.known)
        Warming(house, tasks, session=session, composer=composer, landing=landing, known=self.known)
        action = QAction(_("Models"), window)
        action.setShortcut(QKeySequence("Ctrl+Shift+M"))
        action.triggered.connect(lambda _checked=False: self.open_page())
        window.addAction(action)
        session.ended.connect(self.known.look_again)
        pages.left.connect(self._left)

    def attend(self, turn: TurnWidget) -> None:
        """To what is wanted of a turn that was made just now."""
        self._again.attend(turn)

    def open_page(self) -> None:
        page, shelving = self._made()
        self._pages.open(page)
        shelving.begin()
        page.add.setFocus()

    def _left(self, page: QWidget) -> None:
        if page is self.page and self._shelving is not None:
            self._shelving.pause()

    def add(self, folder: Path) -> None:
        """Takes it for a model's, if it is one, and shows it among the others."""

        def work(_: Cancellation) -> Installed:
            return self._house.library.add(folder)

        def then(_: Installed) -> None:
            self.open_page()
            self.changed.emit()

        def failed(error: NearlingError) -> bool:
            if not isinstance(error, UnusableFile | UnusableModel):
                return False
            pictures = _("Of a folder with pictures, drop the pictures in it.")
            self._tell(Notice(error.sentence, f"{error.remedy} {pictures}"))
            return True

        self._tasks.call(work, then, failed=failed)

    def _made(self) -> tuple[ModelsPage, Shelving]:
        from nearling.ui.models.page import ModelsPage
        from nearling.ui.models.shelving import Shelving

        if self.page is None or self._shelving is None:
            self.page = ModelsPage(self._theme)
            self.page.closed.connect(self._pages.close)
            self._shelving = Shelving(
                self.page,
                self._house,
                self._tasks,
                self._session,
                options=self._options,
                pick_folder=self._pick_folder,
                add=self.add,
            )
            self._shelving.changed.connect(self.changed)
        return self.page, self._shelving
