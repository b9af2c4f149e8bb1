"""Work off the GUI thread: generators run on threads, their events come back in batches.

The batches of one piece of work arrive at most thirty times a second, however fast its events come.
A cancel is quiet; a failure and a bug are told to whoever listens to `failed` and `stumbled`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Sequence
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, Interrupted, NearlingError

T = TypeVar("T")
BATCH_SECONDS = 1 / 30
_FAREWELL_SECONDS = 3.0
"""A child that does not give up its call is killed after one second."""


class Job(Generic[T]):
    """One piece of work under way."""

    def __init__(
        self,
        each: Callable[[Sequence[T]], None],
        ended: Callable[[], None],
        failed: Callable[[NearlingError], bool],
    ) -> None:
        self.cancellation = Cancellation()
        self.each = each
        self.ended = ended
        self.failed = failed
        self.arrived: list[T] = []
        self.error: BaseException | None = None
        self.delivered = 0.0
        self.woken = False
        """The GUI thread knows that there is something to deliver."""
        self.over = False
        self.dropped = False

    def cancel(self) -> None:
        """Ends it soon; what it still says is delivered."""
        self.cancellation.cancel()

    def drop(self) -> None:
        """Ends it soon; nothing of it is delivered any more."""
        self.dropped = True
        self.cancellation.cancel()


class Tasks(QObject):
    failed = Signal(object)
    """A NearlingError that nobody else took."""
    stumbled = Signal(object)
    """An exception that is a bug."""
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._jobs: dict[Job[Any], Thread] = {}
        self._closed = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setTimerType(Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._deliver)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def stream(
        self,
        work: Callable[[Cancellation], Iterable[T]],
        each: Callable[[Sequence[T]], None],
        *,
        ended: Callable[[], None] = lambda: None,
        failed: Callable[[NearlingError], bool] = lambda _: False,
    ) -> Job[T]:
        """Runs `work` on a thread of its own and calls the others on this one.

        `failed` says whether it has told the person; `ended` is called after it, too.
        """
        job = Job(each, ended, failed)
        if self._closed:  # nobody is there any more to whom it could matter
            job.dropped = True
            return job
        thread = Thread(target=self._run, args=(job, work), daemon=True, name="nearling-task")
        self._jobs[job] = thread
        thread.start()
        return job

    def call(
        self,
        work: Callable[[Cancellation], T],
        then: Callable[[T], None],
        *,
        failed: Callable[[NearlingError], bool] = lambda _: False,
    ) -> Job[T]:
        """As `stream`, for work that has one result."""
        return self.stream(
            lambda cancellation: (work(cancellation),),
            lambda results: then(results[0]),
            failed=failed,
        )

    @property
    def idle(self) -> bool:
        """Nothing is under way, and all that came of it has been delivered."""
        return not self._jobs

    def close(self) -> None:
        """Gives up everything and waits until no thread is left, for three seconds at most."""
        self._closed = True
        deadline = time.monotonic() + _FAREWELL_SECONDS
        for job in self._jobs:
            job.dropped = True
            job.cancellation.cancel(Interrupted)
        for thread in self._jobs.values():
            thread.join(max(0.0, deadline - time.monotonic()))
        self._jobs.clear()

    # On the job's thread

    def _run(self, job: Job[T], work: Callable[[Cancellation], Iterable[T]]) -> None:
        try:
            events = work(job.cancellation)
            try:
                for event in events:
                    self._post(job, event)
            finally:
                if isinstance(events, Generator):
                    events.close()
        except BaseException as error:  # noqa: BLE001  it is told on the other thread
            job.error = error
        job.over = True
        self._wake(job)

    def _post(self, job: Job[T], event: T) -> None:
        with self._lock:
            job.arrived.append(event)
        self._wake(job)

    def _wake(self, job: Job[T]) -> None:
        with self._lock:
            woken, job.woken = job.woken, True
        if not woken:
            self._arrived.emit()

    # On the GUI thread

    def _deliver(self) -> None:
        """Whatever is due; the rest when it is."""
        now = time.monotonic()
        waits = []
        for job in list(self._jobs):
            if not job.woken:
                continue
            if (wait := job.delivered + BATCH_SECONDS - now) > 0:
                waits.append(wait)
                continue
            with self._lock:
                job.woken = False
                over = job.over  # before the events are taken: none can come after it
                batch, job.arrived = job.arrived, []
            job.delivered = now
            try:
                if batch and not job.dropped:
                    job.each(batch)
                if over:
                    self._end(job)
            except Exception as error:  # noqa: BLE001  one view's bug must not stop the others
                self.stumbled.emit(error)
        if waits:
            self._pause.start(int(min(waits) * 1000) + 1)

    def _end(self, job: Job[Any]) -> None:
        self._jobs.pop(job).join()
        if job.dropped:
            return
        match job.error:
            case None | Cancelled():
                pass
            case NearlingError() as error:
                if not job.failed(error):
                    self.failed.emit(error)
            case error:
                self.stumbled.emit(error)
        job.ended()
