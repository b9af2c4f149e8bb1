"""Says who answers in the open conversation, and opens the menu of those who could."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QPushButton

from nearling.core.language import gettext as _
from nearling.ui.models.known import Known
from nearling.ui.models.writer_menu import fill, name_of
from nearling.ui.session import Session
from nearling.ui.theme.theme import Theme

_WIDEST = 220
"""Pixels of a name: folders have long ones."""


class WriterButton(QPushButton):
    def __init__(
        self, theme: Theme, session: Session, known: Known, show_models: Callable[[], None]
    ) -> None:
        super().__init__()
        self._show_models = show_models
        self._session, self._known = session, known
        self.setProperty("look", "choice")
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow behind the name
        theme.dress(self, "chevron")
        self.setIconSize(QSize(14, 14))
        menu = QMenu(self)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        menu.aboutToShow.connect(self._fill)
        menu.aboutToShow.connect(known.look_again)
        self.setMenu(menu)
        session.writer_chosen.connect(self._show)
        known.changed.connect(self._show)
        known.changed.connect(lambda: self._fill() if menu.isVisible() else None)
        self._show()

    def _show(self) -> None:
        writer = self._session.writer
        name = name_of(writer, self._known)
        self.setText(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _WIDEST))
        said = _("Who answers here: {writer}").format(writer=name)
        self.setToolTip(said)
        self.setAccessibleName(said)

    def _fill(self) -> None:
        session = self._session
        choose = session.choose_writer
        fill(self.menu(), self._known, choose, self._show_models, chosen=session.writer)
