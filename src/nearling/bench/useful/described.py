"""What a made file says, in plain lines: headings, table rows and paragraphs.

`# ` begins a heading. Neighbouring lines with ` | ` are the rows of one table, the first of them
its header. An empty line is a gap. Every other line is a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Described:
    """One page, slide, sheet or chapter."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str
    level: int = 2
    """1 is the page's title."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    pass


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[tuple[str, ...], ...]
    """Equally long; the first is the header."""


Block = Heading | Paragraph | Gap | Grid


def blocks(page: Described) -> Iterator[Block]:
    """What the page holds from its title on, in order."""
    if page.title:
        yield Heading(page.title, 1)
    for tabular, run in groupby(page.text.strip("\n").splitlines(), lambda line: " | " in line):
        if tabular:
            yield Grid(_equally_long([_cells(row) for row in run]))
        else:
            yield from map(_block, run)


def _block(line: str) -> Block:
    if not line.strip():
        return Gap()
    return Heading(line[2:].strip()) if line.startswith("# ") else Paragraph(line.rstrip())


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in f"{row} ".split(" | ")]


def _equally_long(rows: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    columns = max(map(len, rows))
    return tuple((*row, *[""] * (columns - len(row))) for row in rows)
