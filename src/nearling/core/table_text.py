"""Tables as text for other programs: TSV, CSV, Markdown and JSON; no cell loses a letter."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from enum import StrEnum

from nearling.core.reading import Table


class TableForm(StrEnum):
    TSV = "tsv"
    CSV = "csv"
    MARKDOWN = "markdown"
    JSON = "json"


_FORMULA = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell starts that a spreadsheet would run as a formula, in wide letters too."""
_NUMBER = re.compile(r"[+-]\d+(?:[.,]\d+)*\s?%?")
_SPECIAL = {TableForm.TSV: "\t", TableForm.CSV: ","}


def tables_text(tables: Sequence[Table], form: TableForm) -> str:
    """All tables in order, an empty line between them; JSON is one object. No newline ends it."""
    if form is TableForm.JSON:
        held = [{"header": table.header, "rows": _texts(table)} for table in tables]
        return json.dumps({"tables": held}, ensure_ascii=False)
    return "\n\n".join(table_text(table, form) for table in tables)


def table_text(table: Table, form: TableForm) -> str:
    """One table; JSON gives its rows as lists of texts."""
    rows = _texts(table)
    if form is TableForm.JSON:
        return json.dumps(rows, ensure_ascii=False)
    if form is TableForm.MARKDOWN:
        width = max(map(len, rows), default=0)
        return markdown_table(rows if table.header else [[""] * width, *rows])
    separator = _SPECIAL[form]
    return "\n".join(separator.join(_quoted(cell, separator, row) for cell in row) for row in rows)


def markdown_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of equally many cells, the first of which is the header."""
    lines = ["| " + " | ".join(map(_escaped, row)) + " |" for row in rows]
    lines[1:1] = ["|" + " --- |" * len(row) for row in rows[:1]]
    return "\n".join(lines)


def harmless(text: str) -> str:
    """What a spreadsheet shows as it stands and never computes; take one apostrophe off to undo it.

    A signed number is no formula and stays a number.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def _quoted(cell: str, separator: str, row: Sequence[str]) -> str:
    told = harmless(cell)
    # A row of one empty cell would be an empty line, and that parts tables.
    if (not told and len(row) == 1) or any(it in told for it in (separator, '"', "\n", "\r")):
        return '"' + told.replace('"', '""') + '"'
    return told


def _escaped(cell: str) -> str:
    """One line in which nothing parts cells; a break of the cell's own is written as <br>."""
    told = cell.replace("\\", "\\\\").replace("|", "\\|").replace("<br>", "\\<br>")
    return re.sub(r"\r\n|\r|\n", "<br>", told)
