"""Tries an endpoint out with a question of our own, and says in words what is the matter."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, RemoteModel
from nearling.core.errors import KeyFailure, RemoteFailure, RemoteKind
from nearling.core.language import gettext as _
from nearling.core.network import Connection, Ledger, Purpose
from nearling.core.outgoing import Destination, Outgoing
from nearling.core.tested import Tested
from nearling.core.writers import Zone
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.chat_stream import ChatStream, answer_of
from nearling.engines.cloud.client import Client
from nearling.engines.cloud.failures import failure
from nearling.engines.cloud.model_list import MOST_BYTES, models_of
from nearling.engines.cloud.parcel import Parcel, Permit, address
from nearling.engines.cloud.patience import Limits, Patience
from nearling.engines.cloud.relays import relays
from nearling.settings.addresses import host

QUESTION = "Reply with: ok"
"""All that is sent; nothing of the person's."""
_TOKENS = 8
_LOOK_SECONDS = 10.0
_NAMED = 5
"""Models, where the one asked for is not there."""
_MISPLACED = frozenset({RemoteKind.NOT_FOUND, RemoteKind.PROTOCOL, RemoteKind.REDIRECT})
"""What a wrong path looks like."""


class Trial:
    def __init__(
        self,
        endpoint: Endpoint,
        key: Callable[[], str],
        ledger: Ledger,
        breakers: Breakers,
        limits: Limits,
    ) -> None:
        self._endpoint = endpoint
        self._noting = _Noting(ledger)
        self._client = Client(endpoint, key, self._noting, breakers)
        self._limits = limits

    def tested(self, model: str, cancellation: Cancellation) -> Tested:
        """Raises StorageFailure or Cancelled."""
        begun = time.monotonic()
        zone = self._endpoint.zone
        try:
            passed_on = self._answers(model, cancellation)
        except (RemoteFailure, KeyFailure) as found:
            taken = _milliseconds(begun)
            amiss = found
            if isinstance(found, RemoteFailure) and found.reason in _MISPLACED:
                amiss = self._explained(found, model, cancellation)
            return Tested(False, amiss.sentence, amiss.remedy, self._noting.address, zone, taken)
        taken = _milliseconds(begun)
        sentence = _("“{name}” answers, from {address}. All that was sent is “{question}”.")
        if passed_on:
            zone = Zone.CLOUD
            sentence = _(
                "“{name}” answers, from {address}, and passes questions on to the cloud. "
                "All that was sent is “{question}”."
            )
        told = sentence.format(
            name=self._endpoint.name, address=self._noting.address, question=QUESTION
        )
        return Tested(True, told, "", self._noting.address, zone, taken)

    def _answers(self, model: str, cancellation: Cancellation) -> bool:
        """Whether it lets be seen that somebody else does. Raises RemoteFailure or KeyFailure."""
        outgoing = _question(self._endpoint, model)
        patience = Patience(self._endpoint.name, self._limits)
        stream = ChatStream(self._endpoint.name)
        permit = Permit(outgoing, outgoing.digest, Purpose.TEST)
        with self._client.asked(permit, patience, cancellation) as answer:
            try:
                for _written in answer_of(stream, answer.pieces, patience, cancellation):
                    pass
            except RemoteFailure:
                # A model that thinks first has no token left for a word.
                if not stream.account().finish:
                    raise
            return relays(model, answer.headers)

    def _explained(
        self, found: RemoteFailure, model: str, cancellation: Cancellation
    ) -> RemoteFailure:
        """What else is there, where no answer was."""
        name = self._endpoint.name
        offered = self._offered(self._endpoint, cancellation)
        if offered is not None:
            if any(each.id == model for each in offered):
                return found
            there = ", ".join(each.id for each in offered[:_NAMED])
            return failure(
                RemoteKind.NOT_FOUND,
                name,
                _("“{name}” has no model “{model}”.").format(name=name, model=model),
                there and _("It has these: {models}").format(models=there),
            )
        deeper = replace(self._endpoint, base_url=f"{self._endpoint.base_url}/v1")
        if self._offered(deeper, cancellation) is not None:
            return failure(
                found.reason,
                name,
                _("The address of “{name}” is not complete.").format(name=name),
                _("Change it to {url}").format(url=deeper.base_url),
            )
        if found.reason is RemoteKind.NOT_FOUND:
            return failure(
                found.reason,
                name,
                _("What is at the address of “{name}” answers, but not as it should.").format(
                    name=name
                ),
                _("Check the path: the address of most servers ends with /v1."),
            )
        return failure(
            found.reason,
            name,
            found.sentence,
            _("Check the address, and in a guest network whether you have to sign in first."),
        )

    def _offered(
        self, endpoint: Endpoint, cancellation: Cancellation
    ) -> tuple[RemoteModel, ...] | None:
        """None: no list of models is there."""
        limits = replace(self._limits, total=min(self._limits.total, _LOOK_SECONDS))
        parcel = Parcel(Purpose.TEST, address(endpoint, "models"))
        try:
            with self._client.fetched(
                parcel, Patience(endpoint.name, limits), cancellation
            ) as answer:
                return models_of(answer.beginning(MOST_BYTES), endpoint.name)
        except RemoteFailure:
            return None


class _Noting:
    """Fulfils Ledger; remembers the address that was connected last."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.address = ""

    def connecting(self, connection: Connection) -> None:
        self._ledger.connecting(connection)

    def connected(self, id: str, *, address: str, sent: int, received: int, outcome: str) -> None:
        self.address = address or self.address
        self._ledger.connected(id, address=address, sent=sent, received=received, outcome=outcome)


def _question(endpoint: Endpoint, model: str) -> Outgoing:
    url = address(endpoint, "chat/completions")
    body = {
        **endpoint.body,
        "model": model,
        "messages": [{"role": "user", "content": QUESTION}],
        "stream": True,
        "max_tokens": _TOKENS,
    }
    destination = Destination(endpoint.name, model, url, host(url), endpoint.zone)
    return Outgoing(destination, (), json.dumps(body).encode(), _TOKENS, None)


def _milliseconds(begun: float) -> int:
    return round(1000 * (time.monotonic() - begun))
