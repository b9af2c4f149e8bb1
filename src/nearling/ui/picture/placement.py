"""Where a picture lies on the screen: from its own pixels to the widget's and back."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.geometry import Box


@dataclass(frozen=True, slots=True)
class Placement:
    scale: float
    """Screen pixels for each pixel of the upright picture."""
    left: float = 0.0
    top: float = 0.0

    @classmethod
    def fitted(cls, width: int, height: int, into_width: float, into_height: float) -> Placement:
        """As large as fits, in the middle, never enlarged."""
        scale = min(into_width / max(width, 1), into_height / max(height, 1), 1.0)
        return cls(scale, (into_width - width * scale) / 2, (into_height - height * scale) / 2)

    def shown(self, box: Box) -> tuple[float, float, float, float]:
        """left, top, width, height on the screen."""
        return (
            self.left + box.left * self.scale,
            self.top + box.top * self.scale,
            box.width * self.scale,
            box.height * self.scale,
        )

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """The picture's pixel under a point of the screen."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale
