"""Rectangles on a picture, one of them current: drawn, moved, sized, taken away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nearling.core.geometry import Box

_SMALLEST = 8
"""Pixels of the picture; less is a slip of the hand."""
_STEPS = 40
"""Of one key from edge to edge of the longer side."""


@dataclass(frozen=True, slots=True)
class Rectangles:
    width: int
    """Pixels of the upright picture, as of all boxes."""
    height: int
    boxes: tuple[Box, ...] = ()
    current: int = 0
    most: int | None = None
    """So many at the most; None: any number."""

    @property
    def step(self) -> int:
        return max(1, max(self.width, self.height) // _STEPS)

    def drawn(self, left: float, top: float, right: float, bottom: float) -> Rectangles:
        """With one more between two corners, however they lie; with no other if one is the most."""
        box = Box(
            max(0, round(min(left, right))),
            max(0, round(min(top, bottom))),
            min(self.width, round(max(left, right))),
            min(self.height, round(max(top, bottom))),
        )
        if box.width < _SMALLEST or box.height < _SMALLEST:
            return self
        kept = self.boxes if self.most is None else self.boxes[: self.most - 1]
        return replace(self, boxes=(*kept, box), current=len(kept))

    def middle(self) -> Rectangles:
        """With one more in the middle, half as wide and half as high."""
        across, down = self.width / 4, self.height / 4
        return self.drawn(across, down, 3 * across, 3 * down)

    def moved(self, right: int, down: int) -> Rectangles:
        """The current one, by so many pixels, as far as there is picture."""
        if not self.boxes:
            return self
        box = self.boxes[self.current]
        right = min(max(right, -box.left), self.width - box.right)
        down = min(max(down, -box.top), self.height - box.bottom)
        return self._with(
            Box(box.left + right, box.top + down, box.right + right, box.bottom + down)
        )

    def sized(self, wider: int, higher: int) -> Rectangles:
        """The current one, its right and lower edges moved."""
        if not self.boxes:
            return self
        box = self.boxes[self.current]
        right = min(max(box.right + wider, box.left + _SMALLEST), self.width)
        bottom = min(max(box.bottom + higher, box.top + _SMALLEST), self.height)
        return self._with(Box(box.left, box.top, right, bottom))

    def next(self) -> Rectangles:
        return replace(self, current=(self.current + 1) % max(1, len(self.boxes)))

    def removed(self) -> Rectangles:
        """Without the current one; the last of those that are needed stays."""
        if not self.boxes or self.most is not None:
            return self
        kept = (*self.boxes[: self.current], *self.boxes[self.current + 1 :])
        return replace(self, boxes=kept, current=max(0, min(self.current, len(kept) - 1)))

    def _with(self, box: Box) -> Rectangles:
        boxes = list(self.boxes)
        boxes[self.current] = box
        return replace(self, boxes=tuple(boxes))
