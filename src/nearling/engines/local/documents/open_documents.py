"""ODT, ODS and ODP: texts, sheets and slides, with cells as they were shown when saved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nearling.core.document import PageKind
from nearling.engines.local.documents.blocks import Block, Heading, Paragraph, Section, rows_of
from nearling.engines.local.documents.grid import sheet
from nearling.engines.local.documents.limits import MOST_CELLS, too_long
from nearling.engines.local.documents.markup import (
    Element,
    attribute,
    child,
    children,
    name_of,
    streamed,
)
from nearling.engines.local.documents.plain import in_parts
from nearling.engines.local.documents.zipped import Package

_CONTENT = "content.xml"
_BODIES = frozenset(("text", "spreadsheet", "presentation"))


def sections(package: Package, kind: PageKind, name: str) -> Sequence[Section]:
    with package.open(_CONTENT) as content:
        elements = streamed(content, _BODIES)
        match kind:
            case PageKind.SHEET:
                tables = (it for it in elements if name_of(it) == "table")
                return [
                    Section(sheet(_cells(it, name), name), attribute(it, "name")) for it in tables
                ]
            case PageKind.SLIDE:
                slides = (it for it in elements if name_of(it) == "page")
                return [Section(tuple(_blocks(it, name)), attribute(it, "name")) for it in slides]
            case _:
                return list(in_parts([block for it in elements for block in _blocks(it, name)]))


def _blocks(element: Element, name: str) -> Iterator[Block]:
    match name_of(element):
        case "h":
            if text := _text(element):
                yield Heading(text)
        case "p":
            if text := _text(element):
                yield Paragraph(text)
            for box in element.iter("{*}text-box"):
                for each in box:
                    yield from _blocks(each, name)
        case "table":
            rows = [row for row in _cells(element, name) if any(row)]
            if max(map(len, rows), default=0) > 1:
                named = child(element, "table-header-rows") is not None
                yield rows_of(rows, True if named and len(rows) > 1 else None)
            else:
                yield from (Paragraph(cell) for row in rows for cell in row if cell)
        case "" | "tracked-changes" | "annotation" | "sequence-decls" | "forms":
            return
        case _:
            for each in element:
                yield from _blocks(each, name)


def _cells(table: Element, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    count = 0
    for row in table.iter("{*}table-row"):
        cells: list[str] = []
        for cell in children(row, "table-cell", "covered-table-cell"):
            text = " ".join(filter(None, (_text(it) for it in cell.iter("{*}p"))))
            text = "" if name_of(cell) == "covered-table-cell" else text
            times = _times(cell, "number-columns-repeated")
            # Sheets are filled up with a million empty cells to their edges.
            cells += [text] * (times if text else min(times, 64))
            if len(cells) > MOST_CELLS:
                raise too_long(name)
        repeated = _times(row, "number-rows-repeated")
        filled = any(cells)
        times = repeated if filled else 1
        count += times * len(cells) if filled else 1
        if count > MOST_CELLS:
            raise too_long(name)
        rows += [list(cells) for _ in range(times)] if filled else [[]]
    return rows


def _times(element: Element, name: str) -> int:
    told = attribute(element, name)
    return int(told) if told.isdecimal() and len(told) < 9 else 1


def _text(element: Element) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for each in element:
        match name_of(each):
            case "s" | "tab" | "line-break":
                yield " "
            case "annotation" | "note" | "text-box" | "":
                pass
            case _:
                yield from _pieces(each)
        yield each.tail or ""
