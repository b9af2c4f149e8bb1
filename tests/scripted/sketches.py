"""Pictures drawn for a test that remember what was drawn where."""

import io
from dataclasses import dataclass, field

from PIL import Image, ImageDraw, ImageFont

from nearling.core.geometry import Box
from nearling.core.media import Capture, Medium


def encoded(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def capture(data: bytes, name: str = "picture.png") -> Capture:
    return Capture(Medium.PICTURE, name, data)


@dataclass
class Sketch:
    """A picture being drawn that remembers its texts and their boxes, ascender to descender."""

    image: Image.Image
    drawn: list[tuple[str, Box]] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: int = 18, **options: str) -> None:
        """Left edge at `x`, or right edge with `align="right"`."""
        font = ImageFont.load_default(size)
        assert isinstance(font, ImageFont.FreeTypeFont)
        left, _, right, _ = font.getbbox(text)
        if options.pop("align", "left") == "right":
            x -= right
        ImageDraw.Draw(self.image).text((x, y), text, font=font, fill=options.get("ink", "black"))
        height = sum(font.getmetrics())
        self.drawn.append(
            (text, Box(round(x + left), round(y), round(x + right), round(y + height)))
        )


def sketch(width: int = 800, height: int = 400, ground: str = "white") -> Sketch:
    return Sketch(Image.new("RGB", (width, height), ground))
