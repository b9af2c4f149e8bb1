"""Builds real files of every form that people bring from a plain description of their pages."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Callable, Mapping, Sequence
from html import escape
from types import MappingProxyType

from nearling.bench.useful.described import Block, Described, Gap, Grid, Heading, blocks
from nearling.bench.useful.office_files import docx, pptx, xlsx, zipped
from nearling.bench.useful.paper_files import pdf, photo, picture, scan


def built(form: str, name: str, pages: Sequence[Described]) -> bytes:
    """A file of one of the FORMS; `name` is what it is called, with its ending.

    The same description gives the same bytes. Raises ValueError for another form, for no pages,
    and for several where the form has one.
    """
    if form not in FORMS or not pages:
        raise ValueError(f"{form}: {len(pages)} pages")
    if form in _OF_ONE_PAGE:
        if len(pages) > 1:
            raise ValueError(f"{form} has one page: {name}")
        return _OF_ONE_PAGE[form](pages[0], name)
    return _OF_PAGES[form](pages)


def _table_file(delimiter: str) -> Callable[[Sequence[Described]], bytes]:
    def table(pages: Sequence[Described]) -> bytes:
        content = io.StringIO()
        writer = csv.writer(content, delimiter=delimiter)
        for block in (it for page in pages for it in blocks(Described(page.text))):
            if isinstance(block, Grid):
                writer.writerows(block.rows)
            else:
                writer.writerow([] if isinstance(block, Gap) else [block.text])
        return content.getvalue().encode()

    return table


def _html(pages: Sequence[Described]) -> bytes:
    title = escape(pages[0].title or "Page")
    body = "\n".join(f"<section>\n{_html_blocks(page)}\n</section>" for page in pages)
    return (
        f'<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"><title>{title}</title>\n'
        "<style>body { font-family: sans-serif }</style>\n"
        f"<script>window.visited = true;</script></head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _html_blocks(page: Described) -> str:
    return "\n".join(filter(None, map(_html_block, blocks(page))))


def _html_block(block: Block) -> str:
    if isinstance(block, Gap):
        return ""
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Grid):
        rows = [
            "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>"
            for tag, row in zip(("th", *["td"] * len(block.rows)), block.rows, strict=False)
        ]
        return "<table>\n" + "\n".join(rows) + "\n</table>"
    return f"<p>{escape(block.text)}</p>"


def _epub(pages: Sequence[Described]) -> bytes:
    chapters = {f"OEBPS/chapter{number}.xhtml": page for number, page in enumerate(pages, 1)}
    container = (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    ids = [f"c{number}" for number in range(1, len(pages) + 1)]
    items = "".join(
        f'<item id="{it}" href="chapter{it[1:]}.xhtml" media-type="application/xhtml+xml"/>'
        for it in ids
    )
    spine = "".join(f'<itemref idref="{it}"/>' for it in ids)
    title = escape(pages[0].title or "Book")
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">book'
        f"</dc:identifier><dc:title>{title}</dc:title><dc:language>en</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    written = {
        name: '<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>{escape(page.title)}</title></head><body>{_html_blocks(page)}</body></html>"
        for name, page in chapters.items()
    }
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": container,
            "OEBPS/book.opf": book,
        }
        | written
    )


def _markdown(pages: Sequence[Described]) -> bytes:
    return "\n\n".join("\n".join(map(_markdown_block, _all(page))) for page in pages).encode()


def _all(page: Described) -> list[Block]:
    return list(blocks(page))


def _markdown_block(block: Block) -> str:
    if isinstance(block, Gap):
        return ""
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}\n"
    if isinstance(block, Grid):
        header, *rows = (f"| {' | '.join(row)} |" for row in block.rows)
        return "\n".join((header, "|" + " --- |" * len(block.rows[0]), *rows))
    return f"{block.text}\n"


def _text(pages: Sequence[Described]) -> bytes:
    return "\n\n".join("\n".join(map(_text_block, _all(page))) for page in pages).encode()


def _text_block(block: Block) -> str:
    """Tables in columns of equal letters, headings without a sign."""
    if isinstance(block, Gap):
        return ""
    if isinstance(block, Grid):
        widths = [max(map(len, column)) + 2 for column in zip(*block.rows, strict=True)]
        return "\n".join(
            "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in block.rows
        )
    return block.text


def _as_it_is(pages: Sequence[Described]) -> bytes:
    return "\n".join(page.text for page in pages).encode()


_OF_PAGES: Mapping[str, Callable[[Sequence[Described]], bytes]] = MappingProxyType(
    {
        "pdf": pdf,
        "scan": scan,
        "docx": docx,
        "pptx": pptx,
        "xlsx": xlsx,
        "csv": _table_file(","),
        "tsv": _table_file("\t"),
        "html": _html,
        "epub": _epub,
        "md": _markdown,
        "txt": _text,
        "log": _as_it_is,
        "code": _as_it_is,
    }
)
_OF_ONE_PAGE: Mapping[str, Callable[[Described, str], bytes]] = MappingProxyType(
    {
        "picture": lambda page, _: picture(page).picture,
        # Each photo is taken a little differently.
        "photo": lambda page, name: photo(page, zlib.crc32(name.encode())).picture,
    }
)
FORMS = (*_OF_PAGES, *_OF_ONE_PAGE)
