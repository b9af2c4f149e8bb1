"""XLS and XLSB: each sheet's values, dates as ISO 8601 writes them; no formula is worked out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import python_calamine

from nearling.core.media import Capture
from nearling.engines.local.documents.blocks import Section
from nearling.engines.local.documents.grid import sheet
from nearling.engines.local.documents.limits import (
    MOST_CELLS,
    damaged,
    encrypted,
    old_office,
    too_long,
)
from nearling.engines.local.documents.number_formats import general

_Value = int | float | str | bool | date | datetime | time | timedelta | None


def sections(document: Capture) -> Iterator[Section]:
    """Raises UnusableFile, also for texts and slides of that age, which are no workbooks."""
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(document.data))
        names = book.sheet_names
    except python_calamine.PasswordError as error:
        raise encrypted(document.name) from error
    except python_calamine.CalamineError as error:
        raise _unusable(document) from error
    for name in names:
        try:
            each = book.get_sheet_by_name(name)
        except python_calamine.CalamineError as error:
            raise damaged(document.name) from error
        if each.height * each.width > MOST_CELLS:
            raise too_long(document.name)
        rows = [[_text(value) for value in row] for row in each.iter_rows()]
        yield Section(sheet(rows, document.name), name)


def _unusable(document: Capture) -> Exception:
    # Names of what such a file holds stand in it as UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in document.data:
        return encrypted(document.name)
    if any(
        it.encode("utf-16-le") in document.data for it in ("WordDocument", "PowerPoint Document")
    ):
        return old_office(document.name)
    return damaged(document.name)


def _text(value: _Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return general(value)
        case datetime():
            midnight = value.time() == time()
            return f"{value:%Y-%m-%d}" if midnight else f"{value:%Y-%m-%d %H:%M}"
        case str():
            return " ".join(value.split())
        case _:
            return str(value)
