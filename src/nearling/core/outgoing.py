"""What would leave this computer: shown before it does, to the byte, and changed as one likes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from nearling.core.geometry import Box
from nearling.core.writers import Zone


class Disclosure(StrEnum):
    """How much of a picture leaves; least first."""

    TEXT = "text"
    """What was read in it here."""
    REGION = "region"
    """A part of its pixels."""
    MASKED = "masked"
    """Its pixels with places blacked out."""
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class PictureEdit:
    """What of one picture leaves. Boxes are in pixels of the upright picture."""

    digest: str
    disclosure: Disclosure = Disclosure.TEXT
    region: Box | None = None
    """The part that leaves; None: all of it."""
    masks: tuple[Box, ...] = ()
    """Blacked out, filled with one colour."""


@dataclass(frozen=True, slots=True)
class Edits:
    """What a person changed of what would leave."""

    hidden: tuple[str, ...] = ()
    """Words and phrases that do not leave, wherever they stand, in whatever case."""
    dropped: frozenset[str] = frozenset()
    """Digests of attachments of which nothing leaves."""
    pictures: tuple[PictureEdit, ...] = ()
    """Those of which more than their text leaves."""
    without_earlier: bool = False
    """Nothing that was said before leaves."""


UNCHANGED = Edits()


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A JPEG made anew from pixels: it holds nothing else of the file it was made from."""

    width: int
    height: int
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Destination:
    endpoint: str
    """The name that the person gave it."""
    model: str
    url: str
    """What is posted to."""
    host: str
    """Whom that address names."""
    zone: Zone
    takes_pictures: bool = False
    """Whether the model can look at pixels."""


class PieceKind(StrEnum):
    INSTRUCTION = "instruction"
    EARLIER = "earlier"
    """A question or an answer from before."""
    SOURCE = "source"
    """What was read in a picture or heard in a recording."""
    PICTURE = "picture"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that leaves, as a person recognises it."""

    kind: PieceKind
    name: str = ""
    """Of the attachment it comes from."""
    digest: str = ""
    """Of the attachment it comes from."""
    text: str = ""
    """As it leaves."""
    picture: CleanPicture | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request as it would leave. `body` is all of it but for headers; nothing else does."""

    destination: Destination
    pieces: tuple[Piece, ...]
    body: bytes = field(repr=False)
    tokens: int
    """Of the prompt, an estimate on the long side."""
    price: int | None
    """Micro-USD at the most; None: not known."""
    hidden: int = 0
    """Places where words were hidden."""
    dispensable: tuple[str, ...] = ()
    """Names of technical parameters in `body` that may be left out where an endpoint refuses them:
    they hold nothing of the person's."""

    def varied(self, refused: Collection[str]) -> bytes:
        """`body` for an endpoint that refuses these of its technical parameters by name.

        What is dispensable goes; `max_tokens` takes its other name. Nothing else changes.
        """
        wanted = set(refused)
        parameters = {
            "max_completion_tokens" if name == "max_tokens" and name in wanted else name: value
            for name, value in json.loads(self.body).items()
            if name not in wanted.intersection(self.dispensable)
        }
        return json.dumps(parameters, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        """SHA-256 of where it goes and of all that goes there, in hexadecimal."""
        return hashlib.sha256(self.destination.url.encode() + b"\n" + self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Consent:
    """A person has seen one outgoing request and lets just that one leave, once."""

    digest: str
    """Of the Outgoing."""
    edits: Edits = UNCHANGED
    """That led to it."""
    lift: bool = False
    """What is marked to stay on this computer may leave this once."""
