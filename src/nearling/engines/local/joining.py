"""Puts words back into one line that the detector took apart at an ordinary space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nearling.engines.local.layout import Placed, rows_of
from nearling.engines.local.levelling import levelled
from nearling.engines.local.text_strips import Floats

_SPACE = 0.4
"""Of the height from ascender to descender; a space is about a quarter of it."""
_ALIKE = 0.2
"""Share of the height by which two parts of one line may differ in size and place."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of text and its outline, 4×2, clockwise from the top left of the text."""

    text: str
    score: float
    corners: Floats


def joined(found: Sequence[Found]) -> list[Found]:
    """The same text with neighbours a space apart made one line."""
    return put_together(found, levelled([(line.corners, len(line.text)) for line in found]))


def put_together(found: Sequence[Found], level: Sequence[Placed]) -> list[Found]:
    """The same for lines whose places on a level page are known."""
    whole: list[Found] = []
    for row in rows_of(level):
        before: Placed | None = None
        for placed in row:
            line = found[placed.index]
            if before is not None and _is_one(before, placed):
                whole[-1] = _both(whole[-1], line)
            else:
                whole.append(line)
            before = placed
    return whole


def _is_one(left: Placed, right: Placed) -> bool:
    height = max(left.height, right.height)
    return (
        0 <= right.left - left.right < _SPACE * height
        and abs(left.middle - right.middle) < _ALIKE * height
        and abs(left.height - right.height) < _ALIKE * height
    )


def _both(left: Found, right: Found) -> Found:
    letters = len(left.text), len(right.text)
    return Found(
        f"{left.text} {right.text}",
        float(np.average((left.score, right.score), weights=letters)),
        np.array([left.corners[0], right.corners[1], right.corners[2], left.corners[3]]),
    )
