"""Makes a clean sheet look like a photo of paper on a desk, and carries its boxes along."""

import io
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from nearling.bench.canvas import Box, DrawnLine, Sheet

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Wear:
    """How much a photo suffers. The defaults are a careful snapshot by hand indoors.

    `turn` in degrees (at most 4), `tilt` as the share of the page's shorter side its corners
    may move by, `shade` as the share of light lost at the dark end, `blur` as the radius in
    pixels, `noise` as the deviation in levels of 255, `quality` of the JPEG.
    """

    turn: float = 2.0
    tilt: float = 0.03
    shade: float = 0.35
    blur: float = 0.6
    noise: float = 4.0
    quality: int = 70


def photograph(sheet: Sheet, seed: int, wear: Wear | None = None, desk: str = "#6b5a4a") -> Sheet:
    """The sheet as a JPEG photo on a desk; the same seed gives the same photo.

    The photo is larger than the sheet by the desk around it. Each line's box becomes the
    axis-aligned box around its four corners after the same perspective.
    """
    wear = wear or Wear()
    chance = random.Random(seed)
    width, height = sheet.size
    margin = round(0.05 * min(width, height)) + 12
    size = (width + 2 * margin, height + 2 * margin)
    corners = _corners(width, height)
    forward = _homography(corners, _moved(corners, margin, wear, chance))
    photo = _on_desk(sheet, size, np.linalg.inv(forward), desk)
    pixels = np.asarray(photo, dtype=np.float64) * _light(size, wear.shade, chance)
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    image = image.filter(ImageFilter.GaussianBlur(wear.blur))
    pixels = np.asarray(image, dtype=np.float64)
    # numpy keeps the legacy generator's stream fixed for good; the new one's may change.
    grain = np.random.RandomState(seed).normal(0.0, wear.noise, pixels.shape)
    encoded = io.BytesIO()
    Image.fromarray((pixels + grain).clip(0, 255).astype(np.uint8)).save(
        encoded, "JPEG", quality=wear.quality
    )
    lines = tuple(DrawnLine(line.text, _carried(line.box, forward)) for line in sheet.lines)
    return Sheet(encoded.getvalue(), size, lines)


def photo_of(
    draw: Callable[[], Sheet], seed: int, wear: Wear | None = None, desk: str = "#6b5a4a"
) -> Callable[[], Sheet]:
    """A drawing that draws the sheet and photographs it, for a pair's `draw`."""
    return lambda: photograph(draw(), seed, wear, desk)


def _corners(width: float, height: float) -> Floats:
    return np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)


def _moved(corners: Floats, margin: int, wear: Wear, chance: random.Random) -> Floats:
    """The corners turned about the middle, each pushed a little, then shrunk onto the desk."""
    width, height = corners[2]
    centre = np.array([width / 2, height / 2])
    angle = math.radians(chance.uniform(0.5, 1.0) * wear.turn * chance.choice((-1, 1)))
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    reach = wear.tilt * min(width, height)
    push = np.array([[chance.uniform(-reach, reach) for _ in range(2)] for _ in range(4)])
    moved = (corners - centre) @ turn + push
    # Whatever the turn and the push, the whole page must stay in the photo.
    room = np.array([width / 2 + margin - 4, height / 2 + margin - 4])
    shrink = min(1.0, float((room / np.abs(moved).max(axis=0)).min()))
    return np.asarray(moved * shrink + centre + margin)


def _homography(source: Floats, target: Floats) -> Floats:
    """The 3x3 matrix that takes four points to four others (direct linear transform)."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    solved = np.linalg.solve(np.array(rows), target.reshape(8))
    return np.append(solved, 1.0).reshape(3, 3)


def _on_desk(sheet: Sheet, size: tuple[int, int], inverse: Floats, desk: str) -> Image.Image:
    page = Image.open(io.BytesIO(sheet.picture)).convert("RGB")
    coefficients = tuple(float(value) for value in (inverse / inverse[2, 2]).flatten()[:8])
    bend = Image.Transform.PERSPECTIVE
    seen = page.transform(size, bend, coefficients, Image.Resampling.BICUBIC)
    inside = Image.new("L", page.size, 255).transform(size, bend, coefficients)
    photo = Image.new("RGB", size, desk)
    photo.paste(seen, mask=inside)
    return photo


def _light(size: tuple[int, int], shade: float, chance: random.Random) -> Floats:
    """How bright each pixel is lit, `height x width x 1`: a soft shadow from one side."""
    width, height = size
    angle = chance.uniform(0, 2 * math.pi)
    across, down = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    depth = across * math.cos(angle) + down * math.sin(angle)
    soft = 1 / (1 + np.exp(-4 * (depth - chance.uniform(0.0, 0.4))))
    return np.asarray((1.0 - shade * soft)[..., None])


def _carried(box: Box, forward: Floats) -> Box:
    left, top, right, bottom = box
    corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]])
    x, y, w = forward @ corners.T
    return (
        float((x / w).min()),
        float((y / w).min()),
        float((x / w).max()),
        float((y / w).max()),
    )
