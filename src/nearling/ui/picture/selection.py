"""Selecting read text by dragging over the picture it was read from."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.core.geometry import Box
from nearling.core.reading import Line, Reading


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place between two letters: the reading's line, and how many letters lie before it."""

    line: int
    letter: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """Part of one line."""

    text: str
    box: Box


def spot_at(reading: Reading, x: float, y: float) -> Spot | None:
    """The place nearest to a pixel of the upright picture; None where nothing was read."""
    if not reading.lines:
        return None
    line = min(range(len(reading.lines)), key=lambda at: _distance(reading.lines[at].box, x, y))
    return Spot(line, _letter_at(reading.lines[line], reading.rotation, x, y))


def is_on_text(reading: Reading, x: float, y: float) -> bool:
    return any(line.box.contains(x, y) for line in reading.lines)


def between(reading: Reading, one: Spot, other: Spot) -> tuple[Chosen, ...]:
    """What lies between two places, in reading order."""
    first, last = sorted((one, other))
    chosen = []
    for at in range(first.line, last.line + 1):
        line = reading.lines[at]
        begin = first.letter if at == first.line else 0
        end = last.letter if at == last.line else len(line.text)
        if begin < end:
            chosen.append(Chosen(line.text[begin:end], _part(line, reading.rotation, begin, end)))
    return tuple(chosen)


def everything(reading: Reading) -> tuple[Chosen, ...]:
    return tuple(Chosen(line.text, line.box) for line in reading.lines)


def text_of(chosen: tuple[Chosen, ...]) -> str:
    return "\n".join(piece.text for piece in chosen)


def _distance(box: Box, x: float, y: float) -> float:
    across = max(box.left - x, 0, x - box.right)
    down = max(box.top - y, 0, y - box.bottom)
    # A drag along a row stays in its row, however long the row is.
    return across + 3 * down


def _letter_at(line: Line, rotation: int, x: float, y: float) -> int:
    share = _share(line.box, rotation, x, y)
    return min(max(round(share * len(line.text)), 0), len(line.text))


def _share(box: Box, rotation: int, x: float, y: float) -> float:
    """How far along the line a point lies, 0 at its first letter."""
    across = (x - box.left) / max(box.width, 1)
    down = (y - box.top) / max(box.height, 1)
    # The picture had to be turned by `rotation` to be legible: there the line runs another way.
    return {0: across, 90: 1 - down, 180: 1 - across, 270: down}[rotation]


def _part(line: Line, rotation: int, begin: int, end: int) -> Box:
    """The box of some of the line's letters, as if all were equally wide."""
    box, letters = line.box, max(len(line.text), 1)
    low, high = begin / letters, end / letters
    if rotation in (90, 180):
        low, high = 1 - high, 1 - low
    if rotation in (0, 180):
        return Box(
            round(box.left + low * box.width), box.top, round(box.left + high * box.width),
            box.bottom,
        )  # fmt: skip
    return Box(
        box.left, round(box.top + low * box.height), box.right, round(box.top + high * box.height)
    )
