"""A sheet's cells as its tables, and what is written above, between and below them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from nearling.engines.local.documents.blocks import (
    Block,
    Paragraph,
    Rows,
    is_figure,
    rows_of,
)
from nearling.engines.local.documents.limits import MOST_CELLS, too_long

_LABEL = 24
"""Letters; a longer cell by itself below a table is a note and no row of it."""


def sheet(rows: Sequence[Sequence[str]], name: str) -> tuple[Block, ...]:
    """Rows of several cells are tables. Raises UnusableFile where there are too many cells."""
    if sum(map(len, rows)) > MOST_CELLS:
        raise too_long(name)
    trimmed = [_without_end(row) for row in rows]
    indent = min((_indent(row) for row in trimmed if row), default=0)
    blocks: list[Block] = []
    for empty, run in groupby((row[indent:] for row in trimmed), lambda row: not row):
        if empty:
            continue
        for block in _part(list(run)):
            last = blocks[-1] if blocks else None
            if isinstance(block, Rows) and isinstance(last, Rows) and _goes_on(last, block):
                together = [list(row) for row in (*last.cells, *block.cells)]
                blocks[-1] = rows_of(together, last.header)
            else:
                blocks.append(block)
    return tuple(blocks)


def _part(rows: list[list[str]]) -> Iterator[Block]:
    """What stands together: lines, perhaps a table, lines."""
    several = [number for number, row in enumerate(rows) if _filled(row) > 1]
    if not several:
        yield from (Paragraph(next(filter(None, row))) for row in rows)
        return
    start, end = several[0], several[-1] + 1
    while end < len(rows) and len(rows[end]) == 1 and len(rows[end][0]) <= _LABEL:
        end += 1
    yield from (Paragraph(next(filter(None, row))) for row in rows[:start])
    yield rows_of(rows[start:end])
    yield from (Paragraph(next(filter(None, row))) for row in rows[end:])


def _goes_on(table: Rows, below: Rows) -> bool:
    """Whether a table goes on after an empty row: what follows names no columns of its own."""
    if below.header or len(below.cells[0]) != len(table.cells[0]):
        return False
    columns = zip(zip(*table.cells[1:], strict=True), zip(*below.cells, strict=True), strict=True)
    return all(_figures(above) == _figures(new) for above, new in columns)


def _figures(column: Sequence[str]) -> bool:
    """Whether a column holds nothing but figures."""
    told = [cell for cell in column if cell]
    return bool(told) and all(map(is_figure, told))


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _indent(row: Sequence[str]) -> int:
    return next(number for number, cell in enumerate(row) if cell)


def _without_end(row: Sequence[str]) -> list[str]:
    cells = list(row)
    while cells and not cells[-1]:
        cells.pop()
    return cells
