"""What a document says, before it has a place: headings, paragraphs, lines and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, broken into lines by us."""

    text: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines that stay as they are, with what they begin with."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: equally long rows, of which the first is the header if `header`."""

    cells: tuple[tuple[str, ...], ...]
    header: bool


Block = Heading | Paragraph | Verbatim | Rows


@dataclass(frozen=True, slots=True)
class Section:
    """What will be one page."""

    blocks: tuple[Block, ...]
    name: str = ""


def rows_of(cells: list[list[str]], header: bool | None = None) -> Rows:
    """A table whose rows may be of any length; whether it has a header is looked for if None."""
    columns = max(map(len, cells), default=0)
    equal = tuple((*row, *[""] * (columns - len(row))) for row in cells)
    return Rows(equal, is_header(equal) if header is None else header)


def is_header(cells: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the first row names the columns: each by another name that is no number."""
    if len(cells) < 2:
        return False
    named = [cell.casefold() for cell in cells[0] if cell]
    return (
        len(named) >= 2
        and len(named) >= len(cells[0]) - 1
        and len(set(named)) == len(named)
        and not any(is_figure(cell) or cell.endswith(":") for cell in named)
        and not _alike(cells)
        and not (len(cells[0]) == 2 and _is_list(cells))
    )


def _is_list(cells: tuple[tuple[str, ...], ...]) -> bool:
    """Whether two columns may be labels and their values: names stand above figures alone."""
    columns = ([row[at] for row in cells[1:] if row[at]] for at in (0, 1))
    return not any(column and all(map(is_figure, column)) for column in columns)


def _alike(cells: tuple[tuple[str, ...], ...]) -> bool:
    """Whether every cell of the first row is met again below: it is data like all the rest."""
    return all(cell in {row[at] for row in cells[1:]} for at, cell in enumerate(cells[0]))


def is_figure(text: str) -> bool:
    """More digits than letters, or a date; a year names a column as often as it fills one."""
    told = [letter for letter in text if letter.isalnum()]
    digits = sum(letter.isdigit() for letter in told)
    return digits * 2 > len(told) and not (len(told) == 4 and text[:2] in ("19", "20"))
