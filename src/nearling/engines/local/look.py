"""Measures what can be said of a picture without knowing what it shows: file, colours, edges."""

from __future__ import annotations

import contextlib
import io
import math
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image

from nearling.core.media import Capture
from nearling.core.reading import Colour, Look
from nearling.engines.local.picture_decoding import BROKEN, FORMATS, Pixels

_SAMPLES = 200
"""Pixels along each side that speak for the colours of all."""
_MOST_COLOURS = 5
_LEAST_SHARE = 0.03
_SHADED, _NEARLY = ("grey", "green", "blue"), 0.8
_TILES, _TILE = 4, 192
_REACH = 25
"""Pixels within which an edge has to rise, else it is shading."""
_CONTRAST = 60
"""Grey levels that an edge rises by, at least."""
_SHARP, _BLURRED = 0.25, 0.15
"""How much of its rise an edge makes in one pixel; between them nothing is said. A Gaussian blur of
1 pixel leaves about 0.3 and one of 3 pixels 0.14, on drawn pages and discs, noisy or as JPEG."""
_SHADING = 0.05
"""Of a rise that is longer than the reach: no more than one in as many pixels."""
_UNCHANGED = 2
"""Grey levels from one pixel to the next."""
_WHOLE = 300
"""Pixels along the shorter side: as small as a preview."""
_FEWEST_EDGES = 200
"""Pixels in one direction."""
_LONGEST_NAME = 60


def look_at(picture: Capture, upright: Pixels) -> Look:
    """`upright` are the decoded pixels of `picture`."""
    kind, notes = _file(picture)
    sample = _sampled(upright)
    latitude, longitude = _place(notes)
    return Look(
        format=kind,
        bytes=len(picture.data),
        taken=_taken(notes),
        camera=_camera(notes),
        latitude=latitude,
        longitude=longitude,
        colours=_colours(sample),
        brightness=round(float(_grey(sample).mean()) / 255, 3),
        sharp=_is_sharp(upright),
    )


def _file(picture: Capture) -> tuple[str, dict[str, Any]]:
    """Its format and what cameras note in it, by the names of EXIF; a broken note is none."""
    notes: dict[str, Any] = {}
    kind = ""
    # Whatever is wrong with the notes, the pixels have been decoded already.
    with (
        contextlib.suppress(*BROKEN),
        warnings.catch_warnings(action="ignore"),
        Image.open(io.BytesIO(picture.data), formats=FORMATS) as image,
    ):
        kind = image.format or ""
        exif = image.getexif()
        for part in (exif, exif.get_ifd(ExifTags.IFD.Exif)):
            notes |= {ExifTags.TAGS.get(tag, ""): value for tag, value in part.items()}
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        notes |= {ExifTags.GPSTAGS.get(tag, ""): value for tag, value in place.items()}
    return kind, notes


def _taken(notes: dict[str, Any]) -> str:
    """Such as 2026-05-03 14:20:07, on the camera's own clock."""
    said = str(notes.get("DateTimeOriginal") or notes.get("DateTimeDigitized") or "")
    found = re.match(r"((?:19|20)\d\d):([01]\d):([0-3]\d) ([0-2]\d:[0-5]\d:[0-5]\d)", said)
    return f"{found[1]}-{found[2]}-{found[3]} {found[4]}" if found else ""


def _camera(notes: dict[str, Any]) -> str:
    maker, model = (_name(notes.get(name)) for name in ("Make", "Model"))
    return model if model.lower().startswith(maker.lower()) else f"{maker} {model}".strip()


def _name(said: object) -> str:
    """One line of plain signs; whoever made the file may have written anything there."""
    text = said if isinstance(said, str) else ""
    return " ".join(re.sub(r"[^\w .,()/+&-]", " ", text).split())[:_LONGEST_NAME]


def _place(notes: dict[str, Any]) -> tuple[float | None, float | None]:
    found = []
    for name, negative, most in (("Latitude", "S", 90), ("Longitude", "W", 180)):
        try:
            degrees, minutes, seconds = map(float, notes[f"GPS{name}"])
            sign = -1 if notes[f"GPS{name}Ref"] == negative else 1
        except (KeyError, TypeError, ValueError, ZeroDivisionError):
            return None, None
        angle = sign * (degrees + minutes / 60 + seconds / 3600)
        if not math.isfinite(angle) or abs(angle) > most:
            return None, None
        found.append(round(angle, 6))
    return found[0], found[1]


def _grey(pixels: Pixels) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def _sampled(upright: Pixels) -> Pixels:
    height, width = upright.shape[:2]
    rows = np.linspace(0, height - 1, min(height, _SAMPLES)).astype(int)
    columns = np.linspace(0, width - 1, min(width, _SAMPLES)).astype(int)
    return np.ascontiguousarray(upright[np.ix_(rows, columns)])


def _colours(sample: Pixels) -> tuple[Colour, ...]:
    """The colours that people have words for, those with the largest share first."""
    hsv = cv2.cvtColor(sample, cv2.COLOR_RGB2HSV).reshape(-1, 3)
    hue, saturation, value = (hsv[:, at].astype(int) for at in range(3))
    hue *= 2
    plain = saturation < 40
    pale = (saturation >= 30) & (saturation < 100) & (value > 170)
    names = np.select(
        [
            value < 50, pale & (hue >= 20) & (hue < 65), plain & (value > 212), plain,
            (hue < 45) & (hue >= 12) & (value < 150), (hue < 12) | (hue >= 345),
            hue < 42, hue < 68, hue < 165, hue < 195, hue < 255, hue < 290,
        ],
        ["black", "beige", "white", "grey", "brown", "red",
         "orange", "yellow", "green", "turquoise", "blue", "purple"],
        "pink",
    )  # fmt: skip
    light = (value > 175) & (saturation < 130)
    dark = value < np.where(plain, 90, 130)
    found, counts = np.unique(names, return_counts=True)
    shares = sorted(zip(counts / len(names), found, strict=True), key=lambda it: (-it[0], it[1]))
    return tuple(
        Colour(
            _shaded(str(name), light[names == name], dark[names == name]), round(float(share), 3)
        )
        for share, name in shares[:_MOST_COLOURS]
        if share >= _LEAST_SHARE
    )


def _shaded(name: str, light: NDArray[np.bool_], dark: NDArray[np.bool_]) -> str:
    """As light or dark as nearly all of it is."""
    if name not in _SHADED:
        return name
    return "light " * bool(light.mean() > _NEARLY) + "dark " * bool(dark.mean() > _NEARLY) + name


def _is_sharp(upright: Pixels) -> bool | None:
    """Whether edges in all directions are steep, or none in any; None: neither is sure."""
    best = _steepest(upright)
    if best and min(best) >= _SHARP:
        return True
    if not best or max(best) <= _SHADING:
        # What is far out of focus has its edges only where it is seen as a whole.
        best = _steepest(_seen_as_a_whole(upright))
    return False if best and _SHADING < max(best) <= _BLURRED else None


def _seen_as_a_whole(upright: Pixels) -> Pixels:
    height, width = upright.shape[:2]
    share = min(1.0, _WHOLE / min(height, width))
    size = max(1, round(share * width)), max(1, round(share * height))
    return np.asarray(cv2.resize(upright, size, interpolation=cv2.INTER_AREA), np.uint8)


def _steepest(pixels: Pixels) -> list[float]:
    """How steep edges are in each direction that has some; none where one hides the others."""
    tiles = list(_tiles(pixels))
    found: list[list[float]] = [[], [], [], []]
    for tile in tiles:
        for direction, steepness in enumerate(_steepness(tile)):
            if steepness is not None:
                found[direction].append(steepness)
    # Where one part is in focus the picture is meant to be as it is.
    best = [float(np.percentile(steep, 90)) for steep in found if steep]
    # Shaking leaves the edges along it, and nothing but stripes has none across them.
    return best if len(best) > 1 or any(_is_even(tiles, axis) for axis in (0, 1)) else []


def _is_even(tiles: Sequence[NDArray[np.uint8]], axis: int) -> bool:
    """Whether nothing changes along it."""
    steps = np.concatenate([np.abs(np.diff(tile.astype(int), axis=axis)).ravel() for tile in tiles])
    return bool(steps.size) and float(np.percentile(steps, 99.9)) <= _UNCHANGED


def _tiles(upright: Pixels) -> Iterator[NDArray[np.uint8]]:
    height, width = upright.shape[:2]
    tall, wide = min(height, _TILE), min(width, _TILE)
    for top in sorted(set(np.linspace(0, height - tall, _TILES).astype(int).tolist())):
        for left in sorted(set(np.linspace(0, width - wide, _TILES).astype(int).tolist())):
            yield _grey(upright[top : top + tall, left : left + wide])


def _steepness(tile: NDArray[np.uint8]) -> Iterator[float | None]:
    """In four directions: what share of its rise the steepest edges make in one pixel."""
    smooth = cv2.GaussianBlur(tile, (5, 5), 0.7)
    right, down = (cv2.Sobel(smooth, cv2.CV_32F, dx, 1 - dx) / 8 for dx in (1, 0))
    around = np.ones((_REACH, _REACH), np.uint8)
    rise = cv2.subtract(cv2.dilate(smooth, around), cv2.erode(smooth, around))
    if np.count_nonzero(rise > _CONTRAST) < _FEWEST_EDGES:
        return
    turned = (right + down) / math.sqrt(2), (right - down) / math.sqrt(2)
    slopes = np.abs(np.stack((right, down, *turned)))
    steepest = slopes.argmax(axis=0)
    for direction, slope in enumerate(slopes):
        edges = (rise > _CONTRAST) & (steepest == direction) & (slope > rise / 40)
        if edges.sum() < _FEWEST_EDGES:
            yield None
        else:
            steep = slope[edges] / rise[edges]
            place = int(0.97 * len(steep))
            yield float(np.partition(steep, place)[place])
