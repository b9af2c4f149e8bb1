"""Another answer to a question that has one: by whom, and which of them is looked at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from nearling.core.language import gettext as _
from nearling.ui.models.known import Known
from nearling.ui.models.writer_menu import fill
from nearling.ui.notices import Notice
from nearling.ui.session import Session

if TYPE_CHECKING:  # there is no turn before the window is seen
    from nearling.ui.chat.turn_widget import TurnWidget


class Again(QObject):
    def __init__(
        self,
        window: QWidget,
        session: Session,
        known: Known,
        show_models: Callable[[], None],
        tell: Callable[[Notice], None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._known = known
        self._show_models = show_models
        self._tell = tell

    def attend(self, turn: TurnWidget) -> None:
        """To what is wanted of a turn that was made just now."""
        of, session = turn.view.id, self._session
        again = turn.anew.again
        turn.anew.again_wanted.connect(partial(self._when_free, partial(self._offer, again), of))
        turn.anew.answer_wanted.connect(partial(session.show_answer, of))
        turn.remarks.whole_wanted.connect(partial(self._when_free, session.answer_whole, of))

    def _when_free(self, act: Callable[[str], None], turn: str) -> None:
        if self._session.is_busy:
            self._tell(
                Notice(
                    _("A question is being answered right now."),
                    _("Wait until it is done, or stop it first."),
                )
            )
        else:
            act(turn)

    def _offer(self, button: QWidget, turn: str) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choose = partial(self._session.answer_anew, turn)
        fill(menu, self._known, choose, self._show_models, marked=False)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
