"""A sheet to draw on that remembers the words and the box of every line it was given."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from nearling.bench.fonts import Face, load

Box = tuple[float, float, float, float]
Align = Literal["left", "right", "middle"]


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One run of text as drawn.

    `box` is left, top, right, bottom in pixels: as wide as the ink, as high as the font from
    its ascender to its descender, so that a line without tall letters is as high as any other.
    """

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """An encoded picture (PNG or JPEG), its width and height, and every line drawn in it."""

    picture: bytes
    size: tuple[int, int]
    lines: tuple[DrawnLine, ...]


class Canvas:
    """Draws text, panels and rules; all positions in pixels from the top left corner.

    `face`, `size` and `ink` given to the canvas hold wherever a call names none of its own.
    """

    def __init__(
        self,
        width: int,
        height: int,
        face: Face,
        *,
        size: int = 18,
        ground: str = "#ffffff",
        ink: str = "#161616",
    ) -> None:
        self.width = width
        self.height = height
        self._face = face
        self._size = size
        self._ink = ink
        self._image = Image.new("RGB", (width, height), ground)
        self._draw = ImageDraw.Draw(self._image)
        self._fonts: dict[tuple[Face, int], ImageFont.FreeTypeFont] = {}
        self._lines: list[DrawnLine] = []

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: int | None = None,
        ink: str | None = None,
        face: Face | None = None,
        align: Align = "left",
    ) -> Box:
        """Draws one line whose top is `y`; `x` is its left, right or middle. Returns its box."""
        font = self._font(face, size)
        left, _, right, _ = font.getbbox(text, anchor="la")
        start = round(x - {"left": 0, "right": right, "middle": (left + right) / 2}[align])
        self._draw.text((start, round(y)), text, fill=ink or self._ink, font=font, anchor="la")
        box = (start + left, float(round(y)), start + right, round(y) + float(_height(font)))
        self._lines.append(DrawnLine(text, box))
        return box

    def lines(
        self,
        x: float,
        y: float,
        texts: Sequence[str],
        *,
        step: float | None = None,
        size: int | None = None,
        ink: str | None = None,
        face: Face | None = None,
        align: Align = "left",
    ) -> float:
        """Draws lines below each other, `step` pixels apart; an empty one is a gap.

        Returns the `y` where the next one would start.
        """
        step = step or self._step(face, size)
        for text in texts:
            if text:
                self.text(x, y, text, size=size, ink=ink, face=face, align=align)
            y += step
        return y

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        width: float,
        *,
        step: float | None = None,
        size: int | None = None,
        ink: str | None = None,
        face: Face | None = None,
    ) -> float:
        """Draws words broken to a width, each line remembered by itself; returns the next `y`."""
        font = self._font(face, size)
        rows: list[str] = []
        row = ""
        for word in text.split():
            longer = f"{row} {word}".strip()
            if row and font.getlength(longer) > width:
                rows.append(row)
                longer = word
            row = longer
        rows.append(row)
        return self.lines(x, y, rows, step=step, size=size, ink=ink, face=face)

    def row(
        self,
        y: float,
        cells: Sequence[tuple[float, str] | tuple[float, str, Align]],
        *,
        size: int | None = None,
        ink: str | None = None,
        face: Face | None = None,
    ) -> float:
        """Draws cells at one height, each `(x, text)` or `(x, text, align)`; returns the next `y`.

        Every cell is a line of its own: a label and its price at the other edge are two.
        """
        for cell in cells:
            align: Align = cell[2] if len(cell) == 3 else "left"
            if cell[1]:
                self.text(cell[0], y, cell[1], size=size, ink=ink, face=face, align=align)
        return y + self._step(face, size)

    def table(
        self,
        y: float,
        columns: Sequence[tuple[float, Align]],
        rows: Sequence[Sequence[str]],
        *,
        step: float | None = None,
        size: int | None = None,
        ink: str | None = None,
        face: Face | None = None,
        head: Face | None = None,
    ) -> float:
        """Draws rows of cells at columns `(x, align)`, the first row in `head` when given.

        Returns the next `y`.
        """
        step = step or self._step(face, size)
        for number, cells in enumerate(rows):
            row_face = head if head is not None and number == 0 else face
            placed = [
                (x, text, align) for (x, align), text in zip(columns, cells, strict=True) if text
            ]
            self.row(y, placed, size=size, ink=ink, face=row_face)
            y += step
        return y

    def panel(
        self,
        box: Box,
        *,
        fill: str | None = None,
        outline: str | None = None,
        width: int = 1,
        radius: float = 0,
    ) -> None:
        """Draws a rectangle, filled, outlined or both, with round corners when asked."""
        self._draw.rounded_rectangle(box, radius, fill=fill, outline=outline, width=width)

    def disc(self, box: Box, fill: str) -> None:
        """Draws a filled ellipse, for avatars, buttons and lamps."""
        self._draw.ellipse(box, fill=fill)

    def rule(self, x1: float, y1: float, x2: float, y2: float, ink: str, *, width: int = 1) -> None:
        """Draws a straight line."""
        self._draw.line((x1, y1, x2, y2), fill=ink, width=width)

    def dashes(self, x1: float, x2: float, y: float, ink: str, *, dash: int = 6) -> None:
        """Draws a broken horizontal line, such as a tear-off edge or a price leader."""
        for x in range(round(x1), round(x2), 2 * dash):
            self._draw.line((x, y, min(x + dash, x2), y), fill=ink)

    def stripes(self, box: Box, widths: str, ink: str = "#000000") -> None:
        """Fills a box with bars and gaps in turn, one digit of `widths` each, like a barcode.

        No decoder reads it; what such a code says is drawn as text beside it.
        """
        left, top, right, bottom = box
        unit = (right - left) / sum(int(width) for width in widths)
        for number, width in enumerate(widths):
            if number % 2 == 0:
                self._draw.rectangle((left, top, left + int(width) * unit, bottom), fill=ink)
            left += int(width) * unit

    def measure(self, text: str, *, size: int | None = None, face: Face | None = None) -> float:
        """How many pixels wide the text would be."""
        return float(self._font(face, size).getlength(text))

    def sheet(self) -> Sheet:
        """The picture as PNG with everything drawn so far."""
        encoded = io.BytesIO()
        self._image.save(encoded, "PNG")
        return Sheet(encoded.getvalue(), (self.width, self.height), tuple(self._lines))

    def _font(self, face: Face | None, size: int | None) -> ImageFont.FreeTypeFont:
        key = (face or self._face, size or self._size)
        if key not in self._fonts:
            self._fonts[key] = load(*key)
        return self._fonts[key]

    def _step(self, face: Face | None, size: int | None) -> float:
        # A fifth of air between lines is what word processors set by default.
        return round(1.2 * _height(self._font(face, size)))


def _height(font: ImageFont.FreeTypeFont) -> int:
    ascent, descent = font.getmetrics()
    return ascent + descent
