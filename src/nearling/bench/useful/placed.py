"""Lays a described page out on paper: every piece of text with its place, in points.

A page that holds much is as tall as it must be, so that it stays one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import ImageFont

from nearling.bench.fonts import DEVELOP, Face, load
from nearling.bench.useful.described import Described, Gap, Grid, Heading, blocks

WIDTH = 595
"""Of A4."""
_HEIGHT, _MARGIN, _GAP = 842, 56, 9
_SIZE = 11
_NUMBER = re.compile(r"[-+]?[£$€]?[\d.,]+ ?[%£$€]?")


@dataclass(frozen=True, slots=True)
class Placed:
    text: str
    left: float
    top: float
    size: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    height: float
    placed: tuple[Placed, ...]


def paper(page: Described) -> Paper:
    placed: list[Placed] = []
    top = float(_MARGIN)
    for block in blocks(page):
        if isinstance(block, Gap):
            top += _GAP
        elif isinstance(block, Grid):
            placed += _grid(block, top)
            top = placed[-1].top + 1.6 * placed[-1].size
        else:
            bold = isinstance(block, Heading)
            size = (_SIZE + 11 - 4 * block.level) if isinstance(block, Heading) else _SIZE
            for row in _broken(block.text, size, bold):
                placed.append(Placed(row, _MARGIN, top, size, bold))
                top += 1.35 * size
            top += 3
    return Paper(max(_HEIGHT, top + _MARGIN), tuple(placed))


@lru_cache(maxsize=100_000)
def width_of(text: str, size: int, bold: bool = False) -> float:
    """In points; the packaged face has the widths of Helvetica."""
    return float(_font(DEVELOP.bold if bold else DEVELOP.sans).getlength(text)) * size / 100


@cache
def _font(face: Face) -> ImageFont.FreeTypeFont:
    return load(face, 100)


def _broken(text: str, size: int, bold: bool) -> Iterator[str]:
    row = ""
    for word in text.split():
        longer = f"{row} {word}".lstrip()
        if row and width_of(longer, size, bold) > WIDTH - 2 * _MARGIN:
            yield row
            longer = word
        row = longer
    yield row


def _grid(grid: Grid, top: float) -> Iterator[Placed]:
    """Columns of figures end at their right edges, all others begin at their left ones."""
    size = _SIZE
    while (widths := _widths(grid, size)) and sum(widths) > WIDTH - 2 * _MARGIN and size > 6:
        size -= 1
    for number, row in enumerate(grid.rows):
        left = float(_MARGIN)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            right_aligned = all(_NUMBER.fullmatch(it[column]) for it in grid.rows[1:] if it[column])
            room = width - 18 - width_of(cell, size, bold=number == 0) if right_aligned else 0.0
            if cell:
                yield Placed(cell, left + room, top + 1.6 * size * number, size, number == 0)
            left += width


def _widths(grid: Grid, size: int) -> list[float]:
    return [
        max(width_of(cell, size, bold=True) for cell in column) + 18
        for column in zip(*grid.rows, strict=True)
    ]
