"""What happens on the way from a question to its answer, in order.

A generator of events ends with exactly one of the `End` events.
"""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.conversation import Attempt, Citation, Route
from nearling.core.document import Pages
from nearling.core.hearing import Transcript
from nearling.core.means import Means
from nearling.core.outgoing import UNCHANGED, Edits, Outgoing
from nearling.core.reading import Reading


@dataclass(frozen=True, slots=True)
class Opened:
    """The question and its attachments are on disk from here on."""

    conversation: str
    turn: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Something that takes long enough to be worth a sentence."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A source has been reduced to text."""

    name: str
    reading: Reading
    cached: bool
    """True: it was read before, not now."""


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """Every page of a document has been reduced to text."""

    name: str
    pages: Pages
    cached: bool
    """True: it was read before, not now."""


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """A clip has been reduced to text."""

    name: str
    transcript: Transcript
    cached: bool
    """True: it was listened to before, not now."""


@dataclass(frozen=True, slots=True)
class Worded:
    """The question was spoken, and this is what was heard."""

    question: str


@dataclass(frozen=True, slots=True)
class Routed:
    route: Route


@dataclass(frozen=True, slots=True)
class Delta:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    citation: Citation


@dataclass(frozen=True, slots=True)
class Doubted:
    """The answer has words in quotation marks that no source says."""

    text: str


@dataclass(frozen=True, slots=True)
class Compacted:
    """The writer's context could not hold everything."""

    left_out: tuple[str, ...]
    """One sentence a piece."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The writer gives its turn away before its first Delta; the next one allowed is asked."""

    reason: str
    closest: tuple[Citation, ...] = ()
    """What comes nearest to an answer without being one."""
    remedies: tuple[str, ...] = ()
    """What the person could do instead, one sentence each."""


@dataclass(frozen=True, slots=True)
class Prefilling:
    """A language model takes in its prompt, before its first Delta."""

    done: int
    """Tokens."""
    total: int


@dataclass(frozen=True, slots=True)
class Finished:
    """The writer's own account, after its last Delta."""

    tokens_in: int
    tokens_out: int
    reused: int = 0
    """Of `tokens_in`, those whose keys and values were still there."""
    guessed: int = 0
    """Of `tokens_out`, those that prompt lookup guessed right."""
    cut: bool = False
    """It ended because there was no room for more, not because all was said."""
    price: int | None = None
    """Micro-USD, as the endpoint itself accounts for it; None: it told none."""
    unsure: float | None = None
    """Tenth percentile of the tokens' log-probabilities (nats, at most 0); None: not known."""
    means: Means = Means.WRITTEN


@dataclass(frozen=True, slots=True)
class Answered:
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class CannotAnswer:
    """Nobody allowed can answer; `closest` is shown in a field of its own, never as an answer."""

    reasons: tuple[str, ...]
    remedies: tuple[str, ...]
    closest: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedsConsent:
    """The route leaves this computer; the turn waits for a Decision."""

    turn: str
    route: Route
    outgoing: Outgoing
    """What would leave, to the byte."""
    edits: Edits = UNCHANGED
    """That led to it."""
    lift: bool = False
    """Something in it is marked to stay on this computer: that has to be lifted too."""


@dataclass(frozen=True, slots=True)
class NeedsModel:
    """Only a model that is not installed could go on; the turn waits for it."""

    turn: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The turn waits; `partial` is what had been written."""

    kind: str
    sentence: str
    remedy: str
    partial: str = ""


Written = Prefilling | Delta | Cited | Declined | Finished
"""What a writer yields."""

End = Answered | CannotAnswer | NeedsConsent | NeedsModel | Failed

Event = (
    Opened
    | Progress
    | Understood
    | DocumentRead
    | WrittenDown
    | Worded
    | Routed
    | Compacted
    | Delta
    | Cited
    | Doubted
    | Declined
    | End
)
"""What the assistant yields."""
