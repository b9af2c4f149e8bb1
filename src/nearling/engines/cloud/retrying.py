"""Tries again where that may help, as long as nothing was shown and there is time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import TypeVar

from nearling.core.cancellation import Cancellation
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.engines.cloud.patience import Patience

_MORE_TRIES = 2
_WORTH_IT = frozenset(
    {RemoteKind.RATE_LIMITED, RemoteKind.SERVER, RemoteKind.OVERLOADED, RemoteKind.TRUNCATED}
)

T = TypeVar("T")


def retried(
    once: Callable[[], Iterator[T]], patience: Patience, cancellation: Cancellation
) -> Iterator[T]:
    """What `once` yields, of the first try that comes to yield anything. Raises what it raises."""
    for number in range(_MORE_TRIES + 1):
        shown = False
        try:
            for each in once():
                shown = True
                yield each
        except RemoteFailure as failure:
            seconds = patience.pause(number, failure.retry_after)
            last = number == _MORE_TRIES or not patience.allows(seconds)
            if shown or last or failure.reason not in _WORTH_IT:
                raise
        else:
            return
        _wait(seconds, cancellation)


def _wait(seconds: float, cancellation: Cancellation) -> None:
    woken = Event()
    with cancellation.telling(woken.set):
        woken.wait(seconds)
    cancellation.check()
