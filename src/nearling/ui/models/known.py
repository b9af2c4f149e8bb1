"""Who can answer, as it was found out in the background a moment ago."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nearling.core.cancellation import Cancellation
from nearling.core.writers import WriterProfile
from nearling.ui.house import House
from nearling.ui.tasks import Job, Tasks


class Known(QObject):
    changed = Signal()

    def __init__(self, house: House, tasks: Tasks) -> None:
        super().__init__()
        self._house = house
        self._tasks = tasks
        self._job: Job[tuple[WriterProfile, ...]] | None = None
        self.writers: tuple[WriterProfile, ...] = ()

    @property
    def models(self) -> tuple[WriterProfile, ...]:
        """Without those that only quote."""
        return tuple(each for each in self.writers if each.id not in self._house.quoting)

    @property
    def beyond(self) -> bool:
        """Whether anybody beyond this computer could be asked."""
        return any(each.zone.leaves for each in self.writers)

    def is_built_in(self, writer: str) -> bool:
        return writer in self._house.quoting

    def find(self, writer: str) -> WriterProfile | None:
        return next((each for each in self.writers if each.id == writer), None)

    def ask(self) -> tuple[str, ...]:
        """The models' names, found out now: not on the window's thread."""
        found = (each.profile.id for each in self._house.writers())
        return tuple(each for each in found if not self.is_built_in(each))

    def look_again(self) -> None:
        if self._job is not None:
            self._job.drop()

        def work(_: Cancellation) -> tuple[WriterProfile, ...]:
            return tuple(each.profile for each in self._house.writers())

        self._job = self._tasks.call(work, self._learn)

    def _learn(self, writers: tuple[WriterProfile, ...]) -> None:
        if writers != self.writers:
            self.writers = writers
            self.changed.emit()
