"""XLSX: each sheet's cells as they are shown; values as saved, no formula is worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nearling.engines.local.documents.blocks import Section
from nearling.engines.local.documents.grid import sheet
from nearling.engines.local.documents.limits import MOST_CELLS, MOST_LETTERS, too_long
from nearling.engines.local.documents.markup import Element, attribute, child, children, streamed
from nearling.engines.local.documents.number_formats import known_format, shown
from nearling.engines.local.documents.zipped import Package, parsed

_MOST_COLUMNS = 16_384
_PLACE = re.compile(r"([A-Z]{1,3})\d+")


@dataclass(frozen=True, slots=True)
class _Book:
    name: str
    strings: Sequence[str]
    formats: Sequence[str]
    """By the number of a cell's style."""
    from_1904: bool


def sections(package: Package, main: str, name: str) -> Iterator[Section]:
    workbook, related = parsed(package.read(main)), package.related(main)
    places = dict(related.values())
    properties = child(workbook, "workbookPr")
    from_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
    book = _Book(
        name,
        list(_strings(package, places.get("sharedStrings", ""), name)),
        _formats(package, places.get("styles", "")),
        from_1904,
    )
    listed = child(workbook, "sheets")
    for each in listed if listed is not None else ():
        relation = next((str(it) for key, it in each.attrib.items() if key.endswith("}id")), "")
        kind, place = related.get(relation, ("", ""))
        rows = _rows(package, place, book) if kind == "worksheet" else []
        yield Section(sheet(rows, name), attribute(each, "name"))


def _strings(package: Package, place: str, name: str) -> Iterator[str]:
    if place not in package:
        return
    letters = 0
    with package.open(place) as content:
        for each in streamed(content, frozenset(("sst",))):
            text = _text(each)
            letters += len(text)
            if letters > MOST_LETTERS:
                raise too_long(name)
            yield text


def _text(element: Element) -> str:
    """Without what tells how a word is pronounced."""
    told = (
        it.text or ""
        for it in element.iter("{*}t")
        if not any(parent.tag.endswith("}rPh") for parent in it.iterancestors())
    )
    return " ".join("".join(told).split())


def _formats(package: Package, place: str) -> list[str]:
    if place not in package:
        return []
    styles = parsed(package.read(place))
    own = child(styles, "numFmts")
    codes = {
        attribute(it, "numFmtId"): attribute(it, "formatCode")
        for it in (own if own is not None else ())
    }
    used = child(styles, "cellXfs")
    numbers = [attribute(it, "numFmtId") for it in (used if used is not None else ())]
    return [codes.get(it) or known_format(int(it) if it.isdigit() else 0) for it in numbers]


def _rows(package: Package, place: str, book: _Book) -> list[list[str]]:
    rows: list[list[str]] = []
    cells = letters = 0
    with package.open(place) as content:
        for element in streamed(content, frozenset(("sheetData",))):
            number = attribute(element, "r")
            row = _row(element, book)
            at = int(number) - 1 if number.isdigit() else len(rows)
            # Rows that are not there are empty; more than one of them in a row says no more.
            if row and at > len(rows):
                rows.append([])
            cells += len(row)
            letters += sum(map(len, row))
            if cells > MOST_CELLS or letters > MOST_LETTERS or len(rows) > MOST_CELLS:
                raise too_long(book.name)
            rows.append(row)
    return rows


def _row(element: Element, book: _Book) -> list[str]:
    row: list[str] = []
    for cell in children(element, "c"):
        text = _cell(cell, book)
        found = _PLACE.fullmatch(attribute(cell, "r"))
        at = _column(found[1]) if found else len(row)
        if text and len(row) <= at < _MOST_COLUMNS:
            row += [""] * (at - len(row))
            row.append(text)
        elif text:
            row.append(text)
    return row


def _cell(cell: Element, book: _Book) -> str:
    kind = attribute(cell, "t")
    if kind == "inlineStr":
        return _text(cell)
    held = child(cell, "v")
    value = (held.text or "").strip() if held is not None else ""
    if kind == "s":
        known = value.isdecimal() and int(value) < len(book.strings)
        return book.strings[int(value)] if known else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, "")
    if kind in ("str", "e", "d"):
        return " ".join(value.split())
    try:
        number = float(value)
    except ValueError:
        return value
    style = attribute(cell, "s")
    known = style.isdecimal() and int(style) < len(book.formats)
    code = book.formats[int(style)] if known else "General"
    return shown(number, code, book.from_1904) if abs(number) < float("inf") else value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
