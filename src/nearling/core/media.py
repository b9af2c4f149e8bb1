"""What a message can carry, and a piece of it as it comes through a door."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class Medium(StrEnum):
    TEXT = "text"
    PICTURE = "picture"
    CLIP = "clip"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes of one picture, clip or document, exactly as they were handed in."""

    medium: Medium
    name: str
    data: bytes = field(repr=False)
    spoken: bool = False
    """True: a clip that holds the question itself, not something it is about."""
    digest: str = field(init=False)
    """SHA-256 of `data` in hexadecimal: the identity under which it is kept and cached."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha256(self.data).hexdigest())

    @property
    def attachment(self) -> Attachment:
        size = len(self.data)
        return Attachment(self.medium, self.name, self.digest, size, spoken=self.spoken)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture's upright pixels, made small enough to be shown."""

    digest: str
    """Of the capture it was made from."""
    width: int
    height: int
    full_width: int
    full_height: int
    """Pixels of the upright picture itself: what boxes of a reading are measured in."""
    data: bytes = field(repr=False)
    """Rows of red, green, blue, one byte each, nothing between them."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A capture as a message remembers it; the bytes lie in the store under `digest`."""

    medium: Medium
    name: str
    digest: str
    size: int
    """Bytes."""
    spoken: bool = False
    """True: a clip that holds the question itself, not something it is about."""
