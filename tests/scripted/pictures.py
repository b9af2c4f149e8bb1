"""Pictures drawn for a test, and files that only look like pictures."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont


def draw(*lines: str, size: int = 24, width: int = 640) -> Image.Image:
    """Black lines on white."""
    picture = Image.new("RGB", (width, 40 + len(lines) * size * 2), "white")
    pen = ImageDraw.Draw(picture)
    for row, line in enumerate(lines):
        pen.text((30, 30 + row * size * 2), line, font=ImageFont.load_default(size), fill="black")
    return picture


def saved(picture: Image.Image, path: Path) -> Path:
    picture.save(path)
    return path


def png_header(width: int, height: int) -> bytes:
    """A well-formed PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def encoded(picture: Image.Image, format: str = "PNG") -> bytes:
    written = io.BytesIO()
    picture.save(written, format)
    return written.getvalue()
