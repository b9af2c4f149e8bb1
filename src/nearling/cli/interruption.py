"""Ctrl-C, a termination request and a time limit all set the same flag."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from threading import Thread

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, Interrupted, NearlingError, TimedOut


@contextmanager
def interruptible(timeout_seconds: float | None = None) -> Iterator[Cancellation]:
    """A flag that Ctrl-C, SIGTERM or the time limit sets; a second Ctrl-C ends the process.

    It is set on a thread of its own: a handler interrupts the main thread wherever it is, also
    while it holds a lock that whoever is told of the flag wants to have.
    """
    cancellation = Cancellation()
    wanted = {signal.SIGINT: Cancelled, signal.SIGTERM: Interrupted}
    # Unlike a Queue, it may be put into by a handler that interrupts another put.
    asked: SimpleQueue[Callable[[], NearlingError] | None] = SimpleQueue()

    def interrupt(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        asked.put(wanted[signal.Signals(number)])

    def wait() -> None:
        try:
            reason = asked.get(timeout=timeout_seconds)
        except Empty:
            reason = TimedOut
        if reason is not None:
            cancellation.cancel(reason)

    waiting = Thread(target=wait, name="interruption", daemon=True)
    waiting.start()
    previous = {number: signal.signal(number, interrupt) for number in wanted}
    try:
        yield cancellation
    finally:
        asked.put(None)
        waiting.join()
        for number, handler in previous.items():
            signal.signal(number, handler)
