"""What is heard in a recording: text with its times, while it is listened to and afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Speech:
    """How a recording is to be heard."""

    model: Path | None
    """Folder of the speech model; None where there is none yet: then only pauses are heard."""
    language: str | None = None
    """ISO 639-1, as "de"; None has the model find out."""
    translate: bool = False
    """Into English, whatever is spoken."""
    hints: tuple[str, ...] = ()
    """Names and words that are likely to come."""
    word_times: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: float
    """Seconds from the recording's beginning."""
    end: float
    probability: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words in a row, as long as a subtitle."""

    text: str
    start: float
    """Seconds from the recording's beginning."""
    end: float
    words: tuple[Word, ...] = ()
    """Empty unless asked for."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """How far the listening has come."""

    stable: str
    """Two hearings agreed on it. Of what is still being said a last one may correct a word; what
    is in finished segments never changes."""
    tentative: str
    """Follows `stable`; may change with the next words."""
    position: float
    """Seconds that have been listened to."""
    length: float | None
    """Seconds of the whole recording; None while it grows."""
    quiet: float
    """Seconds since somebody last spoke, up to `position`; all of it if nobody has."""
    segments: tuple[Segment, ...] = ()
    """Those finished since the last Hearing."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything that is said in a recording; no segment when nobody spoke."""

    segments: tuple[Segment, ...]
    language: str
    """Of the text; "" when nobody spoke."""
    engine: str
    """Names engine, model and settings."""
    seconds_audio: float
    seconds: float
    """That listening took, after the end of the recording was there."""

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)


Heard = Hearing | Transcript
"""What a transcriber yields; a Transcript is the last."""
