"""An endpoint as one of those who can answer: asked, tried, and told what it offers.

Nothing that reaches a network is imported before one is reached for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from threading import Event
from typing import TYPE_CHECKING

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.events import Written
from nearling.core.network import Ledger
from nearling.core.outgoing import Outgoing
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.chat_stream import answer_of
from nearling.engines.cloud.parcel import Parcel, answer_wanted
from nearling.engines.cloud.patience import USUAL, Limits, Patience
from nearling.engines.cloud.refusals import MOST_BYTES, refusal, refused_parameters

if TYPE_CHECKING:
    from nearling.engines.cloud.egress import Answer

_MORE_TRIES = 2
_WORTH_ANOTHER_TRY = frozenset(
    {RemoteKind.RATE_LIMITED, RemoteKind.SERVER, RemoteKind.OVERLOADED, RemoteKind.TRUNCATED}
)


class Remote:
    """Fulfils Sender; each call runs on the thread that calls."""

    def __init__(
        self,
        endpoint: Endpoint,
        key: Callable[[], str],
        ledger: Ledger,
        breakers: Breakers,
        limits: Limits = USUAL,
    ) -> None:
        """`key` may take its time and raise KeyFailure; it gives "" where none is wanted."""
        self._endpoint = endpoint
        self._key = key
        self._ledger = ledger
        self._breakers = breakers
        self._limits = limits

    def send(
        self, outgoing: Outgoing, consent: str, turn: str, cancellation: Cancellation
    ) -> Iterator[Written]:
        # What was not allowed says nothing about the endpoint.
        answer_wanted(self._endpoint, outgoing, consent, turn, ())
        with self._breakers.trying(self._endpoint):
            yield from self._tried(outgoing, consent, turn, cancellation)

    def _tried(
        self, outgoing: Outgoing, consent: str, turn: str, cancellation: Cancellation
    ) -> Iterator[Written]:
        patience = Patience(self._endpoint.name, self._limits)
        model = outgoing.destination.model
        pauses = [self._limits.pause * 2**number for number in range(_MORE_TRIES)]
        while True:
            refused = self._breakers.refused(self._endpoint, model)
            parcel = answer_wanted(self._endpoint, outgoing, consent, turn, refused)
            shown = False
            try:
                for written in self._once(parcel, model, patience, cancellation):
                    shown = True
                    yield written
            except RemoteFailure as failure:
                if self._breakers.refused(self._endpoint, model) != refused:
                    continue
                if shown or not pauses or failure.reason not in _WORTH_ANOTHER_TRY:
                    raise
                seconds = pauses.pop(0)
                if failure.retry_after is not None:
                    seconds = failure.retry_after
                if not patience.allows(seconds):
                    raise
            else:
                return
            _wait(seconds, cancellation)

    def _once(
        self, parcel: Parcel, model: str, patience: Patience, cancellation: Cancellation
    ) -> Iterator[Written]:
        with self._opened(parcel, patience, cancellation) as answer:
            if answer.status != 200:
                raise self._refusal(answer, model, patience)
            yield from answer_of(answer.pieces, patience, cancellation)

    def _opened(
        self, parcel: Parcel, patience: Patience, cancellation: Cancellation
    ) -> AbstractContextManager[Answer]:
        from nearling.engines.cloud.egress import Egress

        return Egress(self._endpoint, self._ledger).opened(
            parcel, self._key(), patience, cancellation
        )

    def _refusal(self, answer: Answer, model: str, patience: Patience) -> RemoteFailure:
        patience.answered()
        body = answer.beginning(MOST_BYTES)
        if parameters := refused_parameters(answer.status, body):
            self._breakers.refuses(self._endpoint, model, parameters)
        return refusal(self._endpoint.name, answer.status, answer.headers, body)


def _wait(seconds: float, cancellation: Cancellation) -> None:
    woken = Event()
    with cancellation.telling(woken.set):
        woken.wait(seconds)
    cancellation.check()
