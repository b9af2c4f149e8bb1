"""What was read from one picture: lines in reading order, tables and codes, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from nearling.core.geometry import Box


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as the eye sees it."""

    text: str
    score: float
    """How sure the recogniser is, 0 to 1. A wrong script can still score 1."""
    box: Box
    polygon: tuple[tuple[float, float], ...]
    """Corners clockwise from the top left of the text, in pixels of the upright picture."""
    block: int
    """Lines of one column or paragraph share a block; blocks count up in reading order."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; an empty cell has no text and no box."""

    text: str
    box: Box | None
    lines: tuple[int, ...]
    """Which of the reading's lines it is made of."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equally many cells; the first row is the header if `header`."""

    box: Box
    rows: tuple[tuple[Cell, ...], ...]
    header: bool


@dataclass(frozen=True, slots=True)
class Code:
    """A bar code or QR code and what it holds."""

    text: str
    format: str
    box: Box


@dataclass(frozen=True, slots=True)
class Colour:
    """One of the colours that people have words for."""

    name: str
    """In English, such as grey."""
    share: float
    """Of all pixels, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Look:
    """What can be said of a picture by measuring it and by reading the notes in its file."""

    format: str
    """Such as JPEG."""
    bytes: int
    taken: str
    """Such as 2026-05-03 14:20:07, by the camera's own clock; empty: the file does not say."""
    camera: str
    """Its maker and model; empty: the file does not say."""
    latitude: float | None
    longitude: float | None
    """Degrees, where it was taken; shown only to who asks for it. None: the file does not say."""
    colours: tuple[Colour, ...]
    """Those with the largest share first."""
    brightness: float
    """Mean grey level, 0 black to 1 white."""
    sharp: bool | None
    """False: blurred. None: neither is sure."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from the picture with `digest`."""

    digest: str
    width: int
    height: int
    """Pixels of the upright picture, after EXIF orientation and before `rotation`."""
    rotation: int
    """Degrees clockwise the upright picture had to be turned to be legible: 0, 90, 180, 270.
    Boxes and polygons are in pixels of the upright picture all the same."""
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    codes: tuple[Code, ...]
    engine: str
    seconds: float
    look: Look | None = None
    """None: a page of a document, a recording, or read before pictures were measured."""

    @property
    def text(self) -> str:
        """All lines, blocks apart by an empty line."""
        blocks = groupby(self.lines, key=lambda line: line.block)
        return "\n\n".join("\n".join(line.text for line in lines) for _, lines in blocks)
