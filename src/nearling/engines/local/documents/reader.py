"""Reads documents of every format: tells which one it is, and lays out what has no pages."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace

from nearling.core.cancellation import Cancellation
from nearling.core.document import Page, PageKind, Pages
from nearling.core.media import Capture
from nearling.engines.local.documents.blocks import Section
from nearling.engines.local.documents.content import Content, content_of
from nearling.engines.local.documents.decoded import decoded
from nearling.engines.local.documents.laid_out import reading_of
from nearling.engines.local.documents.limits import (
    MOST_LETTERS,
    inflated,
    no_text,
    too_long,
    unknown,
)

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


class PagesReader:
    """Fulfils DocumentReader. What reads a format is loaded when the first one is met."""

    def open(self, document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
        cancellation.check()
        try:
            yield from _pages(document, cancellation)
        except MemoryError as error:
            raise inflated(document.name) from error


def _pages(document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
    content = content_of(document.data)
    if content is Content.PDF:
        from nearling.engines.local.documents import pdf

        return pdf.pages(document, cancellation)
    return _laid_out(document, *_sections(document, content), cancellation)


def _sections(document: Capture, content: Content) -> tuple[PageKind, Iterable[Section]]:
    match content:
        case Content.ZIP:
            from nearling.engines.local.documents import packages

            return packages.sections(document)
        case Content.OLD:
            from nearling.engines.local.documents import old_workbooks

            return PageKind.SHEET, old_workbooks.sections(document)
        case Content.HTML:
            from nearling.engines.local.documents import web

            return PageKind.PART, web.sections(document.data)
        case _:
            return _text(document)


def _text(document: Capture) -> tuple[PageKind, Iterable[Section]]:
    """Kinds of text have no sign that they are known by; there the name helps."""
    from nearling.engines.local.documents import plain, separated

    text, name = decoded(document.data), document.name
    if text is None or text.startswith("{\\rtf"):
        raise unknown(name)
    if len(text) > MOST_LETTERS:
        raise too_long(name)
    table = separated.section(text, name)
    if table is not None:
        return PageKind.SHEET, [table]
    if name.lower().endswith(_MARKDOWN):
        from nearling.engines.local.documents import markdown

        return PageKind.PART, markdown.sections(text)
    return PageKind.PART, plain.sections(text, name)


def _laid_out(
    document: Capture, kind: PageKind, sections: Iterable[Section], cancellation: Cancellation
) -> Iterator[Pages | Page]:
    held = list(sections)
    if not any(section.blocks for section in held):
        raise no_text(document.name)
    yield Pages(len(held), kind)
    for number, section in enumerate(held, 1):
        cancellation.check()
        started = time.perf_counter()
        reading = reading_of(document.digest, section.blocks)
        reading = replace(reading, seconds=time.perf_counter() - started)
        yield Page(number, kind, section.name, reading)
