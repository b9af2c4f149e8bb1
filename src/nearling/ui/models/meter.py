"""Weighs what is being written against the context of the model that would answer it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.errors import NearlingError
from nearling.core.language import gettext as _
from nearling.core.numerals import whole
from nearling.ui.compose.composer import Composer
from nearling.ui.house import House
from nearling.ui.landing import Landing
from nearling.ui.models.known import Known
from nearling.ui.session import Session
from nearling.ui.tasks import Tasks

if TYPE_CHECKING:
    from nearling.assistant.weight import Weight

_PAUSE_MS = 300
"""Between two weighings, however fast somebody writes."""


class Meter(QObject):
    """Shows nothing where nobody but the built-in writer would answer."""

    def __init__(
        self,
        house: House,
        tasks: Tasks,
        *,
        session: Session,
        composer: Composer,
        landing: Landing,
        known: Known,
    ) -> None:
        super().__init__(composer)
        self._house = house
        self._tasks = tasks
        self._session = session
        self._composer = composer
        self._landing = landing
        self._known = known
        self._at_work = self._outdated = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._weigh)
        for told in (
            composer.changed,
            landing.read,
            session.writer_chosen,
            session.ended,
            known.changed,
        ):
            told.connect(self._soon)

    def _soon(self) -> None:
        if not self._pause.isActive():
            self._pause.start()

    def _weigh(self) -> None:
        if self._at_work:
            self._outdated = True
            return
        if not self._known.models:
            self._show(None)
            return
        question = self._composer.text.toPlainText()
        captures, rules = self._landing.pending.captures, self._session.rules()
        draft = Draft(question, captures, self._session.conversation)

        def work(_: Cancellation) -> Weight | None:
            return self._house.assistant.weigh(draft, rules)

        def failed(_: NearlingError) -> bool:
            """Whoever asks will be told; a conversation may just have been forgotten."""
            self._done(None)
            return True

        self._at_work = True
        self._tasks.call(work, self._done, failed=failed)

    def _done(self, weight: Weight | None) -> None:
        self._at_work = False
        self._show(weight)
        if self._outdated:
            self._outdated = False
            self._soon()

    def _show(self, weight: Weight | None) -> None:
        if weight is None or self._known.is_built_in(weight.writer.id):
            self._composer.show_weight("")
            return
        words = _("{tokens} of {most} tokens of context used").format(
            tokens=whole(weight.tokens), most=whole(weight.writer.context_length)
        )
        if weight.tokens > weight.room:
            words = _("{used}; the oldest is left out").format(used=words)
        self._composer.show_weight(words, full=weight.tokens > weight.room)
