"""The account of every connection: when, where to, why and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from nearling.core.writers import Zone


class Purpose(StrEnum):
    ANSWER = "answer"
    TRANSCRIBE = "transcribe"
    MODELS = "models"
    """What an endpoint offers."""
    TEST = "test"
    """Whether an endpoint answers; nothing of the person's is sent."""


@dataclass(frozen=True, slots=True)
class Connection:
    """One try to reach a server, as it is kept; nothing of what was said is in it."""

    id: str
    at: datetime
    """UTC."""
    endpoint: str
    host: str
    port: int
    zone: Zone
    """As allowed when it was begun."""
    purpose: Purpose
    turn: str = ""
    """The question it was for."""
    address: str = ""
    """That was really connected; empty if none was."""
    sent: int = 0
    """Bytes of the request's body."""
    received: int = 0
    """Bytes of the response's body."""
    outcome: str = ""
    """`done`, `cancelled`, a kind of failure; empty while it is open or if we died meanwhile."""


class Ledger(Protocol):
    """Every connection is written down before it is made. Raises StorageFailure: then none is."""

    def connecting(self, connection: Connection) -> None: ...

    def connected(self, id: str, *, address: str, sent: int, received: int, outcome: str) -> None:
        """How it went; may be called more than once."""
        ...
