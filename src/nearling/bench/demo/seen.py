"""What a picture of the window shows: outlines, and whether its theme is the light one."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from nearling.bench.demo.step import Shot

_RUN = 24
"""Pixels beside each other that an outline has and no letter."""


def shows_outline(seen: Image.Image) -> bool:
    """Whether there is a straight line in the outlines' teal in the middle of the window."""
    width, height = seen.size
    middle = seen.crop((width // 4, height // 14, width, round(height * 0.8)))
    red, green, blue = (plane.astype(np.int16) for plane in np.moveaxis(np.asarray(middle), 2, 0))
    teal = (green > red + 40) & (blue > red + 30) & (red < 110)
    ran = np.cumsum(np.pad(teal, ((0, 0), (1, 0))), axis=1)
    return bool((ran[:, _RUN:] - ran[:, :-_RUN] == _RUN).any())


def is_light(seen: Image.Image) -> bool:
    return float(np.asarray(seen.convert("L")).mean()) > 127


def shot(seen: Image.Image, caption: str) -> Shot:
    data = io.BytesIO()
    seen.save(data, "PNG", optimize=True)
    return Shot(data.getvalue(), seen.size, caption)
