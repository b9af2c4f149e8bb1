"""Rows as spreadsheets take them, with no cell that one would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_RUN = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is worked out by some spreadsheets, and may reach for files or the net."""


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it where it needs one; those who show it leave it out."""
    begins = cell.lstrip(" \u00a0\ufeff")
    return f"'{cell}" if begins.startswith(_RUN) or cell.startswith(_RUN) else cell


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    return _written(rows, ",")


def as_tsv(rows: Iterable[Sequence[str]]) -> str:
    """What is pasted into a spreadsheet; a line break in a cell becomes a space."""
    return _written(([" ".join(cell.split()) for cell in row] for row in rows), "\t")


def _written(rows: Iterable[Sequence[str]], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    # A bare carriage return would end the line for some readers, quoted or not.
    writer.writerows(["\n".join(harmless(cell).splitlines()) for cell in row] for row in rows)
    return out.getvalue()
