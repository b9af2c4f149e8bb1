"""Cuts found text out of its picture and fits its outline to the ink; knows no words.

A strip lies in the frame of its text: x along the line, y down across it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from nearling.engines.local.picture_decoding import Pixels

Floats = NDArray[np.floating[Any]]

_TALL = 1.8
"""So many times higher than wide, a rectangle holds text that runs up or down."""
_WIDE_GAP = 1.4
"""In heights of the strip, which is a little higher than its text: what parts two cells."""
_INK = 0.4
"""Share of the strongest contrast in a strip from which a pixel counts as ink."""
_FAINT = 16.0
"""Levels of 255; with less contrast than this, ink cannot be told from ground."""
_AIR = 0.2
"""Heights of the strip kept before and behind the ink, for the recogniser."""
_STRAIGHT = 1.0
"""Degrees: a picture whose long lines lean less was never photographed or scanned."""
_SHORT = 4.0
"""In heights; the slope of a shorter line is chance."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Extent of what is drawn in a strip, in its pixels; right and bottom are outside."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Strip:
    pixels: Pixels
    corners: Floats
    """4×2, of the strip in the picture, clockwise from the top left of its text."""
    ink: Ink | None
    """None where ink and ground could not be told apart."""

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    def part(self, left: float, top: float, right: float, bottom: float) -> Floats:
        """Corners in the picture of a rectangle given in pixels of this strip."""
        along = (self.corners[1] - self.corners[0]) / self.width
        across = (self.corners[3] - self.corners[0]) / self.height
        ends = ((left, top), (right, top), (right, bottom), (left, bottom))
        return np.array([self.corners[0] + x * along + y * across for x, y in ends])


def is_tall(corners: Floats) -> bool:
    across, down = _sides(corners)
    return down > _TALL * across


def straightened(rectangles: Floats) -> Floats:
    """The rectangles with the slope that chance gave to short ones, or to all, taken out."""
    if not len(rectangles):
        return rectangles
    sides = np.array([_sides(corners) for corners in rectangles])
    edges = rectangles[:, 1] - rectangles[:, 0]
    slopes = np.degrees(np.arctan2(edges[:, 1], edges[:, 0]))
    long = sides[:, 0] > _SHORT * sides[:, 1]
    slope = float(np.median(slopes[long])) if long.any() else 0.0
    if abs(slope) < _STRAIGHT:
        slope = 0.0
    adrift = np.abs(slopes - slope)
    chance = (adrift < _STRAIGHT) & (slope == 0.0) | ~long & (adrift < 12.0)
    upright = np.where(chance, slope, slopes)
    return np.array(
        [
            _rectangle(corners.mean(axis=0), across, down, angle)
            for corners, (across, down), angle in zip(rectangles, sides, upright, strict=True)
        ]
    )


def strips(picture: Pixels, corners: Floats) -> Iterator[Strip]:
    """The text in one rectangle: one strip, or several where wide gaps part it."""
    whole = _cut(picture, corners)
    marks = _marks(whole.pixels)
    if marks is None:
        yield whole
        return
    rows = _text_rows(marks)
    inked = np.flatnonzero(marks[rows[0] : rows[1]].any(axis=0))
    gaps = np.flatnonzero(np.diff(inked) > _WIDE_GAP * whole.height)
    air = max(2, round(_AIR * whole.height))
    for run in np.split(inked, gaps + 1):
        start, end = int(run[0]), int(run[-1]) + 1
        left, right = max(0, start - air), min(whole.width, end + air)
        yield Strip(
            pixels=whole.pixels[:, left:right],
            corners=whole.part(left, 0, right, whole.height),
            ink=Ink(start - left, rows[0], end - left, rows[1]),
        )


def turned(strip: Strip, quarters: int) -> Strip:
    """The strip as it looks after so many quarter turns clockwise."""
    return Strip(
        pixels=np.ascontiguousarray(np.rot90(strip.pixels, -quarters)),
        corners=np.roll(strip.corners, quarters, axis=0),
        ink=None,
    )


def _cut(picture: Pixels, corners: Floats) -> Strip:
    across, down = (max(1, round(side)) for side in _sides(corners))
    frame = np.array([[0, 0], [across, 0], [across, down]], np.float32)
    pixels = cv2.warpAffine(
        picture,
        cv2.getAffineTransform(corners[:3].astype(np.float32), frame),
        (across, down),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Strip(np.asarray(pixels, np.uint8), corners, None)


def _marks(pixels: Pixels) -> NDArray[np.bool_] | None:
    """Where the strip differs from its ground, which is its most common shade."""
    ground = np.median(pixels.reshape(-1, 3), axis=0)
    contrast = np.abs(pixels.astype(np.float32) - ground).max(axis=2)
    strongest = float(np.percentile(contrast, 98))
    if strongest < _FAINT:
        return None
    marks: NDArray[np.bool_] = contrast > _INK * strongest
    return marks


def _text_rows(marks: NDArray[np.bool_]) -> tuple[int, int]:
    """First and last row (outside) of the line itself, without tails of its neighbours."""
    height = len(marks)
    inked = marks.any(axis=1)
    edges = np.flatnonzero(np.diff(inked, prepend=False, append=False))
    bands = edges.reshape(-1, 2)
    core = (0.3 * height, 0.7 * height)
    own = [band for band in bands if band[1] > core[0] and band[0] < core[1]]
    if not own:
        return 0, height
    top, bottom = int(own[0][0]), int(own[-1][1])
    for first, last in bands:
        # Dots of i and accents: a band close by that does not come from outside.
        if last <= top and first > 0 and top - last <= 0.12 * height:
            top = int(first)
    return top, bottom


def _sides(corners: Floats) -> tuple[float, float]:
    across = float(np.linalg.norm(corners[1] - corners[0]))
    down = float(np.linalg.norm(corners[3] - corners[0]))
    return across, down


def _rectangle(centre: Floats, across: float, down: float, degrees: float) -> Floats:
    angle = np.radians(degrees)
    along = np.array([np.cos(angle), np.sin(angle)]) * across / 2
    below = np.array([-np.sin(angle), np.cos(angle)]) * down / 2
    return np.array(
        [
            centre - along - below,
            centre + along - below,
            centre + along + below,
            centre - along + below,
        ]
    )
