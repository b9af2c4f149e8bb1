"""Asks one endpoint: opens the way out with its key, and takes a refusal for what it is.

Nothing that reaches a network is imported before one is reached for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint
from nearling.core.errors import RemoteFailure
from nearling.core.network import Ledger
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.parcel import Parcel, Permit
from nearling.engines.cloud.patience import Patience
from nearling.engines.cloud.refusals import MOST_BYTES, refusal, refused_parameters

if TYPE_CHECKING:
    from nearling.engines.cloud.egress import Answer


class Client:
    def __init__(
        self, endpoint: Endpoint, key: Callable[[], str], ledger: Ledger, breakers: Breakers
    ) -> None:
        self.endpoint = endpoint
        self._key = key
        self._ledger = ledger
        self._breakers = breakers

    @contextmanager
    def asked(
        self, permit: Permit, patience: Patience, cancellation: Cancellation
    ) -> Iterator[Answer]:
        """The beginning of an answer; asked anew where a technical parameter is not taken.

        Raises RemoteFailure, KeyFailure, StorageFailure or Cancelled.
        """
        model = permit.outgoing.destination.model
        while True:
            refused = self._breakers.refused(self.endpoint, model)
            parcel = permit.parcel(self.endpoint, refused)
            begun = False
            try:
                with self.fetched(parcel, patience, cancellation, model) as answer:
                    begun = True
                    yield answer
                    return
            except RemoteFailure:
                if begun or self._breakers.refused(self.endpoint, model) == refused:
                    raise

    @contextmanager
    def fetched(
        self, parcel: Parcel, patience: Patience, cancellation: Cancellation, model: str = ""
    ) -> Iterator[Answer]:
        """Raises what `asked` raises."""
        with self._opened(parcel, patience, cancellation) as answer:
            if answer.status != 200:
                patience.answered()
                body = answer.beginning(MOST_BYTES)
                if refused := refused_parameters(answer.status, body):
                    self._breakers.refuses(self.endpoint, model, refused)
                raise refusal(self.endpoint.name, answer.status, answer.headers, body)
            yield answer

    def _opened(
        self, parcel: Parcel, patience: Patience, cancellation: Cancellation
    ) -> AbstractContextManager[Answer]:
        from nearling.engines.cloud.egress import Egress

        egress = Egress(self.endpoint, self._ledger)
        return egress.opened(parcel, self._key(), patience, cancellation)
