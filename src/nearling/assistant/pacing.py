"""Times an answer from beyond this computer, so that the next one can be foreseen."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nearling.catalogue.paces import Pace, Paces
from nearling.core.abilities import Sender
from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint
from nearling.core.errors import StorageFailure
from nearling.core.events import Delta, Finished, Written
from nearling.core.outgoing import Outgoing

_log = logging.getLogger(__name__)

_FEWEST_TOKENS = 16
"""Fewer come in one piece, and say nothing about their pace."""
_AT_ONCE_SECONDS = 0.01
"""Between the first piece and the last: then the answer did not stream."""


@dataclass(frozen=True, slots=True)
class TimedSender:
    """Fulfils Sender; of an answer that came to its end the pace is kept."""

    sender: Sender
    paces: Paces
    endpoint: Endpoint
    model: str
    clock: Callable[[], float] = time.perf_counter

    def send(
        self, outgoing: Outgoing, consent: str, turn: str, cancellation: Cancellation
    ) -> Iterator[Written]:
        begun = self.clock()
        first = last = 0.0
        tokens = 0
        for written in self.sender.send(outgoing, consent, turn, cancellation):
            if isinstance(written, Delta):
                last = self.clock() - begun
                first = first or last
            elif isinstance(written, Finished):
                tokens = written.tokens_out
            yield written
        if last and tokens >= _FEWEST_TOKENS:
            self._keep(pace_of(first, last, tokens))

    def _keep(self, pace: Pace) -> None:
        try:
            self.paces.keep(self.endpoint, self.model, pace)
        except StorageFailure as error:
            # The answer is there; only the next one cannot be foreseen.
            _log.warning("a pace was not kept: %s", error.kind)


def pace_of(first: float, last: float, tokens: int) -> Pace:
    """Of an answer whose first and last words came so many seconds after it was asked for."""
    if last - first < _AT_ONCE_SECONDS:
        return Pace(0.0, tokens / last, tokens)
    return Pace(first, tokens / (last - first), tokens)
