"""Puts found lines in reading order: columns apart, rows of a form or table together.

A recursive XY-cut (Nagy & Seth, "Hierarchical representation of optically scanned documents",
ICPR 1984) with two changes. A vertical cut may be interrupted by lines that run across it, such
as headings, which then cut the page horizontally; and it is not made where both sides belong
together row by row, as a label and its value do. Works on boxes of a levelled page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

_PAGE_GAP = 0.9
"""Line heights of free space below or above a single row that set it apart from all else."""
_GUTTER = 0.7
"""Least width of a gutter, in line heights."""
_ALIGNED = 0.75
"""Share of the shorter side's lines that must have a partner for both sides to be rows."""
_FEWEST_ROWS = 3
"""A side of fewer rows is no column; two lines beside two others are a table or a form."""
_PROSE_LETTERS = 22
_PROSE_FILL = 0.65
"""Running text fills its column; cells and labels do not."""
_BLOCK_GAP = 0.75
"""Line heights; more free space than this starts a new block."""
_DEPTH = 24


@dataclass(frozen=True, slots=True)
class Placed:
    """One line on the levelled page, in pixels."""

    index: int
    left: float
    top: float
    right: float
    bottom: float
    letters: int

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


Row = tuple[Placed, ...]
"""Lines side by side, from left to right."""

Block = tuple[Row, ...]

Region = tuple[Block, ...]
"""Blocks below each other in one column."""


def regions(lines: Sequence[Placed]) -> tuple[Region, ...]:
    """The page's columns and what spans them, in reading order; every line is in one of them."""
    return tuple(_region(part) for part in _cut(tuple(lines), _DEPTH) if part)


def rows_of(lines: Sequence[Placed]) -> tuple[Row, ...]:
    """Lines that stand beside each other, top to bottom."""
    rows: list[list[Placed]] = []
    for line in sorted(lines, key=lambda line: line.middle):
        home = next((row for row in reversed(rows[-3:]) if _beside(row, line)), None)
        if home is None:
            rows.append([line])
        else:
            home.append(line)
    ordered = [tuple(sorted(row, key=lambda line: line.left)) for row in rows]
    return tuple(sorted(ordered, key=lambda row: sum(line.middle for line in row) / len(row)))


def _beside(row: Sequence[Placed], line: Placed) -> bool:
    """Whether the line continues the row, judged by the row's nearest line."""

    def apart(other: Placed) -> float:
        return max(other.left - line.right, line.left - other.right)

    nearest = min(row, key=apart)
    if any(apart(other) < -0.5 * min(line.height, other.height) for other in row):
        return False
    shared = min(nearest.bottom, line.bottom) - max(nearest.top, line.top)
    return shared > 0.5 * min(nearest.height, line.height)


def _cut(lines: tuple[Placed, ...], depth: int) -> Iterator[tuple[Placed, ...]]:
    """Parts of one column each, in reading order."""
    if len(lines) < 3 or depth == 0:
        yield lines
        return
    rows = rows_of(lines)
    head, tail = _single_rows(rows)
    if head or tail:
        inner = tuple(line for row in rows[head : len(rows) - tail] for line in row)
        parts = list(_cut(inner, depth - 1)) if inner else []
        # Rows on top and at the bottom stay with what they stand next to if it is one column.
        top = tuple(line for row in rows[:head] for line in row)
        foot = tuple(line for row in rows[len(rows) - tail :] for line in row) if tail else ()
        if len(parts) <= 1:
            yield top + (parts[0] if parts else ()) + foot
        else:
            yield top
            yield from parts
            yield foot
        return
    split = _best_gutter(lines)
    if split is None:
        yield lines
        return
    for part in split:
        yield from _cut(part, depth - 1)


def _single_rows(rows: Sequence[Row]) -> tuple[int, int]:
    """How many rows at the top and at the bottom stand apart by free space across the page."""
    height = float(np.median([line.height for row in rows for line in row]))
    free = [
        min(line.top for line in lower) - max(line.bottom for line in upper) > _PAGE_GAP * height
        for upper, lower in pairwise(rows)
    ]
    head = next((number for number, wide in enumerate(free) if not wide), len(free))
    if head == len(free):
        return len(rows), 0
    tail = next((number for number, wide in enumerate(reversed(free)) if not wide), 0)
    return head, tail


def _best_gutter(lines: tuple[Placed, ...]) -> list[tuple[Placed, ...]] | None:
    """The page cut along the gutter that parts most lines, or None if there is no gutter."""
    height = float(np.median([line.height for line in lines]))
    best: list[tuple[Placed, ...]] | None = None
    most = 0.0
    for x in sorted({round(line.left - 0.1 * height) for line in lines}):
        split, parted = _along(lines, x, height)
        if parted > most:
            best, most = split, parted
    return best


def _along(
    lines: tuple[Placed, ...], x: float, height: float
) -> tuple[list[tuple[Placed, ...]], float]:
    """The parts a cut at `x` makes, and how many lines it parts into columns."""
    across = sorted(
        (line for line in lines if line.left < x < line.right), key=lambda line: line.middle
    )
    if len(across) > 0.3 * len(lines):
        return [], 0.0
    marks = np.array([line.middle for line in across])
    rest = [line for line in lines if not line.left < x < line.right]
    runs: dict[int, list[Placed]] = {}
    for line in rest:
        runs.setdefault(int(np.searchsorted(marks, line.middle)), []).append(line)
    parts: list[tuple[Placed, ...]] = []
    undivided: tuple[Placed, ...] = ()
    parted = 0.0
    for number in range(len(across) + 1):
        run = runs.get(number, [])
        left = tuple(line for line in run if line.right <= x)
        right = tuple(line for line in run if line.left >= x)
        if _are_columns(left, right, height):
            # Of gutters that part as many lines the widest wins.
            width = min(line.left for line in right) - max(line.right for line in left)
            parted += len(run) + min(width / (100 * height), 0.9) / (len(across) + 1)
            parts += [undivided, left, right]
            undivided = ()
        else:
            undivided += tuple(run)
        undivided += tuple(across[number : number + 1])
    return [part for part in (*parts, undivided) if part], parted


def _are_columns(left: Sequence[Placed], right: Sequence[Placed], height: float) -> bool:
    if min(len(rows_of(left)), len(rows_of(right))) < _FEWEST_ROWS:
        return False
    if min(line.left for line in right) - max(line.right for line in left) < _GUTTER * height:
        return False
    if _is_prose(left) and _is_prose(right):
        return True
    return _partners(left, right) < _ALIGNED


def _is_prose(lines: Sequence[Placed]) -> bool:
    width = max(line.right for line in lines) - min(line.left for line in lines)
    # By the row: a side may be several columns of running text.
    rows = [sum(line.right - line.left for line in row) for row in rows_of(lines)]
    fill = float(np.median(rows)) / max(width, 1.0)
    letters = float(np.median([line.letters for line in lines]))
    return letters >= _PROSE_LETTERS and fill >= _PROSE_FILL


def _partners(left: Sequence[Placed], right: Sequence[Placed]) -> float:
    """Share of the side with fewer lines that stand exactly beside a line of the other side."""
    # Of rows with several cells, those next to the gutter: a slope left over does least there.
    few, many = sorted(
        (
            np.array([row[-1].middle for row in rows_of(left)]),
            np.array([row[0].middle for row in rows_of(right)]),
        ),
        key=len,
    )
    heights = [line.height for line in (*left, *right)]
    distance = np.abs(few[:, None] - many[None, :]).min(axis=1)
    return float((distance < 0.3 * np.median(heights)).mean())


def _region(lines: tuple[Placed, ...]) -> Region:
    blocks: list[list[Row]] = []
    for row in rows_of(lines):
        if blocks and _continues(blocks[-1], row):
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return tuple(tuple(block) for block in blocks)


def _continues(block: Sequence[Row], row: Row) -> bool:
    """Whether a row follows the block closely and in about the same size."""
    above, below = _height(block[-1]), _height(row)
    gap = min(line.top for line in row) - max(line.bottom for line in block[-1])
    if max(above, below) > 1.4 * min(above, below):
        return False
    rhythm = 0.0
    if len(block) > 1:
        rhythm = min(line.top for line in block[-1]) - max(line.bottom for line in block[-2])
    return gap < max(_BLOCK_GAP * min(above, below), 1.3 * rhythm)


def _height(row: Row) -> float:
    return float(np.median([line.height for line in row]))
