"""Recovers rows and columns from lines that stand in line with each other, without rules.

Columns are the stretches that the lines of neighbouring rows share when they are projected
onto the width of the page (T. Kieninger, "Table structure recognition based on robust block
segmentation", SPIE 3305, 1998, builds blocks from the same overlap). A wrong table is worse
than none: whatever is not plainly a grid is left as lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nearling.engines.local.layout import Placed, Region, Row

Cells = tuple[Placed, ...]
"""The lines of one cell, top to bottom; none in an empty cell."""

_MOST_COLUMNS = 12
_AWAY = 3.5
"""Heights of a line; rows further apart belong to different tables."""
_RHYTHM = 1.75
"""Rows of one table are about evenly apart; a cell on two lines makes one a little longer."""
_ATTEMPTS = 2
_SETTLED = 3
"""Rows after which no further column is expected; the top row often has fewer cells."""
_EDGE = 0.8
"""Heights by which the edges of a column's cells may differ."""
_IN_LINE = 0.7
"""Share of a column's cells that must share an edge or a middle."""
_FILLED = 0.55
_LONG = 36
"""Letters; a column of longer cells is running text."""
_NUMERIC = 0.5
"""Share of digits among letters and digits above which a cell counts as a number."""


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[tuple[Cells, ...], ...]

    def header(self, text: Callable[[Placed], str]) -> bool:
        """Whether the first row names what the rows below hold: words above numbers, or an
        empty corner above the names of the rows."""
        first, *others = [
            [" ".join(text(line) for line in cell) for cell in row] for row in self.rows
        ]
        if any(_is_number(cell) for cell in first) or sum(bool(cell) for cell in first) < 2:
            return False
        for column, cell in enumerate(first):
            counts = _shape(cell) != cell and not _is_year(cell)
            if counts and any(_shape(row[column]) == _shape(cell) for row in others):
                return False
        if not first[0] and all(first[1:]) and all(row[0] for row in others):
            return True
        for column in range(len(first)):
            below = [row[column] for row in others if row[column]]
            if first[column] and below and np.mean([_is_number(cell) for cell in below]) >= 0.8:
                return True
        return False


def _is_number(text: str) -> bool:
    """More digits than letters; a year names a column as often as it fills one."""
    told = [character for character in text if character.isalnum()]
    digits = sum(character.isdigit() for character in told)
    return digits > _NUMERIC * len(told) and not _is_year(text)


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)[0-9]{2}", text.strip()) is not None


def _shape(text: str) -> str:
    """The text with all numbers alike: rows of one kind differ in their numbers only."""
    return re.sub(r"[0-9]+", "0", text)


def grids(region: Region) -> tuple[Grid, ...]:
    """The tables among a region's rows, from top to bottom."""
    rows = [row for block in region for row in block]
    found = []
    start = attempts = 0
    while start < len(rows):
        run = _run(rows, start)
        grid = _grid(rows[start : start + run]) if run > 1 else None
        if grid is not None:
            found.append(grid)
        elif run > 1 and attempts < _ATTEMPTS:
            # Often only the top row is out of line: a title, or the letters of a spreadsheet.
            attempts += 1
            start += 1
            continue
        attempts = 0
        start += max(run, 1)
    return tuple(found)


def _run(rows: Sequence[Row], start: int) -> int:
    """How many rows from `start` on fit the same columns."""
    columns = _stretches(rows[start])
    if len(columns) < 2:
        return 0
    length = last = 1
    steps: list[float] = []
    whole = rows[start]
    for above, row in zip(rows[start:], rows[start + 1 :], strict=False):
        step = _middle(row) - _middle(whole)
        if _gap(above, row) > _AWAY * _height(above) or (len(row) > 1 and _breaks(steps, step)):
            break
        widened = _fitted(columns, row, settled=length >= _SETTLED)
        if widened is None:
            break
        columns = widened
        length += 1
        if len(row) > 1:
            steps.append(step)
            last, whole = length, row
    # A table ends with a row that has at least two cells: below it stands other text.
    return last


def _breaks(steps: Sequence[float], step: float) -> bool:
    """Whether a step down the page is too long, or those before it were, for one table."""
    if not steps:
        return False
    usual = float(np.median(steps))
    return step > _RHYTHM * usual or (len(steps) == 1 and usual > _RHYTHM * step)


def _stretches(row: Row) -> list[tuple[float, float]]:
    return [(line.left, line.right) for line in row]


def _fitted(
    columns: Sequence[tuple[float, float]], row: Row, settled: bool
) -> list[tuple[float, float]] | None:
    """The columns widened by the row's cells, or None if it does not keep to them.

    A cell between two columns opens a new one until they are settled; a cell in two columns
    breaks the table.
    """
    widened = list(columns)
    taken: set[int] = set()
    for line in row:
        met = [
            number
            for number, (left, right) in enumerate(widened)
            if line.left < right and line.right > left
        ]
        if len(met) > 1 or taken & set(met):
            return None
        if met:
            number = met[0]
            left, right = widened[number]
            widened[number] = (min(left, line.left), max(right, line.right))
            taken.add(number)
        elif len(row) > 1 and not settled:
            widened.append((line.left, line.right))
            taken.add(len(widened) - 1)
        else:
            return None
    return widened


def _grid(rows: Sequence[Row]) -> Grid | None:
    columns = _columns(rows)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    placed: list[list[Cells]] = []
    for number, row in enumerate(rows):
        cells: list[Cells] = [()] * len(columns)
        for line in row:
            home = next(
                column
                for column, (left, right) in enumerate(columns)
                if line.left < right and line.right > left
            )
            cells[home] += (line,)
        if placed and len(row) == 1 and _is_continuation(rows, number):
            placed[-1] = [above + own for above, own in zip(placed[-1], cells, strict=True)]
        else:
            placed.append(cells)
    grid = Grid(tuple(tuple(row) for row in placed))
    return grid if _is_plain(grid) else None


def _columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    columns: list[tuple[float, float]] = []
    for left, right in sorted(stretch for row in rows for stretch in _stretches(row)):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(right, columns[-1][1]))
        else:
            columns.append((left, right))
    return columns


def _is_continuation(rows: Sequence[Row], number: int) -> bool:
    """Whether a row of one cell goes on with the cell above: much closer than rows are."""
    steps = [
        _middle(lower) - _middle(upper)
        for upper, lower in pairwise(rows)
        if len(lower) > 1 and len(upper) > 1
    ]
    if not steps:
        return False
    return _middle(rows[number]) - _middle(rows[number - 1]) < 0.8 * float(np.median(steps))


def _is_plain(grid: Grid) -> bool:
    """Whether this is a table beyond doubt."""
    height, width = len(grid.rows), len(grid.rows[0])
    if height < 2 or (height < 3 and width < 4):
        return False
    filled = [bool(cell) for row in grid.rows for cell in row]
    if np.mean(filled) < _FILLED:
        return False
    columns = [[row[column] for row in grid.rows if row[column]] for column in range(width)]
    # What stands alone in its column was out of line.
    return all(len(cells) > 1 and _is_column(cells) for cells in columns)


def _is_column(cells: Sequence[Cells]) -> bool:
    if np.median([sum(line.letters for line in cell) for cell in cells]) > _LONG:
        return False
    lefts = np.array([min(line.left for line in cell) for cell in cells])
    rights = np.array([max(line.right for line in cell) for cell in cells])
    height = float(np.median([line.height for cell in cells for line in cell]))
    shared = max(
        float((np.abs(edge - np.median(edge)) < _EDGE * height).mean())
        for edge in (lefts, rights, (lefts + rights) / 2)
    )
    return shared >= _IN_LINE


def _gap(above: Row, below: Row) -> float:
    return min(line.top for line in below) - max(line.bottom for line in above)


def _height(row: Row) -> float:
    return float(np.median([line.height for line in row]))


def _middle(row: Row) -> float:
    return float(np.mean([line.middle for line in row]))
