"""Readings made by hand: rows of text as if a page had been read."""

from collections.abc import Sequence

from nearling.core.geometry import Box
from nearling.core.prompt import Source
from nearling.core.reading import Line, Reading


def reading(rows: Sequence[str], score: float = 1.0) -> Reading:
    """Rows 40 pixels apart; an empty one begins a new block."""
    lines, block = [], 0
    for number, text in enumerate(rows):
        if not text:
            block += 1
            continue
        box = Box(20, 20 + 40 * number, 20 + 9 * len(text), 44 + 40 * number)
        left, top, right, bottom = map(float, (box.left, box.top, box.right, box.bottom))
        polygon = ((left, top), (right, top), (right, bottom), (left, bottom))
        lines.append(Line(text, score, box, polygon, block))
    return Reading("d1", 1200, 80 + 40 * len(rows), 0, tuple(lines), (), (), "by hand", 0.0)


def page(*rows: str, score: float = 1.0, number: int | None = None) -> Source:
    return Source("page.png", reading(rows, score), page=number)


def celled(*rows: str | tuple[str, ...], score: float = 1.0) -> Reading:
    """Rows 40 pixels apart, cells 260 pixels apart; an empty row is a gap."""
    lines = []
    for number, row in enumerate(rows):
        for column, text in enumerate((row,) if isinstance(row, str) else row):
            if text:
                left, top = 20 + 260 * column, 20 + 40 * number
                box = Box(left, top, left + 9 * len(text), top + 24)
                lines.append(Line(text, score, box, (), 0))
    return Reading("d1", 1200, 3000, 0, tuple(lines), (), (), "by hand", 0.0)
