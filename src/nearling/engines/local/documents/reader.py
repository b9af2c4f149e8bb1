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


class PagesReader:
    """Fulfils DocumentReader. What reads a format is loaded when the first one is met."""

    def open(self, document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
        cancellation.check()
        try:
            yield from _pages(document, cancellation)
        except MemoryError as error:
            raise inflated(document.name) from error


def _pages(document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
    match content_of(document.data):
        case Content.PDF:
            from nearling.engines.local.documents import pdf

            return pdf.pages(document, cancellation)
        case _:
            return _laid_out(document, *_text(document), cancellation)


def _text(document: Capture) -> tuple[PageKind, Iterable[Section]]:
    text = decoded(document.data)
    if text is None:
        raise unknown(document.name)
    if len(text) > MOST_LETTERS:
        raise too_long(document.name)
    from nearling.engines.local.documents import plain

    return PageKind.PART, plain.sections(text, document.name)


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
