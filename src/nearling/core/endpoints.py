"""A server that speaks the OpenAI-compatible protocol, and the models it offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nearling.core.media import Medium
from nearling.core.writers import Price, Zone


class KeyPlace(StrEnum):
    """Where an endpoint's key lies; the key itself is never part of any value."""

    NONE = "none"
    """It wants none."""
    KEYRING = "keyring"
    """In the operating system's keyring, bound to the endpoint's origin."""
    ENVIRONMENT = "environment"
    """In an environment variable whose name is known."""
    SESSION = "session"
    """In memory, until Nearling ends."""


class Dialect(StrEnum):
    """How an endpoint is addressed, where that differs."""

    OPENAI = "openai"
    """`Authorization: Bearer KEY`."""
    AZURE = "azure"
    """`api-key: KEY`, and the version of the interface in the address."""


@dataclass(frozen=True, slots=True)
class RemoteModel:
    """What is known of a model behind an endpoint; what is not known is None."""

    id: str
    """As the endpoint spells it."""
    accepts: frozenset[Medium] = frozenset({Medium.TEXT})
    context_length: int | None = None
    """Tokens, prompt and answer together."""
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    name: str
    """The person's own, unique: small letters, digits, `-`, `_` and `.`."""
    base_url: str
    """Without a slash at its end; `/chat/completions` follows it."""
    models: tuple[RemoteModel, ...]
    """In the person's order."""
    zone: Zone
    """NETWORK or CLOUD, as the address promises it; see `nearling.settings.zones`."""
    key: KeyPlace = KeyPlace.NONE
    variable: str = ""
    """Name of the environment variable with the key."""
    dialect: Dialect = Dialect.OPENAI
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent with every request; never an authorisation."""
    query: Mapping[str, str] = field(default_factory=dict)
    """Added to the address of every request."""
    body: Mapping[str, object] = field(default_factory=dict)
    """Added to the body of every chat request, as JSON."""

    def writer(self, model: str) -> str:
        """The id under which `model` can be asked for an answer."""
        return f"{self.name}/{model}"
