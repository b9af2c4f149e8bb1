"""A conversation: messages, the turns that answer them, and what each attempt cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from nearling.core.geometry import Box
from nearling.core.means import Means
from nearling.core.media import Attachment, Capture
from nearling.core.outgoing import UNCHANGED, Edits
from nearling.core.writers import Zone


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person is about to ask; nothing of it is kept until a turn is opened."""

    question: str
    captures: tuple[Capture, ...] = ()
    conversation: str | None = None
    """None starts a new conversation."""
    parent: str | None = None
    """The turn this one continues; None is the conversation's latest."""
    local_only: bool = False
    """True: neither this message nor anything derived from it may leave this computer."""


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    attachments: tuple[Attachment, ...]
    local_only: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """The place in a source that an answer rests on."""

    source: str
    """The attachment's name."""
    digest: str
    text: str
    box: Box | None = None
    page: int | None = None
    moment: float | None = None
    """Seconds into a recording."""


@dataclass(frozen=True, slots=True)
class Route:
    """Who answers, where, and why, as decided before the first word."""

    writer: str
    zone: Zone
    reason: str
    predicted_seconds: float | None = None
    predicted_price: int | None = 0
    """Micro-USD; None is unknown."""
    agreed: bool = field(default=False, compare=False)
    """Consent to it was given before; not kept, since it may have been taken back meanwhile."""

    @property
    def leaves(self) -> bool:
        return self.zone.leaves

    @property
    def asks(self) -> bool:
        """Whether the person is asked before it is taken."""
        return self.leaves and not self.agreed


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an attempt really took."""

    first_token_ms: float | None
    total_ms: float
    tokens_in: int
    tokens_out: int
    price: int | None = 0
    """Micro-USD; None: not known."""
    left: tuple[str, ...] = ()
    """What left this computer, one phrase a piece; empty when nothing did."""
    reused: int = 0
    """Of `tokens_in`, those whose keys and values were still there."""
    guessed: int = 0
    """Of `tokens_out`, those that prompt lookup guessed right."""
    cut: bool = False
    """The answer ends where there was no room for more."""
    unsure: float | None = None
    """Tenth percentile of the tokens' log-probabilities (nats); None: not known."""
    left_out: tuple[str, ...] = ()
    """What the writer's context could not hold, one sentence a piece."""
    doubted: tuple[str, ...] = ()
    """Words in quotation marks that no source says."""
    again: bool = False
    """The same was asked before, and this is what was answered then."""
    means: Means | None = None
    """By which the answer came about; None: answered before that was kept."""


class TurnStatus(StrEnum):
    OPEN = "open"
    """Its owner is at work on it, or died at it."""
    WAITING = "waiting"
    """It ended without an answer and can be resumed: interrupted, failed, consent, a model."""
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    """Nobody allowed could answer it; it can be resumed when somebody can."""
    CANCELLED = "cancelled"


class AttemptStatus(StrEnum):
    WAITING = "waiting"
    """For consent: nothing has been sent."""
    RUNNING = "running"
    ANSWERED = "answered"
    DECLINED = "declined"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One writer's try at a turn."""

    id: str
    route: Route
    status: AttemptStatus
    text: str = ""
    citations: tuple[Citation, ...] = ()
    receipt: Receipt | None = None
    reason: str = ""
    """Why it declined or failed."""
    edits: Edits = UNCHANGED
    """What the person changed of what would leave, while it waits for consent."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message and everything done to answer it."""

    id: str
    conversation: str
    parent: str | None
    message: Message
    status: TurnStatus
    attempts: tuple[Attempt, ...]
    created: datetime
    """UTC."""
    note: str = ""
    """Why it waits or was not answered, as a sentence."""

    @property
    def answer(self) -> Attempt | None:
        """The latest attempt that answered."""
        answered = [a for a in self.attempts if a.status is AttemptStatus.ANSWERED]
        return answered[-1] if answered else None


@dataclass(frozen=True, slots=True)
class Summary:
    """A conversation as a list shows it."""

    id: str
    title: str
    turns: int
    updated: datetime
    """UTC."""
    latest: str = ""
    """How the latest answer begins."""
    attachments: int = 0
    """In all of its turns."""


@dataclass(frozen=True, slots=True)
class TurnOutline:
    """What is known of a turn before it is loaded: enough to leave room for it."""

    id: str
    letters: int
    """Of the question and the latest answer together."""
    attachments: int


class Mode(StrEnum):
    """How far a conversation may go for an answer."""

    HERE = "here"
    """On this computer."""
    ASK = "ask"
    """Ask before anything leaves."""
    NEEDED = "needed"
    """Beyond this computer when needed, within what consent was given for."""


class Decision(StrEnum):
    """What a person says to a turn that waits."""

    AGAIN = "again"
    """Try the same way once more."""
    SEND = "send"
    """Consent: what was shown may leave."""
    HERE = "here"
    """Answer on this computer or not at all."""
    ANEW = "anew"
    """Another answer beside the one that is there."""


class Place(StrEnum):
    """Where a search found something."""

    QUESTION = "question"
    ANSWER = "answer"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that a search found."""

    conversation: str
    title: str
    turn: str
    place: Place
    snippet: str
    asked: datetime
    """When the turn began, UTC."""
    page: int | None = None
    """Of the attached document."""
