"""Turns the bytes of an untrusted picture into upright RGB pixels; knows nothing of text."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from nearling.core.errors import UnusableFile
from nearling.core.language import gettext as _
from nearling.core.media import Capture

Pixels = NDArray[np.uint8]
"""height × width × 3, red green blue."""

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
MOST_PIXELS = 50_000_000
"""About what the largest phone cameras and scanners deliver; decoded it takes 150 MB,
and while it is decoded some multiple of that."""

_SAMPLE = 1_000_000
"""Pixels."""

# What Pillow's decoders are known to raise on broken bytes; anything else is a bug of ours.
BROKEN = (
    EOFError,
    IndexError,
    KeyError,
    OSError,
    OverflowError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    ZeroDivisionError,
    struct.error,
    zlib.error,
)

# ISO base media brands of HEIC and HEIF pictures, at byte 8 behind "ftyp".
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def decode(picture: Capture) -> Pixels:
    """The upright pixels of the picture's first frame, transparency laid on a plain ground.

    Raises UnusableFile when the bytes are no whole picture in one of FORMATS or it has more
    than MOST_PIXELS; the size is judged by the header, before any pixel is decoded.
    """
    if not picture.data:
        raise UnusableFile(
            _("{name} is empty.").format(name=picture.name),
            _("Pick the file again or save it anew."),
        )
    # Warnings speak of oddities in the file, which are of no use to the person who owns it.
    with warnings.catch_warnings(action="ignore"):
        return _decoded(picture)


def _decoded(picture: Capture) -> Pixels:
    try:
        with Image.open(io.BytesIO(picture.data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_large(picture.name)
            image.load()
            _turn_upright(image)
            return _plain(image)
    except Image.DecompressionBombError as error:
        raise _too_large(picture.name) from error
    except UnidentifiedImageError as error:
        raise _unknown(picture) from error
    except BROKEN as error:
        raise UnusableFile(
            _("{name} is damaged or incomplete and cannot be shown.").format(name=picture.name),
            _("Copy or download it again, or open it in another program and save it as PNG."),
        ) from error


def _too_large(name: str) -> UnusableFile:
    millions = MOST_PIXELS // 1_000_000
    return UnusableFile(
        _("{name} has more than {millions} million pixels, which is too many to read.").format(
            name=name, millions=millions
        ),
        _("Cut out the part you are asking about, or save it smaller."),
    )


def _unknown(picture: Capture) -> UnusableFile:
    if picture.data[4:8] == b"ftyp" and picture.data[8:12] in _HEIC_BRANDS:
        return UnusableFile(
            _("{name} is a HEIC picture, a format that cannot be opened here.").format(
                name=picture.name
            ),
            _("Export it as JPEG or PNG and hand that in."),
        )
    return UnusableFile(
        _("{name} is not a picture in a format that can be opened here.").format(name=picture.name),
        _("Save it as PNG, JPEG, WebP, GIF, BMP or TIFF and hand that in."),
    )


def _turn_upright(image: Image.Image) -> None:
    # Where it fails the pixels are whole; only the note on how they were held is not.
    with contextlib.suppress(*BROKEN):
        ImageOps.exif_transpose(image, in_place=True)


def _plain(image: Image.Image) -> Pixels:
    if image.has_transparency_data:
        return _grounded(image.convert("RGBA"))
    if image.mode == "F" or image.mode.startswith("I"):
        return _stretched(np.asarray(image))
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def _grounded(image: Image.Image) -> Pixels:
    """Lays the picture on black where what it shows is light, else on white.

    Text in a transparent picture is drawn for a ground that is not in the file; the ground
    further from its own lightness is the one it can be read on.
    """
    alpha = image.getchannel("A")
    # A sample tells the lightness as well as all of a large picture, at no memory worth naming.
    step = max(1, round((image.width * image.height / _SAMPLE) ** 0.5))
    weights = np.asarray(alpha)[::step, ::step].astype(np.float32)
    lightness = np.asarray(image.convert("L"))[::step, ::step].astype(np.float32)
    seen = float(weights.sum())
    light = seen > 0 and float((weights * lightness).sum()) / seen > 127.5
    ground = Image.new("RGB", image.size, "black" if light else "white")
    ground.paste(image, mask=alpha)
    return np.asarray(ground)


def _stretched(values: NDArray[np.generic]) -> Pixels:
    """Deep grey levels (16 or 32 bits, or fractions) as 8 bits, darkest to lightest."""
    levels = np.nan_to_num(values.astype(np.float32), posinf=0.0, neginf=0.0)
    low, high = float(levels.min()), float(levels.max())
    grey = ((levels - low) * (255.0 / max(high - low, 1e-6))).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)
