"""How high each of many rows is and where it begins; a change and a look-up cost log(n)."""

from __future__ import annotations

from collections.abc import Iterable


class Extents:
    """Heights in whole pixels, in a Fenwick tree."""

    def __init__(self, heights: Iterable[int] = ()) -> None:
        self._heights = list(heights)
        self._sums = [0, *self._heights]
        for at in range(1, len(self._sums)):
            above = at + (at & -at)
            if above < len(self._sums):
                self._sums[above] += self._sums[at]

    def __len__(self) -> int:
        return len(self._heights)

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    def __setitem__(self, row: int, height: int) -> None:
        change = height - self._heights[row]
        self._heights[row] = height
        at = row + 1
        while change and at < len(self._sums):
            self._sums[at] += change
            at += at & -at

    def append(self, height: int) -> None:
        at = len(self._sums)
        below, total = at - 1, height
        while below > at - (at & -at):
            total += self._sums[below]
            below -= below & -below
        self._heights.append(height)
        self._sums.append(total)

    def pop(self) -> None:
        self._heights.pop()
        self._sums.pop()

    def top(self, row: int) -> int:
        """Where `row` begins; for the number of rows, where all end."""
        total = 0
        while row:
            total += self._sums[row]
            row -= row & -row
        return total

    @property
    def total(self) -> int:
        return self.top(len(self._heights))

    def row_at(self, y: int) -> int:
        """The row that covers `y`; the first or last one beyond the ends. Needs a row."""
        row, step = 0, 1 << len(self._heights).bit_length()
        left = y
        while step:
            if row + step < len(self._sums) and self._sums[row + step] <= left:
                row += step
                left -= self._sums[row]
            step >>= 1
        return min(row, len(self._heights) - 1)
