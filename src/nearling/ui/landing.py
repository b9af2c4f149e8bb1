"""Pictures on their way into a question: fetched, shown, and read ahead, all in the background."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QMimeData, QObject, Signal

from nearling.capture.mime import Fetch, fetches
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.errors import NearlingError
from nearling.core.media import Capture
from nearling.core.reading import Reading
from nearling.ui.compose.composer import Composer
from nearling.ui.compose.pending import Pending
from nearling.ui.house import House
from nearling.ui.picture.pictures import Pictures
from nearling.ui.tasks import Job, Tasks


class Landing(QObject):
    refused = Signal(object)
    """The NearlingError that says why something cannot be taken."""

    def __init__(self, house: House, tasks: Tasks, pictures: Pictures, composer: Composer) -> None:
        super().__init__()
        self._house = house
        self._tasks = tasks
        self._pictures = pictures
        self._composer = composer
        self._reading: dict[str, Job[Reading | None]] = {}
        self._under_way = 0
        self._settled: Callable[[], None] = _nothing
        self.pending = Pending()
        composer.landed.connect(self.take)
        composer.removed.connect(self.remove)

    def take(self, mime: QMimeData) -> None:
        self.fetch(fetches(mime))

    def fetch(self, waiting: Iterable[Fetch]) -> None:
        for each in waiting:
            self._under_way += 1
            self._tasks.stream(
                _work(each),
                lambda captures: self._landed(captures[0]),
                ended=self._arrived,
                failed=self._refuse,
            )

    def when_settled(self, act: Callable[[], None]) -> None:
        """Calls `act` once nothing is under way any more; not at all if something is refused.

        Until then another call takes the place of this one.
        """
        if self._under_way:
            self._settled = act
        else:
            act()

    def _arrived(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            act, self._settled = self._settled, _nothing
            act()

    def wake(self) -> None:
        """Something is about to land."""

        def work(_: Cancellation) -> None:
            self._house.warm_for_pictures()
            self._house.warm_up()

        self._tasks.call(work, lambda _: None)

    def remove(self, digest: str) -> None:
        self.pending.remove(digest)
        self._composer.remove_chip(digest)
        if (job := self._reading.pop(digest, None)) is not None:
            job.drop()

    def clear(self) -> None:
        """What was pending has been asked about."""
        self.pending.clear()
        self._reading.clear()
        self._composer.clear()

    def _landed(self, capture: Capture) -> None:
        if not self.pending.add(capture):
            return
        chip = self._composer.add_chip(capture)

        def refuse(error: NearlingError) -> bool:
            self.remove(capture.digest)
            return self._refuse(error)

        self._pictures.show_capture(capture, chip, chip.show_picture, refuse)

        def read(cancellation: Cancellation) -> Reading | None:
            self._house.assistant.anticipate(Draft("", (capture,)), cancellation)
            return self._house.assistant.reading(capture.digest)

        self._reading[capture.digest] = self._tasks.call(
            read, lambda reading: self._read(capture.digest, reading)
        )

    def _read(self, digest: str, reading: Reading | None) -> None:
        self.pending.read(digest)
        chip = self._composer.chip(digest)
        if chip is not None and reading is not None:
            count = len(reading.lines)
            chip.show_state("No text found" if not count else f"Read, {count} lines")

    def _refuse(self, error: NearlingError) -> bool:
        self._settled = _nothing
        self.refused.emit(error)
        return True


def _work(fetch: Fetch) -> Callable[[Cancellation], tuple[Capture]]:
    return lambda _: (fetch(),)


def _nothing() -> None:
    """Nobody waits."""
