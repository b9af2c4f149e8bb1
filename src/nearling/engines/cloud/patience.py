"""How long a server may take: a limit for each step, and one over all of them, retries included."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.language import gettext as _
from nearling.core.language import marked
from nearling.engines.cloud.failures import failure


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds."""

    connect: float = 5.0
    """Finding the address, connecting and agreeing on a key, together."""
    first_token: float = 60.0
    """From the last byte sent to the first sign of an answer."""
    between: float = 30.0
    """From one piece of the answer to the next."""
    after: float = 2.0
    """After the end of an answer, for the account of its tokens."""
    total: float = 300.0
    pause: float = 0.5
    """Before the second try; twice that before the third."""


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class _Step:
    seconds: float
    sentence: str
    reason: RemoteKind = RemoteKind.TIMEOUT


class Patience:
    """For one request, however often it is tried; used on one thread."""

    def __init__(
        self, name: str, limits: Limits, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = name
        """Of the endpoint."""
        self._limits = limits
        self._clock = clock
        self._whole = _Step(
            limits.total, marked("“{name}” was not done with its answer in {seconds:g} s.")
        )
        self._deadline = clock() + limits.total
        self.connecting()

    def connecting(self) -> None:
        sentence = marked("“{name}” could not be reached in {seconds:g} s.")
        self._begin(_Step(self._limits.connect, sentence, RemoteKind.CONNECT))

    def sent(self) -> None:
        sentence = marked("“{name}” did not begin to answer in {seconds:g} s.")
        self._begin(_Step(self._limits.first_token, sentence))

    def moved(self) -> None:
        sentence = marked("“{name}” fell silent for {seconds:g} s in the middle of its answer.")
        self._begin(_Step(self._limits.between, sentence))

    def answered(self) -> None:
        sentence = marked("“{name}” did not end its answer.")
        self._begin(_Step(self._limits.after, sentence))

    def left(self) -> float:
        """Seconds, more than 0. Raises RemoteFailure when there are none."""
        left = min(self._until, self._deadline) - self._clock()
        if left <= 0:
            raise self.over()
        return left

    def allows(self, seconds: float) -> bool:
        """Whether there is time to wait so long and still try again."""
        return self._clock() + seconds < self._deadline

    def pause(self, number: int, asked: float | None) -> float:
        """Seconds before another try than `number`, from 0; `asked` is what the server wants."""
        return self._limits.pause * 2**number if asked is None else asked

    def over(self) -> RemoteFailure:
        """Why nothing is waited for any longer."""
        step = self._step if self._until < self._deadline else self._whole
        sentence = _(step.sentence).format(name=self.name, seconds=step.seconds)
        return failure(step.reason, self.name, sentence)

    def _begin(self, step: _Step) -> None:
        self._step = step
        self._until = self._clock() + step.seconds
