"""CSV and its kin: rows of values with commas, semicolons, tabs or bars between them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from nearling.engines.local.documents.blocks import Section
from nearling.engines.local.documents.grid import sheet

_DELIMITERS = (",", ";", "\t", "|")
_NAMES = (".csv", ".tsv", ".tab")
_LOOKED_AT = 200_000
"""Letters from which the delimiter is told."""
_ROWS = 3
"""So many rows make a table of a text that does not call itself one."""


def section(text: str, name: str) -> Section | None:
    """None where `text` is no such table, by its name or beyond doubt by its looks."""
    named = name.lower().endswith(_NAMES)
    whole = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()]
    fitting = [it for it in _DELIMITERS if _fits(whole, it, named=named)]
    if not fitting and not named:
        return None
    delimiter = max(fitting, key=lambda it: _columns(whole, it), default=",")
    # A field may be as long as the text: quotes that nobody closes take all that follows.
    csv.field_size_limit(max(len(text), 131_072))
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    return Section(sheet([[" ".join(cell.split()) for cell in row] for row in rows], name))


def _fits(lines: Sequence[str], delimiter: str, named: bool) -> bool:
    counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
    (columns, often), *_ = counts.most_common(1) or [(0, 0)]
    if named:
        return columns > 1
    # Prose has commas too: every line must have as many, and more than one.
    least = 3 if delimiter == "," else 2
    return len(lines) >= _ROWS and columns >= least and often == counts.total()


def _columns(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
    (columns, often), *_ = counts.most_common(1) or [(0, 0)]
    return often if columns > 1 else 0, columns
