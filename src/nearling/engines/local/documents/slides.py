"""PPTX: the text and the tables of each slide, and what its speaker noted."""

from __future__ import annotations

from collections.abc import Iterator

from nearling.engines.local.documents.blocks import Block, Heading, Paragraph, Section, rows_of
from nearling.engines.local.documents.limits import MOST_PAGES, too_many_pages
from nearling.engines.local.documents.markup import Element, attribute, child, children, name_of
from nearling.engines.local.documents.zipped import Package, parsed

_TITLES = ("title", "ctrTitle")
_REPEATED = ("sldNum", "dt", "ftr", "hdr")
"""Numbers, dates and lines that stand on every slide."""


def sections(package: Package, main: str, name: str) -> Iterator[Section]:
    related = package.related(main)
    listed = child(parsed(package.read(main)), "sldIdLst")
    ids = [_relation(it) for it in listed] if listed is not None else []
    slides = [related[it][1] for it in ids if it in related]
    if len(slides) > MOST_PAGES:
        raise too_many_pages(name)
    for slide in slides:
        blocks = _blocks(package, slide)
        notes = [place for kind, place in package.related(slide).values() if kind == "notesSlide"]
        noted = [block for it in notes if it in package for block in _blocks(package, it)]
        title = next((it.text for it in blocks if isinstance(it, Heading)), "")
        yield Section((*blocks, *noted), title)


def _relation(element: Element) -> str:
    """The slide's id has no namespace, that of its relation has one."""
    return next((str(value) for key, value in element.attrib.items() if key.endswith("}id")), "")


def _blocks(package: Package, slide: str) -> tuple[Block, ...]:
    tree = child(parsed(package.read(slide)), "cSld", "spTree")
    found = list(_shapes(tree)) if tree is not None else []
    # The title is read first, wherever it stands in the file.
    return tuple(sorted(found, key=lambda it: not isinstance(it, Heading)))


def _shapes(tree: Element) -> Iterator[Block]:
    for shape in children(tree, "sp", "grpSp", "graphicFrame", "AlternateContent", "Choice"):
        match name_of(shape):
            case "sp":
                yield from _text(shape)
            case "graphicFrame":
                table = child(shape, "graphic", "graphicData", "tbl")
                if table is not None:
                    yield _table(table)
            case _:
                yield from _shapes(shape)


def _text(shape: Element) -> Iterator[Block]:
    holder = child(shape, "nvSpPr", "nvPr", "ph")
    kind = attribute(holder, "type") if holder is not None else ""
    body = child(shape, "txBody")
    if body is None or kind in _REPEATED:
        return
    texts = [text for it in children(body, "p") if (text := _paragraph(it))]
    if kind in _TITLES and texts:
        yield Heading(" ".join(texts))
    else:
        yield from map(Paragraph, texts)


def _paragraph(element: Element) -> str:
    return " ".join("".join(map(_run, element)).split())


def _run(element: Element) -> str:
    match name_of(element):
        case "r" | "fld":
            text = child(element, "t")
            return (text.text or "") if text is not None else ""
        case "br":
            return " "
        case _:
            return ""


def _table(table: Element) -> Block:
    cells = [
        [" ".join(filter(None, map(_paragraph, it.iter("{*}p")))) for it in children(row, "tc")]
        for row in children(table, "tr")
    ]
    look = child(table, "tblPr")
    named = look is not None and attribute(look, "firstRow") == "1" and len(cells) > 1
    return rows_of(cells, True if named else None)
