"""What happens while somebody talks, from the key to the text, in order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from nearling.core.errors import NearlingError
from nearling.core.hearing import Hearing, Transcript


class Ending(StrEnum):
    """Why a take ended; what was heard is kept, whichever it is."""

    RELEASED = "released"
    """The person ended it: let go of the key, pressed it once more, or said so."""
    QUIET = "quiet"
    """Hands-free, and nobody spoke any more."""
    LOST = "lost"
    """The microphone gave nothing any more."""
    FULL = "full"
    """The disk takes no more."""
    CLOSED = "closed"
    """Nearling ends; the take will be found at its next start."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The key went down; nothing is heard yet."""

    take: Path
    """Where it will lie; names this take in all that follows."""


@dataclass(frozen=True, slots=True)
class Listening:
    """The first samples are here."""

    device: str
    first_sample_ms: float
    """Since the key went down; below 0 where the microphone had listened ahead."""


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is, at most 15 times a second; 0 dB is the loudest that can be told."""

    rms_db: float
    peak_db: float
    clipped: bool


@dataclass(frozen=True, slots=True)
class NothingArrives:
    """For a second there was no sound at all, as from a muted microphone; the take goes on."""


@dataclass(frozen=True, slots=True)
class SomethingArrives:
    """After NothingArrives: there is sound again."""


@dataclass(frozen=True, slots=True)
class HandsFree:
    """The key was only tapped: the take ends by itself when nobody speaks any more."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood so far; the take may still grow, and another one may have begun."""

    take: Path
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Ended:
    """The take is whole and on the disk; its text follows, unless the reason is CLOSED."""

    take: Path
    reason: Ending


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that was said; the take stays until somebody has it removed."""

    take: Path
    transcript: Transcript


@dataclass(frozen=True, slots=True)
class NothingSaid:
    """Nobody spoke in the take; it stays until somebody has it removed."""

    take: Path


@dataclass(frozen=True, slots=True)
class Dropped:
    """Cancelled: the take is gone and nothing of it will follow."""

    take: Path


@dataclass(frozen=True, slots=True)
class Troubled:
    """It did not come to a text."""

    error: NearlingError
    take: Path | None
    """What can still be heard later; None where nothing was recorded."""


@dataclass(frozen=True, slots=True)
class ListeningAhead:
    """Whether the last seconds before a key press are kept in memory from now on."""

    on: bool


Told = (
    Opening
    | Listening
    | Level
    | NothingArrives
    | SomethingArrives
    | HandsFree
    | Heard
    | Ended
    | Spoken
    | NothingSaid
    | Dropped
    | Troubled
    | ListeningAhead
)
