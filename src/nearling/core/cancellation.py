"""One flag that ends long work early, and why it was set."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from nearling.core.errors import Cancelled, NearlingError

_GLANCE_SECONDS = 0.05


class Cancellation:
    """Set once, from any thread; never unset."""

    __slots__ = ("_event", "_reason")

    def __init__(self) -> None:
        self._event = threading.Event()
        self._reason: Callable[[], NearlingError] = Cancelled

    def cancel(self, reason: Callable[[], NearlingError] = Cancelled) -> None:
        """The first reason counts: by default, that the person wants it so."""
        if not self._event.is_set():
            self._reason = reason
            self._event.set()

    @property
    def cancelled(self) -> bool:
        return self._event.is_set()

    def check(self) -> None:
        """Raise the reason if the flag is set."""
        if self._event.is_set():
            raise self._reason()

    @contextmanager
    def holding(self, lock: Lock) -> Iterator[None]:
        """Holds `lock`; whoever waits for it can be told to give up. Raises the reason then."""
        while not lock.acquire(timeout=_GLANCE_SECONDS):
            self.check()
        try:
            yield
        finally:
            lock.release()
