"""Tells by which quarter turn the text of a picture becomes legible."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nearling.engines.local.picture_decoding import Pixels
from nearling.engines.local.text_recognition import Recognised
from nearling.engines.local.text_strips import Strip, turned

Recognise = Callable[[Sequence[Pixels]], Sequence[Recognised]]

PROBES = 4
"""So many of the longest lines speak for the picture."""
_CERTAIN = 0.9
"""Upright text scores above; upside-down text below, see `turn_of`."""
_BETTER = 0.1
_LEGIBLE = 0.7


def probes(strips: Sequence[Strip]) -> list[int]:
    """Indices of the longest strips, which carry the most letters."""
    by_length = sorted(range(len(strips)), key=lambda i: -max(strips[i].width, strips[i].height))
    return by_length[:PROBES]


def turn_of(strips: Sequence[Strip], upright: Sequence[Recognised], read: Recognise) -> int:
    """Degrees clockwise, 0, 90, 180 or 270, to turn the picture by.

    `strips` are its longest lines and `upright` what they say as they are. Upside down, the
    same lines are read again turned and compared, because nonsense can score middling; a
    picture that reads well costs nothing here.
    """
    if not strips or _certainty(upright) >= _CERTAIN:
        return 0
    sideways = sum(strip.height > strip.width for strip in strips) > len(strips) / 2
    best, turn = _certainty(upright) + _BETTER, 0
    for quarters in (1, 3) if sideways else (2,):
        certainty = _certainty(read([turned(strip, quarters).pixels for strip in strips]))
        if certainty > max(best, _LEGIBLE):
            best, turn = certainty, 90 * quarters
    return turn


def _certainty(lines: Sequence[Recognised]) -> float:
    """Mean score, each line counted by its letters."""
    weights = [max(1, len(line.text)) for line in lines]
    return float(np.average([line.score for line in lines], weights=weights))
