"""Tables of files: what was found for a field, a row of it, and what is told as rows come."""

from __future__ import annotations

from dataclasses import dataclass

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
