"""Brings what was found on a page into lines, blocks and tables, on the upright picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nearling.core.geometry import Box, enclosing
from nearling.core.reading import Cell, Line, Table
from nearling.engines.local.joining import Found, joined
from nearling.engines.local.layout import Placed, regions
from nearling.engines.local.levelling import levelled
from nearling.engines.local.tables import Grid, grids
from nearling.engines.local.text_strips import Floats


@dataclass(frozen=True, slots=True)
class Page:
    """A picture of `width` × `height` pixels whose text is found after a turn by `turn`."""

    width: int
    height: int
    turn: int

    def laid_out(self, found: Sequence[Found]) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
        """Lines in reading order with their blocks, and the tables they form."""
        whole = joined(found)
        return self.arranged(whole, levelled([(line.corners, len(line.text)) for line in whole]))

    def arranged(
        self, whole: Sequence[Found], level: Sequence[Placed]
    ) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
        """The same for whole lines whose places on a level page are known."""
        lines: list[Line] = []
        numbers: dict[int, int] = {}
        tables: list[Grid] = []
        block = 0
        for region in regions(level):
            tables += grids(region)
            for rows in region:
                for row in rows:
                    for placed in row:
                        numbers[placed.index] = len(lines)
                        lines.append(self._line(whole[placed.index], block))
                block += 1
        return tuple(lines), tuple(self._table(grid, lines, numbers) for grid in tables)

    def _line(self, found: Found, block: int) -> Line:
        corners = self._upright(found.corners)
        left, top = np.floor(corners.min(axis=0) + 0.5).astype(int).tolist()
        right, bottom = np.floor(corners.max(axis=0) + 0.5).astype(int).tolist()
        box = Box(left, top, right, bottom).clipped(self.width, self.height)
        polygon = tuple((round(float(x), 1), round(float(y), 1)) for x, y in corners)
        return Line(found.text, found.score, box, polygon, block)

    def _upright(self, corners: Floats) -> Floats:
        """The same points before the turn."""
        if not self.turn:
            return corners.clip((0, 0), (self.width, self.height))
        x, y = corners[:, 0], corners[:, 1]
        back = {
            90: (y, self.height - x),
            180: (self.width - x, self.height - y),
            270: (self.width - y, x),
        }
        upright = np.stack(back[self.turn], axis=1)
        return np.asarray(upright.clip((0, 0), (self.width, self.height)))

    def _table(self, grid: Grid, lines: Sequence[Line], numbers: dict[int, int]) -> Table:
        rows = tuple(
            tuple(_cell([numbers[placed.index] for placed in cell], lines) for cell in row)
            for row in grid.rows
        )
        box = enclosing(cell.box for row in rows for cell in row if cell.box is not None)
        return Table(box, rows, grid.header(lambda placed: lines[numbers[placed.index]].text))


def _cell(numbers: Sequence[int], lines: Sequence[Line]) -> Cell:
    if not numbers:
        return Cell("", None, ())
    text = " ".join(lines[number].text for number in numbers)
    return Cell(text, enclosing(lines[number].box for number in numbers), tuple(numbers))
