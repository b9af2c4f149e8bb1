"""Boxes in pixels of an upright picture; the origin is the top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; `right` and `bottom` are the first pixels outside it."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return max(0, self.right - self.left)

    @property
    def height(self) -> int:
        return max(0, self.bottom - self.top)

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def contains(self, x: float, y: float) -> bool:
        return self.left <= x < self.right and self.top <= y < self.bottom

    def intersection(self, other: Box) -> Box:
        """The shared part; a box of no area where the two do not meet."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        return Box(
            left,
            top,
            max(left, min(self.right, other.right)),
            max(top, min(self.bottom, other.bottom)),
        )

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        shared = self.intersection(other).area
        union = self.area + other.area - shared
        return shared / union if union else 0.0

    def clipped(self, width: int, height: int) -> Box:
        """This box cut to a picture of `width` × `height` pixels."""
        return Box(
            min(max(self.left, 0), width),
            min(max(self.top, 0), height),
            min(max(self.right, 0), width),
            min(max(self.bottom, 0), height),
        )

    def as_list(self) -> list[int]:
        return [self.left, self.top, self.right, self.bottom]


def enclosing(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes`; raises ValueError when there are none."""
    known = tuple(boxes)
    if not known:
        raise ValueError("no boxes to enclose")
    return Box(
        min(box.left for box in known),
        min(box.top for box in known),
        max(box.right for box in known),
        max(box.bottom for box in known),
    )
