"""How large the pictures of one question are shown: one as it is, several beside each other."""

from __future__ import annotations

from collections.abc import Sequence

BESIDE, GAP = 3, 8
"""So many stand beside each other, so many pixels apart."""
_HIGHEST = 150

Size = tuple[int, int]


def fitted(sizes: Sequence[Size], most: int) -> tuple[tuple[Size, ...], int]:
    """The sizes that fit in rows of `most` pixels, never enlarged, and the width they take."""
    beside = max(1, min(len(sizes), BESIDE))
    each = (most - (beside - 1) * GAP) // beside
    shown = tuple(_within(size, each, _HIGHEST if beside > 1 else size[1]) for size in sizes)
    columns = [max((width for width, _ in shown[at::beside]), default=0) for at in range(beside)]
    return shown, sum(columns) + (beside - 1) * GAP


def _within(size: Size, wide: int, high: int) -> Size:
    width, height = size
    scale = min(1.0, wide / width, high / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
