"""Leaves an endpoint alone that fails again and again, or that will fail until it is changed."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from nearling.core.endpoints import Endpoint
from nearling.core.errors import RemoteFailure, RemoteKind

_FAILURES = 3
"""One after the other, until it is left alone."""
_FIRST_SECONDS = 15.0
_MOST_SECONDS = 600.0
_PASSING = frozenset(
    {
        RemoteKind.TIMEOUT,
        RemoteKind.CONNECT,
        RemoteKind.SERVER,
        RemoteKind.OVERLOADED,
        RemoteKind.TRUNCATED,
        RemoteKind.PROTOCOL,
    }
)
_LASTING = frozenset(
    {RemoteKind.AUTH, RemoteKind.FORBIDDEN, RemoteKind.NOT_FOUND, RemoteKind.QUOTA}
)


@dataclass
class _Known:
    """What is remembered of one endpoint."""

    endpoint: Endpoint
    """As it was: once it is changed, nothing of this counts."""
    failures: int = 0
    seconds: float = 0.0
    """For how long it was left alone last."""
    until: float = -math.inf
    failure: RemoteFailure | None = None
    """Why it is left alone."""
    probed: bool = False
    """Somebody tries whether it works again."""
    refused: dict[str, frozenset[str]] = field(default_factory=dict)
    """Technical parameters that it does not take, by model."""


class Breakers:
    """Shared by all who ask endpoints; from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._known: dict[str, _Known] = {}

    def reason(self, endpoint: Endpoint) -> str | None:
        """Why it is left alone now, as a sentence; None: it is not."""
        with self._lock:
            failure = self._closed(self._of(endpoint))
        return None if failure is None else failure.sentence

    @contextmanager
    def trying(self, endpoint: Endpoint) -> Iterator[None]:
        """What happens inside counts. Raises RemoteFailure if `endpoint` is left alone."""
        with self._lock:
            known = self._of(endpoint)
            failure = self._closed(known)
            if failure is not None:
                left = known.until - self._clock()
                raise RemoteFailure(
                    failure.sentence,
                    failure.remedy,
                    failure.reason,
                    left if math.isfinite(left) else None,
                )
            known.probed = known.failure is not None
        try:
            yield
        except RemoteFailure as failed:
            with self._lock:
                self._failed(known, failed)
            raise
        except BaseException:
            # Nothing was learned of the endpoint: the next one may try.
            with self._lock:
                known.probed = False
            raise
        with self._lock:
            self._works(known)

    def works(self, endpoint: Endpoint) -> None:
        """It was tried in another way, or given another key."""
        with self._lock:
            self._works(self._of(endpoint))

    def refused(self, endpoint: Endpoint, model: str) -> frozenset[str]:
        """Technical parameters that it is known not to take."""
        with self._lock:
            return self._of(endpoint).refused.get(model, frozenset())

    def refuses(self, endpoint: Endpoint, model: str, parameters: frozenset[str]) -> None:
        with self._lock:
            known = self._of(endpoint)
            known.refused[model] = known.refused.get(model, frozenset()) | parameters

    def _of(self, endpoint: Endpoint) -> _Known:
        known = self._known.get(endpoint.name)
        if known is None or known.endpoint != endpoint:
            known = self._known[endpoint.name] = _Known(endpoint)
        return known

    def _closed(self, known: _Known) -> RemoteFailure | None:
        waits = known.probed or self._clock() < known.until
        return known.failure if waits else None

    def _works(self, known: _Known) -> None:
        known.failures, known.seconds, known.until = 0, 0.0, -math.inf
        known.failure, known.probed = None, False

    def _failed(self, known: _Known, failure: RemoteFailure) -> None:
        known.probed = False
        if failure.reason in _LASTING:
            known.failure, known.until = failure, math.inf
        elif failure.reason is RemoteKind.RATE_LIMITED:
            seconds = _FIRST_SECONDS if failure.retry_after is None else failure.retry_after
            known.failure, known.until = failure, self._clock() + seconds
        elif failure.reason in _PASSING:
            known.failures += 1
            if known.failures >= _FAILURES:
                known.seconds = min(max(_FIRST_SECONDS, 2 * known.seconds), _MOST_SECONDS)
                known.failure, known.until = failure, self._clock() + known.seconds
        else:
            # It answered, if only that it will not do this.
            self._works(known)
