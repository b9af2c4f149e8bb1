"""Tables of files: what was found for a field, a row of it, and what is told as rows come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nearling.core.errors import NearlingError
from nearling.core.geometry import Box


@dataclass(frozen=True, slots=True)
class Found:
    """One field of one file."""

    text: str
    """Exactly as printed; what stands on two lines is parted by a comma."""
    box: Box
    page: int = 1
    """From 1; a picture is one page."""
    doubtful: bool = False
    """To be looked at: hardly legible, one of several, or at odds with what stands beside it."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """One file's row, in the order of the fields asked for; None where nothing is sure to be."""

    cells: tuple[Found | None, ...]
    pages: int
    """Of the file; 0: it is a picture."""


@dataclass(frozen=True, slots=True)
class Row:
    """One file is finished."""

    number: int
    """Which of the files, from 0."""
    found: Extracted
    known: bool
    """Whether an earlier run had finished it."""


@dataclass(frozen=True, slots=True)
class FileFailed:
    """One file cannot be read; the others go on."""

    number: int
    error: NearlingError


def as_object(file: str, fields: Sequence[str], found: Extracted) -> dict[str, Any]:
    """A row as scripts read it: a key for each field, None where nothing was found."""
    cells = zip(fields, found.cells, strict=True)
    return {"file": file, **{field: _cell(cell, paged=found.pages > 0) for field, cell in cells}}


def _cell(cell: Found | None, *, paged: bool) -> dict[str, Any] | None:
    if cell is None:
        return None
    shown = {"text": cell.text, "box": cell.box.as_list(), "doubtful": cell.doubtful}
    return shown | ({"page": cell.page} if paged else {})


def as_cells(fields: Sequence[str], found: Extracted) -> tuple[str, ...]:
    """A row as spreadsheets take it: the texts, and last the fields that are doubtful."""
    cells = tuple(zip(fields, found.cells, strict=True))
    doubtful = [field for field, cell in cells if cell is not None and cell.doubtful]
    return (*("" if cell is None else cell.text for _, cell in cells), ", ".join(doubtful))
