"""What is on its way into a question: fetched, shown, and pictures and documents read ahead.

All of it in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal

from nearling.capture.mime import Fetch, fetches
from nearling.core.cancellation import Cancellation
from nearling.core.conversation import Draft
from nearling.core.errors import NearlingError
from nearling.core.language import gettext as _
from nearling.core.language import ngettext
from nearling.core.media import Capture, Medium
from nearling.core.numerals import whole
from nearling.ui.compose.composer import Composer
from nearling.ui.compose.pending import Pending
from nearling.ui.house import House
from nearling.ui.picture.pictures import Pictures, Shown
from nearling.ui.tasks import Job, Tasks
from nearling.ui.voice.recordings import Recordings

if TYPE_CHECKING:  # nothing lands before the window is seen
    from nearling.core.document import Leafed
    from nearling.core.reading import Reading

    _Seen = Capture | Shown | Reading | Leafed


class Landing(QObject):
    refused = Signal(object)
    """The NearlingError that says why something cannot be taken."""
    landed = Signal()
    """Something has come into the composer."""
    read = Signal()
    """What a picture says is known from now on."""

    def __init__(
        self,
        house: House,
        tasks: Tasks,
        pictures: Pictures,
        recordings: Recordings,
        composer: Composer,
    ) -> None:
        super().__init__()
        self._recordings = recordings
        self._house = house
        self._tasks = tasks
        self._pictures = pictures
        self._composer = composer
        self._jobs: dict[str, Job[_Seen]] = {}
        self._under_way = 0
        self._settled: Callable[[], None] = _nothing
        self._asked: tuple[str, ...] = ()
        """Digests of what the last question takes along."""
        self.pending = Pending()
        composer.landed.connect(self.take)
        composer.removed.connect(self.remove)

    def take(self, mime: QMimeData) -> None:
        self.fetch(fetches(mime))

    def fetch(self, waiting: Iterable[Fetch]) -> None:
        for each in waiting:
            self._fetch(each)

    def when_settled(self, act: Callable[[], None]) -> None:
        """Calls `act` once nothing is under way any more; not at all if something is refused.

        Until then another call takes the place of this one.
        """
        if self._under_way:
            self._settled = act
        else:
            act()

    def wake(self) -> None:
        """Something is about to land."""

        def work(_: Cancellation) -> None:
            self._house.warm_for_pictures()
            self._house.warm_up()
            _assistant = self._house.assistant  # it will be asked to read it

        self._tasks.call(work, lambda _: None)

    def remove(self, digest: str) -> None:
        self.pending.remove(digest)
        self._composer.remove_chip(digest)
        if (job := self._jobs.pop(digest, None)) is not None:
            job.drop()

    def taken_along(self, only: str = "") -> tuple[Capture, ...]:
        """What is pending, for a question; `only` is the digest of what alone goes along."""
        pending = self.pending.captures
        captures = tuple(each for each in pending if only in ("", each.digest))
        self._asked = tuple(capture.digest for capture in captures)
        return captures

    def clear_asked(self) -> None:
        """The question is kept, with what it took along; what has landed since stays."""
        for digest in self._asked:
            self.pending.remove(digest)
            job = self._jobs.pop(digest, None)
            if job is not None and self._composer.document_chip(digest) is not None:
                job.drop()  # the question goes on where reading ahead has come to
            self._composer.remove_chip(digest)
        self._asked = ()
        self._composer.clear_asked()

    def _fetch(self, fetch: Fetch) -> None:
        """One thread for each: the picture is seen before it is read, and neither waits here."""
        from nearling.core.document import Leafed
        from nearling.core.reading import Reading

        landed = ""

        def each(events: Sequence[_Seen]) -> None:
            nonlocal landed
            for event in events:
                if isinstance(event, Capture):
                    landed = event.digest
                    self._land(event, job)
            leafed = [event for event in events if isinstance(event, Leafed)]
            if not job.dropped:
                for event in events:
                    if isinstance(event, Shown | Reading):
                        self._show(event)
                if leafed:
                    self._leafed(landed, leafed[-1])

        def failed(error: NearlingError) -> bool:
            if (chip := self._composer.document_chip(landed)) is not None:
                chip.show_failure(error)
                return True
            if landed:
                self.remove(landed)
            else:
                self._settle(refused=True)
            self.refused.emit(error)
            return True

        self._under_way += 1
        job = self._tasks.stream(partial(self._work, fetch), each, failed=failed)

    def _work(self, fetch: Fetch, cancellation: Cancellation) -> Iterator[_Seen]:
        capture = fetch()
        yield capture
        if capture.medium is Medium.DOCUMENT:
            yield from self._house.assistant.leaf(capture, cancellation)
        if capture.medium is not Medium.PICTURE:
            return
        yield self._pictures.thumbnail(capture, cancellation)
        self._house.assistant.anticipate(Draft("", (capture,)), cancellation)
        if (reading := self._house.assistant.reading(capture.digest)) is not None:
            yield reading

    def _land(self, capture: Capture, job: Job[_Seen]) -> None:
        if self.pending.add(capture):
            self.landed.emit()
            self._jobs[capture.digest] = job
            if capture.medium is Medium.CLIP:
                self._recordings.show_capture(capture, self._composer.add_clip(capture))
            elif capture.medium is Medium.DOCUMENT:
                self._composer.add_document(capture)
            else:
                self._composer.add_chip(capture)
        else:
            job.drop()
        self._settle()

    def _leafed(self, digest: str, leafed: Leafed) -> None:
        chip = self._composer.document_chip(digest)
        if chip is not None:
            chip.show_leafed(leafed)
        if leafed.read >= leafed.pages.count:
            self.pending.read(digest)
            self.read.emit()

    def _show(self, seen: Shown | Reading) -> None:
        chip = self._composer.chip(seen.digest)
        if isinstance(seen, Shown):
            self._pictures.keep_thumbnail(seen)
            if chip is not None:
                chip.canvas.show_picture(seen)
            return
        self.pending.read(seen.digest)
        self.read.emit()
        if chip is not None:
            count = len(seen.lines)
            read = ngettext("Read, {n} line", "Read, {n} lines", count).format(n=whole(count))
            chip.state.setText(read if count else _("No text found"))

    def _settle(self, *, refused: bool = False) -> None:
        self._under_way -= 1
        if refused:
            self._settled = _nothing
        if not self._under_way:
            act, self._settled = self._settled, _nothing
            act()


def _nothing() -> None:
    """Nobody waits."""
