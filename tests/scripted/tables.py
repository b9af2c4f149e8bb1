"""Tables as a reader hands them over, made from rows of words."""

from collections.abc import Sequence

from nearling.core.geometry import Box, enclosing
from nearling.core.prompt import Source
from nearling.core.reading import Cell, Line, Reading, Table

Rows = Sequence[Sequence[str]]


def rows_of(text: str) -> list[list[str]]:
    """One row a line, cells parted by bars."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def source(
    *tables: Rows,
    name: str = "sheet.xlsx",
    page: int | None = 1,
    header: bool = True,
    title: str = "",
    exchange: int | None = None,
    table: bool = True,
) -> Source:
    """A page of a document; without `page` a picture. Cells stand 260 by 40 pixels apart.

    Not `table`: the same lines, and nobody saw that they are a table.
    """
    lines: list[Line] = []
    held: list[Table] = []
    top = 20

    def line(text: str, left: int) -> Box:
        box = Box(left, top, left + 9 * min(len(text), 27), top + 24)
        corners = ((box.left, box.top), (box.right, box.top))
        corners += ((box.right, box.bottom), (box.left, box.bottom))
        lines.append(Line(text, 1.0, box, tuple((float(x), float(y)) for x, y in corners), 0))
        return box

    if title:
        line(title, 20)
        top += 80
    for rows in tables:
        cells = []
        for row in rows:
            made = []
            for column, text in enumerate(row):
                box = line(text, 20 + 260 * column) if text else None
                made.append(Cell(text, box, (len(lines) - 1,) if text else ()))
            cells.append(tuple(made))
            top += 40
        box = enclosing(cell.box for row in cells for cell in row if cell.box is not None)
        held.append(Table(box, tuple(cells), header))
        top += 120
    reading = Reading(
        f"digest of {name}", 2400, 6000, 0, tuple(lines), tuple(held) if table else (), (), "", 0.0
    )
    return Source(name, reading, exchange, page, f"page {page}" if page else "")
