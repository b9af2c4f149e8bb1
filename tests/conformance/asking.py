"""Asks a server by way of the product's own client, and keeps all that came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from nearling.core.cancellation import Cancellation
from nearling.core.endpoints import Endpoint, KeyPlace, RemoteModel
from nearling.core.errors import RemoteFailure, RemoteKind
from nearling.core.events import Delta, Finished
from nearling.core.network import Connection
from nearling.core.outgoing import CleanPicture, Disclosure, Edits, PictureEdit
from nearling.core.prompt import Prompt, Source
from nearling.core.reading import Reading
from nearling.core.writers import Zone
from nearling.engines.cloud.breakers import Breakers
from nearling.engines.cloud.patience import Limits
from nearling.engines.cloud.remote import Remote
from nearling.privacy.payload import outgoing

SHORT = Limits(first_token=20, between=20, after=2, total=25, pause=0.01)
"""Shorter than a server wants to be left alone for, when it says 30 s."""
DIGEST = "0" * 64
PICTURE = CleanPicture(2, 2, b"\xff\xd8\xff\xe0 not looked at by anybody \xff\xd9")


@dataclass
class Kept:
    """A ledger in memory."""

    begun: list[Connection] = field(default_factory=list)
    outcomes: dict[str, str] = field(default_factory=dict)

    def connecting(self, connection: Connection) -> None:
        self.begun.append(connection)

    def connected(self, id: str, *, address: str, sent: int, received: int, outcome: str) -> None:
        self.outcomes[id] = outcome


@dataclass(frozen=True)
class Server:
    base_url: str
    key: str

    def endpoint(
        self, headers: Mapping[str, str] | None = None, body: Mapping[str, object] | None = None
    ) -> Endpoint:
        models = (RemoteModel("plain"),)
        return Endpoint(
            "peer", self.base_url, models, Zone.NETWORK, KeyPlace.SESSION,
            headers=headers or {}, body=body or {},
        )  # fmt: skip

    def remote(self, key: str | None = None, limits: Limits = SHORT) -> Remote:
        """One that nothing is known of yet."""
        return Remote(self.endpoint(), lambda: key or self.key, Kept(), Breakers(), limits)


@dataclass(frozen=True)
class Asked:
    said: str
    end: Finished | None
    failure: RemoteFailure | None
    tries: int

    @property
    def reason(self) -> RemoteKind | None:
        return self.failure and self.failure.reason


def ask(
    server: Server,
    question: str = "say hello",
    *,
    model: str = "plain",
    key: str | None = None,
    picture: bool = False,
    limits: Limits = SHORT,
    headers: Mapping[str, str] | None = None,
    body: Mapping[str, object] | None = None,
    heard: Callable[[], None] = lambda: None,
    cancellation: Cancellation | None = None,
) -> Asked:
    """Of a server that nothing is known of yet. What the failure says never holds the key."""
    endpoint, kept = server.endpoint(headers, body), Kept()
    sources = (
        (Source("shop.png", Reading(DIGEST, 2, 2, 0, (), (), (), "none", 0.0)),) if picture else ()
    )
    shown = (PictureEdit(DIGEST, Disclosure.WHOLE),) if picture else ()
    leaving = outgoing(
        Prompt(question, sources), endpoint, RemoteModel(model), Edits(pictures=shown),
        {DIGEST: PICTURE}, answer_tokens=64,
    )  # fmt: skip
    remote = Remote(endpoint, lambda: key or server.key, kept, Breakers(), limits)
    said, end, failed = "", None, None
    try:
        for event in remote.send(leaving, leaving.digest, "turn", cancellation or Cancellation()):
            match event:
                case Delta():
                    assert end is None
                    said += event.text
                    heard()
                case Finished():
                    end = event
    except RemoteFailure as failure:
        failed = failure
    assert failed is None or server.key not in f"{failed.sentence}{failed.remedy}"
    assert (end is None) != (failed is None), "an answer ends once, and well or not"
    assert kept.outcomes.keys() == {connection.id for connection in kept.begun}
    assert all(kept.outcomes.values())
    return Asked(said, end, failed, len(kept.begun))
