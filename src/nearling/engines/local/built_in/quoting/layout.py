"""Where lines stand to each other: rows, columns and what is above, on a levelled sheet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from nearling.core.reading import Line, Reading

_LONGEST = 1_000
"""Letters of a line that are looked at; nobody asks for a value further on."""
_FEWEST = 3
"""Rows that show how far apart the rows of a table are."""
_PROSE = 28
"""Letters; a shorter line is a label, a cell or a heading."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One line levelled; the numbers are in pixels of the upright picture, turned."""

    index: int
    """Which of the reading's lines it is."""
    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def shared(self, other: Spot) -> float:
        """How many pixels of width both have in common; negative: how far apart they are."""
        return min(self.right, other.right) - max(self.left, other.left)

    def beside(self, other: Spot) -> bool:
        """Whether both stand in one column: their widths overlap or their edges agree."""
        return self.shared(other) > 0.2 * min(self.width, other.width)


_Test = Callable[[Spot], bool]


@dataclass(frozen=True, slots=True)
class Layout:
    """All lines of one reading in rows from top to bottom, each row from left to right."""

    rows: tuple[tuple[Spot, ...], ...]

    @property
    def spots(self) -> list[Spot]:
        return [spot for row in self.rows for spot in row]

    def row_of(self, spot: Spot) -> int:
        return next(number for number, row in enumerate(self.rows) if spot in row)

    def above(self, row: int, spot: Spot, reach: float) -> Spot | None:
        """The nearest line above in the same column, at most `reach` line heights away."""
        return self._next(range(row - 1, max(-1, row - 40), -1), spot, reach)

    def below(self, row: int, spot: Spot, reach: float) -> Spot | None:
        """The nearest line below in the same column, at most `reach` line heights away."""
        return self._next(range(row + 1, min(len(self.rows), row + 40)), spot, reach)

    def _next(self, rows: range, spot: Spot, reach: float) -> Spot | None:
        for near in (other for row in rows for other in self.rows[row] if other.beside(spot)):
            gap = max(spot.top - near.bottom, near.top - spot.bottom)
            return near if gap < reach * spot.height else None
        return None

    def prose(self, row: int, spot: Spot) -> tuple[str, ...]:
        """The lines before and after in the same paragraph; only long lines make paragraphs."""
        if len(spot.text) < _PROSE:
            return ()
        around = (self.above(row, spot, 0.7), self.below(row, spot, 0.7))
        return tuple(
            other.text
            for other in around
            if other is not None and abs(other.left - spot.left) < 2 * spot.height
        )

    def heading(self, row: int, spot: Spot) -> str:
        """The nearest line above that is bigger, or that stands alone after a gap."""
        below = spot
        for number in range(row - 1, max(-1, row - 10), -1):
            for other in self.rows[number]:
                if not other.beside(spot) and len(self.rows[number]) > 1:
                    continue
                alone = len(self.rows[number]) == 1 and len(other.text) < _PROSE
                apart = below is not spot or len(self.rows[row]) > 1
                if other.height > 1.2 * spot.height or (alone and apart):
                    return other.text
                below = other
        return ""

    def stacked(self, row: int) -> bool:
        """Whether what stands above a row may label it: a line below a line."""
        return row > 0 and len(self.rows[row]) == len(self.rows[row - 1]) == 1

    def heads(self, may_head: _Test, known: _Test) -> dict[int, Spot]:
        """For cells of a table the line that heads their column.

        `may_head` tells cells that can head a column, `known` those that surely name something.
        """
        heads: dict[int, Spot] = {}
        run: list[tuple[Spot, ...]] = []
        for row in (*self.rows, (), ()):
            if run and _apart(run, row):
                heads.update(_heads_of(run, may_head, known))
                run = []
            if len(row) >= 2:
                run.append(row)
            elif run and run[-1] != ():
                # One row of a single cell may part a table, two end it.
                run.append(())
            else:
                heads.update(_heads_of(run, may_head, known))
                run = []
        return heads


def _apart(run: list[tuple[Spot, ...]], row: tuple[Spot, ...]) -> bool:
    """Whether a row of cells stands much further below a table than its rows below each other."""
    if len(run) < _FEWEST or not (row and run[-1] and run[-2]):
        return False
    gap = row[0].top - run[-1][0].bottom
    return gap > 2 * max(run[-1][0].top - run[-2][0].bottom, 0.3 * row[0].height)


def _heads_of(
    run: list[tuple[Spot, ...]], may_head: _Test, known: _Test
) -> Iterator[tuple[int, Spot]]:
    """Which spot heads which, within rows of several cells that follow each other."""
    head: tuple[Spot, ...] = ()
    wide = max(map(len, run), default=0) > 2
    for number, row in enumerate(run):
        able = sum(map(may_head, row)) > 1 and all(may_head(it) or len(it.text) < 3 for it in row)
        named = able and all(known(spot) for spot in row)
        named = named and (wide or not any(any(map(str.isdigit, spot.text)) for spot in row))
        after = run[number + 1] if number + 1 < len(run) else ()
        if able and len(after) > 1 and not all(map(known, after)):
            # The first row of a table may hold any words, a later one only what all know.
            # A table of two columns is mostly a list of labels and their values.
            second = number == 1 and not all(map(known, run[0])) and not all(map(may_head, after))
            first = not number or second
            if named or (first and wide and len(run) > 2):
                head = row
                continue
        for spot in row if head else ():
            best = max(head, key=spot.shared)
            if spot.shared(best) > 0 and may_head(best):
                yield spot.index, best


def layout(reading: Reading) -> Layout:
    """The rows of a reading; a photo is turned back by the slope that most lines share."""
    edges = [line.polygon[:2] for line in reading.lines if line.polygon and len(line.text) > 1]
    slopes = [math.atan2(y2 - y1, x2 - x1) for (x1, y1), (x2, y2) in edges]
    turn = -median(slopes) if slopes else 0.0
    spots = sorted(
        (_spot(index, line, turn) for index, line in enumerate(reading.lines)),
        key=lambda spot: spot.middle,
    )
    rows: list[list[Spot]] = []
    for spot in spots:
        row = next((row for row in rows[:-3:-1] if _same_row(row, spot)), [])
        row.append(spot)
        rows += [row] if len(row) == 1 else []
    return Layout(tuple(tuple(sorted(row, key=lambda spot: spot.left)) for row in rows))


def _same_row(row: list[Spot], spot: Spot) -> bool:
    # Perspective lets the ends of a row drift apart; neighbours keep their height.
    near = min(row[-12:], key=lambda other: -other.shared(spot))
    level = abs(spot.middle - near.middle) < 0.5 * min(spot.height, near.height)
    return level and not any(
        other.shared(spot) > 0.5 * min(other.width, spot.width) for other in row[-12:]
    )


def _spot(index: int, line: Line, turn: float) -> Spot:
    box = line.box
    plain = tuple((x, y) for x in (box.left, box.right) for y in (box.top, box.bottom))
    across, down = math.cos(turn), math.sin(turn)
    xs = [x * across - y * down for x, y in line.polygon or plain]
    ys = [x * down + y * across for x, y in line.polygon or plain]
    return Spot(index, line.text[:_LONGEST], min(xs), max(xs), min(ys), max(ys))
