"""DOCX: paragraphs, headings and tables of a text, parted where its pages are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from nearling.core.document import PageKind
from nearling.engines.local.documents.blocks import (
    Block,
    Heading,
    Paragraph,
    Section,
    rows_of,
)
from nearling.engines.local.documents.markup import (
    Element,
    attribute,
    child,
    children,
    name_of,
    streamed,
)
from nearling.engines.local.documents.plain import in_parts
from nearling.engines.local.documents.zipped import Package, parsed

_BODIES = frozenset(("body", "hdr", "ftr", "footnotes", "endnotes"))
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "Fallback", "pPr", "rPr", "delText"))
"""What was taken out of the text, formulas of fields, and what is said twice."""
_PAGE, _DRAWN = "\f", "\v"
"""Where the writer breaks a page, and where the program that saved the file did."""


def sections(package: Package, main: str) -> tuple[PageKind, Sequence[Section]]:
    """Pages where the file says where they end, else parts."""
    related = sorted(package.related(main).values())
    styles = [place for kind, place in related if kind == "styles"]
    headings = _headings(package.read(styles[0])) if styles and styles[0] in package else set()
    reader = _Reader(package, headings)
    heads, feet = (
        list(chain.from_iterable(reader.blocks(it) for kind, it in related if kind in kinds))
        for kinds in (("header",), ("footer", "footnotes", "endnotes"))
    )
    pieces = list(reader.pieces(main))
    breaks = _DRAWN if _DRAWN in pieces else _PAGE
    pages: list[list[Block]] = [_once(heads)]
    for piece in pieces:
        if isinstance(piece, str):
            pages += [[]] if piece == breaks else []
        else:
            pages[-1].append(piece)
    pages[-1] += _once(feet)
    pages = [page for page in pages if page] if breaks == _PAGE else pages
    if len(pages) < 2:
        return PageKind.PART, list(in_parts(list(chain.from_iterable(pages))))
    return PageKind.PAGE, [Section(tuple(page)) for page in pages]


def _once(blocks: Sequence[Block]) -> list[Block]:
    return list(dict.fromkeys(blocks))


def _headings(styles: bytes) -> set[str]:
    """The ids of the styles of headings, whatever they are called in the file's language."""
    known = {attribute(it, "styleId"): it for it in children(parsed(styles), "style")}
    return {it for it, style in known.items() if _heads(style, known)}


def _heads(style: Element | None, known: dict[str, Element]) -> bool:
    for _ in range(10):  # styles rest on each other, in a broken file in a circle
        if style is None:
            return False
        named = child(style, "name")
        name = attribute(named, "val").casefold() if named is not None else ""
        if name == "title" or name.startswith("heading ") or _outlined(style):
            return True
        base = child(style, "basedOn")
        style = known.get(attribute(base, "val")) if base is not None else None
    return False


def _outlined(style: Element) -> bool:
    level = child(style, "pPr", "outlineLvl")
    return level is not None and attribute(level, "val") in {*"012345678"}


class _Reader:
    def __init__(self, package: Package, headings: set[str]) -> None:
        self._package = package
        self._headings = headings

    def blocks(self, name: str) -> Iterator[Block]:
        if name in self._package:
            yield from (it for it in self.pieces(name) if not isinstance(it, str))

    def pieces(self, name: str) -> Iterator[Block | str]:
        """Blocks, and marks where a page ends."""
        with self._package.open(name) as content:
            for element in streamed(content, _BODIES):
                yield from self._pieces(element)

    def _pieces(self, element: Element) -> Iterator[Block | str]:
        match name_of(element):
            case "p":
                yield from self._paragraph(element)
            case "tbl":
                yield from self._table(element)
            case "sectPr" | "":
                return
            case _ as name if name not in _UNSEEN:
                for each in element:
                    yield from self._pieces(each)

    def _paragraph(self, element: Element) -> Iterator[Block | str]:
        style = child(element, "pPr", "pStyle")
        heads = style is not None and attribute(style, "val") in self._headings
        properties = child(element, "pPr")
        heads = heads or (properties is not None and _outlined(element))
        if child(element, "pPr", "pageBreakBefore") is not None:
            yield _PAGE
        for text in _split("".join(_texts(element))):
            if text in (_PAGE, _DRAWN):
                yield text
            elif words := " ".join(text.split()):
                yield Heading(words) if heads else Paragraph(words)
        for box in element.iter("{*}txbxContent"):
            if not any(name_of(it) == "Fallback" for it in box.iterancestors()):
                for each in box:
                    yield from self._pieces(each)

    def _table(self, table: Element) -> Iterator[Block | str]:
        rows = [row for row in table.iter("{*}tr") if _owner(row) is table]
        cells = [list(_cells(row)) for row in rows]
        if max(map(len, cells), default=0) < 2:
            yield from (Paragraph(text) for row in cells for text in row if text)
            return
        named = child(rows[0], "trPr", "tblHeader") is not None
        yield rows_of(cells, True if named and len(cells) > 1 else None)


def _owner(row: Element) -> Element | None:
    return next(row.iterancestors("{*}tbl"), None)


def _cells(row: Element) -> Iterator[str]:
    for cell in row.iter("{*}tc"):
        if next(cell.iterancestors("{*}tr"), None) is not row:
            continue
        merged = child(cell, "tcPr", "vMerge")
        goes_on = merged is not None and attribute(merged, "val") != "restart"
        paragraphs = ("".join(_texts(it)) for it in cell.iter("{*}p"))
        yield "" if goes_on else " ".join(" ".join(paragraphs).split())
        span = child(cell, "tcPr", "gridSpan")
        wide = attribute(span, "val") if span is not None else "1"
        yield from [""] * (min(int(wide), 64) - 1 if wide.isdigit() else 0)


def _texts(element: Element) -> Iterator[str]:
    """What can be seen of a paragraph; text boxes in it are paragraphs of their own."""
    for each in element:
        match name_of(each):
            case "t":
                yield each.text or ""
            case "tab":
                yield " "
            case "br" if attribute(each, "type") == "page":
                yield _PAGE
            case "lastRenderedPageBreak":
                yield _DRAWN
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case "p" | "txbxContent":
                continue
            case name if name and name not in _UNSEEN:
                yield from _texts(each)


def _split(text: str) -> Iterator[str]:
    """Lines, and marks of pages by themselves."""
    yield from text.replace(_PAGE, f"\n{_PAGE}\n").replace(_DRAWN, f"\n{_DRAWN}\n").split("\n")
