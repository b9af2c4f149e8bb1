"""Ctrl-C, a termination request and a time limit all set the same flag."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from nearling.core.cancellation import Cancellation
from nearling.core.errors import Cancelled, Interrupted, TimedOut


@contextmanager
def interruptible(timeout_seconds: float | None = None) -> Iterator[Cancellation]:
    """A flag that Ctrl-C, SIGTERM or the time limit sets; a second Ctrl-C ends the process."""
    cancellation = Cancellation()
    wanted = {signal.SIGINT: Cancelled, signal.SIGTERM: Interrupted}

    def interrupt(number: int, _frame: object) -> None:
        cancellation.cancel(wanted[signal.Signals(number)])
        signal.signal(number, signal.SIG_DFL)

    previous = {number: signal.signal(number, interrupt) for number in wanted}
    clock = threading.Timer(timeout_seconds or 0.0, cancellation.cancel, (TimedOut,))
    try:
        if timeout_seconds is not None:
            clock.start()
        yield cancellation
    finally:
        if timeout_seconds is not None:
            clock.cancel()
            clock.join()
        for number, handler in previous.items():
            signal.signal(number, handler)
