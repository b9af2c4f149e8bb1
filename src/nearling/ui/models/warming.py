"""Has the model take in what is known while the question is still being written."""

from __future__ import annotations

from PySide6.QtCore import QObject

from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.errors import NearlingError
from nearling.ui.compose.composer import Composer
from nearling.ui.house import House
from nearling.ui.landing import Landing
from nearling.ui.models.known import Known
from nearling.ui.session import Session
from nearling.ui.tasks import Job, Tasks


class Warming(QObject):
    """Begins with the first letter, the first word said or a picture read; a question ends it."""

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
        self._landing = landing
        self._known = known
        self._warm: object = None
        """What was taken in last."""
        self._job: Job[None] | None = None
        self._answering = False
        composer.changed.connect(self._begin)
        composer.talking.connect(self._begin)
        session.writer_chosen.connect(self._begin)
        landing.read.connect(self._begin_anew)
        session.busy.connect(self._give_way)

    def _begin(self) -> None:
        if self._answering or not self._known.models:
            return
        captures, rules = self._landing.pending.captures, self._session.rules()
        conversation = self._session.conversation
        wanted = ([each.digest for each in captures], rules, conversation)
        if wanted == self._warm:
            return
        self._stop()
        self._warm = wanted
        draft = Draft("", captures, conversation)

        def work(cancellation: Cancellation) -> None:
            self._house.assistant.prefill(draft, rules, cancellation)

        def failed(_: NearlingError) -> bool:
            return True  # whoever asks will be told

        self._job = self._tasks.call(work, lambda _: None, failed=failed)

    def _begin_anew(self) -> None:
        """The same pictures say more than before."""
        self._warm = None
        self._begin()

    def _give_way(self, answering: bool) -> None:
        """To a question: what was taken in stays, and the rest comes with it."""
        self._answering = answering
        self._stop()

    def _stop(self) -> None:
        self._warm = None
        if self._job is not None:
            self._job.drop()
            self._job = None
