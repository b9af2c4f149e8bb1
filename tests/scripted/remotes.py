"""Asks the scripted endpoint with the real client, over a real socket."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.events import Delta, Finished, Written
from nearling.core.network import Connection
from nearling.core.outgoing import Destination, Outgoing
from nearling.core.writers import Zone
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.patience import Limits
from nearling.engines.cloud.remote import Remote
from scripted.endpoint import Stub

KEY = "sk-made-up-0123456789"
SECRET = "the colour of my door"
BODY = (
    b'{"model":"m","messages":[{"role":"user","content":"the colour of my door"}],'
    b'"stream":true,"stream_options":{"include_usage":true},"max_tokens":9}'
)
PATIENT = Limits(connect=5.0, first_token=15.0, between=15.0, after=5.0, total=30.0, pause=0.01)
QUICK = Limits(connect=1.0, first_token=0.7, between=0.7, after=0.2, total=2.0, pause=0.01)
"""For who is to be waited for in vain."""
HANG = 12.0
"""Seconds: beyond the limits of QUICK, and before any of PATIENT could have ended it."""


class Ledger:
    """Fulfils Ledger, in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, Connection] = {}

    def connecting(self, connection: Connection) -> None:
        self.rows[connection.id] = connection

    def connected(self, id: str, *, address: str, sent: int, received: int, outcome: str) -> None:
        row = self.rows[id]
        self.rows[id] = replace(row, address=address, sent=sent, received=received, outcome=outcome)

    @property
    def outcomes(self) -> list[str]:
        return [row.outcome for row in self.rows.values()]


@dataclass
class Told:
    """What came of a question."""

    text: str = ""
    finished: Finished | None = None
    failure: RemoteFailure | None = None
    seconds: float = 0.0

    @property
    def reason(self) -> RemoteKind | None:
        return self.failure and self.failure.reason


@dataclass
class Client:
    ledger: Ledger = field(default_factory=Ledger)
    breakers: Breakers = field(default_factory=Breakers)
    limits: Limits = PATIENT
    zone: Zone = Zone.NETWORK

    key: Callable[[], str] = lambda: KEY
    changes: dict[str, Any] = field(default_factory=dict)
    """Of the endpoint."""

    def endpoint(self, stub: Stub) -> Endpoint:
        return replace(Endpoint("mine", stub.url, (), self.zone), **self.changes)

    def remote(self, stub: Stub) -> Remote:
        return Remote(self.endpoint(stub), self.key, self.ledger, self.breakers, self.limits)

    def outgoing(self, stub: Stub, body: bytes = BODY) -> Outgoing:
        url = f"{stub.url}/chat/completions"
        where = Destination("mine", "m", url, "127.0.0.1", self.zone)
        return Outgoing(where, (), body, 9, None, dispensable=("stream_options",))

    def send(self, stub: Stub, cancellation: Cancellation | None = None) -> Iterator[Written]:
        outgoing = self.outgoing(stub)
        return self.remote(stub).send(
            outgoing, outgoing.digest, "turn", cancellation or Cancellation()
        )

    def ask(self, stub: Stub) -> Told:
        told = Told()
        begun = time.monotonic()
        try:
            for written in self.send(stub):
                assert told.finished is None, "something came after the end"
                if isinstance(written, Delta):
                    told.text += written.text
                elif isinstance(written, Finished):
                    told.finished = written
        except RemoteFailure as failure:
            told.failure = failure
        told.seconds = time.monotonic() - begun
        return told
