"""Who can answer, as it was found out in the background a moment ago."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint
from nearling.core.errors import SettingsFailure
from nearling.core.writers import WriterProfile
from nearling.ui.house import House
from nearling.ui.tasks import Job, Tasks

_Found = tuple[tuple[WriterProfile, ...], tuple[Endpoint, ...]]


class Known(QObject):
    changed = Signal()

    def __init__(self, house: House, tasks: Tasks) -> None:
        super().__init__()
        self._house = house
        self._tasks = tasks
        self._job: Job[_Found] | None = None
        self.writers: tuple[WriterProfile, ...] = ()
        self.endpoints: tuple[Endpoint, ...] = ()

    @property
    def models(self) -> tuple[WriterProfile, ...]:
        """Without those that only quote."""
        return tuple(each for each in self.writers if each.id not in self._house.quoting)

    @property
    def beyond(self) -> bool:
        """Whether anybody beyond this computer could be asked."""
        return any(endpoint.models for endpoint in self.endpoints)

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

        def work(_: Cancellation) -> _Found:
            try:
                endpoints = self._house.endpoints.all()
            except SettingsFailure:  # their page says what is wrong
                endpoints = ()
            return tuple(each.profile for each in self._house.writers()), endpoints

        self._job = self._tasks.call(work, self._learn)

    def _learn(self, found: _Found) -> None:
        if found != (self.writers, self.endpoints):
            self.writers, self.endpoints = found
            self.changed.emit()
