"""What is known of a writer before it is asked: where it runs, what it takes, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from nearling.core.media import Medium


class Zone(StrEnum):
    """Where an answer is computed; nearest first."""

    COMPUTER = "computer"
    NETWORK = "network"
    CLOUD = "cloud"

    @property
    def distance(self) -> int:
        return tuple(Zone).index(self)

    @property
    def leaves(self) -> bool:
        """Whether asking there sends anything off this computer."""
        return self is not Zone.COMPUTER


@dataclass(frozen=True, slots=True)
class Price:
    """Micro-USD (millionths of a US dollar) per million tokens."""

    input: int
    output: int

    def of(self, tokens_in: int, tokens_out: int) -> int:
        """Micro-USD, rounded up."""
        return -(-(self.input * tokens_in + self.output * tokens_out) // 1_000_000)


FREE = Price(0, 0)


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens per second, as measured from this computer."""

    prefill: float
    decode: float
    wait: float = 0.0
    """Seconds to the first word, however long the question is."""
    longest: int | None = None
    """Tokens of the longest answer of late; None: not known, so that the most is expected."""

    def seconds(self, tokens_in: int, tokens_out: int) -> float:
        written = tokens_out if self.longest is None else min(tokens_out, self.longest)
        return self.wait + tokens_in / self.prefill + written / self.decode


@dataclass(frozen=True, slots=True)
class WriterProfile:
    """One row of the table that the router chooses from."""

    id: str
    name: str
    """As shown under an answer."""
    zone: Zone
    accepts: frozenset[Medium]
    context_length: int
    """Tokens, prompt and answer together."""
    tier: int
    """Quality: 0 quotes only, 1 small language model, 2 middling, 3 large."""
    price: Price | None = FREE
    """None: unknown, which is never treated as free."""
    speed: Speed | None = None
    """None: not measured yet."""
    answer_tokens: int = 512
    """The most an answer may hold; reserved in the context and in the predicted price."""
    memory: int = 0
    """Bytes that asking it takes beyond what it holds already; 0 also for one elsewhere."""
    over_network: bool = False
    """It is on another computer: where no network is up it cannot be reached."""
    order: int = 0
    """Its place among writers of its zone that are otherwise alike, as the person sorted them."""

    @property
    def endpoint(self) -> str:
        """The endpoint it is reached through; empty for one on this computer."""
        return self.id.partition("/")[0] if self.zone.leaves else ""
