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

    __slots__ = ("_event", "_reason", "_telling", "_told")

    def __init__(self) -> None:
        self._event = threading.Event()
        # Reentrant: a signal may cancel on the very thread that is inside.
        self._telling = threading.RLock()
        self._told: list[Callable[[], None]] = []
        self._reason: Callable[[], NearlingError] = Cancelled

    def cancel(self, reason: Callable[[], NearlingError] = Cancelled) -> None:
        """The first reason counts: by default, that the person wants it so."""
        with self._telling:
            if self._event.is_set():
                return
            self._reason = reason
            self._event.set()
            for act in self._told:
                act()

    @contextmanager
    def telling(self, act: Callable[[], None]) -> Iterator[None]:
        """Calls `act` once, on the cancelling thread, if the flag is set before the block ends.

        For native work that has a flag of its own; `act` must be quick and raise nothing.
        """
        with self._telling:
            self._told.append(act)
            if self._event.is_set():
                act()
        try:
            yield
        finally:
            with self._telling:
                self._told.remove(act)

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
