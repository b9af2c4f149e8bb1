"""Draws screens and messages, and pictures that hold no text at all."""

from __future__ import annotations

import io
import zlib

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.damage import photograph
from nearling.bench.fonts import DEVELOP
from nearling.bench.useful.questions import Blank, Screen

_SIZE = 18
_DARK, _LIGHT = ("#101418", "#d8dee4"), ("#fbfbfa", "#1c1f23")
_COLOURS = {
    "red": "#d02020",
    "orange": "#f08020",
    "yellow": "#f4d020",
    "green": "#2e9e3e",
    "turquoise": "#30c8c0",
    "blue": "#2858d8",
    "purple": "#8030a8",
    "pink": "#f488b8",
    "brown": "#7a4a26",
    "beige": "#e8dcc0",
    "black": "#080808",
    "white": "#fafafa",
    "grey": "#868686",
    "light blue": "#90c8f0",
    "dark blue": "#10286c",
    "dark green": "#104a1e",
    "light grey": "#cdcdcd",
}
_MAKER, _MODEL, _DETAILS, _TAKEN = 0x010F, 0x0110, 0x8769, 0x9003
"""Tags of EXIF."""


def screen(shown: Screen) -> bytes:
    """Letters of equal width as a terminal has them, dark or light; perhaps as a photo of it."""
    seed = zlib.crc32(shown.text.encode())
    ground, ink = (_DARK, _LIGHT)[seed % 2]
    lines = shown.text.strip("\n").splitlines()
    width = max(map(len, lines)) * round(0.6 * _SIZE) + 70
    canvas = Canvas(width, round(70 + 1.6 * _SIZE * len(lines)), DEVELOP.mono, size=_SIZE)
    canvas.panel((0, 0, width, canvas.height), fill=ground)
    canvas.lines(28, 30, lines, step=1.6 * _SIZE, ink=ink)
    sheet: Sheet = canvas.sheet()
    return (photograph(sheet, seed) if shown.form == "photo" else sheet).picture


def blank(described: Blank) -> bytes:
    """Raises KeyError for a colour that nobody has mixed."""
    size = (described.width, described.height)
    seed = zlib.crc32(described.name.encode())
    image = Image.fromarray(np.ascontiguousarray(_painted(described, seed)))
    if described.qr:
        _with_code(image, described.qr)
    if described.blurred:
        image = image.filter(ImageFilter.GaussianBlur(min(size) / 60))
    exif = image.getexif()
    if described.camera:
        exif[_MAKER], exif[_MODEL] = described.camera
    if described.taken:
        exif.get_ifd(_DETAILS)[_TAKEN] = described.taken
    content = io.BytesIO()
    image.save(content, described.format.upper(), exif=exif, quality=88)
    return content.getvalue()


def _painted(described: Blank, seed: int) -> NDArray[np.uint8]:
    """Each colour takes its share: as one area, stripes, a gradient or scattered grains."""
    height, width = described.height, described.width
    mixed = np.array([_mixed(name) for name, _ in described.colours], dtype=np.float64)
    shares = np.cumsum([share for _, share in described.colours])
    if described.pattern == "gradient":
        down = np.linspace(0, 1, height)
        middles = shares - np.diff(shares, prepend=0) / 2
        rows = np.stack([np.interp(down, middles, mixed[:, it]) for it in range(3)], axis=-1)
        return np.repeat(rows.astype(np.uint8)[:, None], width, axis=1)
    at = _positions(described, seed)
    chosen = np.minimum(np.searchsorted(shares, at, side="right"), len(mixed) - 1)
    return np.broadcast_to(mixed.astype(np.uint8)[chosen], (height, width, 3))


def _positions(described: Blank, seed: int) -> NDArray[np.float64]:
    """0 to 1 for each pixel, one column or one row of them."""
    height, width = described.height, described.width
    if described.pattern == "noise":
        # Blurred grains are so large that their colours are not mixed to one.
        grain = min(height, width) // 10 if described.blurred else 4
        shape = height // grain + 1, width // grain + 1
        grains = np.random.RandomState(seed).random_sample(shape)
        return np.repeat(np.repeat(grains, grain, axis=0), grain, axis=1)[:height, :width]
    if described.pattern == "stripes":
        # Each colour eight times, as wide as its share.
        return np.linspace(0, 8, width, endpoint=False)[None] % 1
    return np.linspace(0, 1, height, endpoint=False)[:, None]


def _mixed(name: str) -> tuple[int, ...]:
    code = _COLOURS[name]
    return tuple(int(code[at : at + 2], 16) for at in (1, 3, 5))


def _with_code(image: Image.Image, text: str) -> None:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
    drawn = Image.fromarray(np.asarray(zxingcpp.write_barcode_to_image(code, scale=1)))
    side = min(image.size) // 2
    scale = max(1, side // drawn.width)
    drawn = drawn.resize((drawn.width * scale, drawn.height * scale), Image.Resampling.NEAREST)
    left, top = (image.width - drawn.width) // 2, (image.height - drawn.height) // 2
    ImageDraw.Draw(image).rectangle(
        (left - 12, top - 12, left + drawn.width + 12, top + drawn.height + 12), fill="white"
    )
    image.paste(drawn.convert("RGB"), (left, top))
