"""PDF: the lines of each page with their places, or its picture where it holds no text."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress

import numpy as np
import pypdfium2
from pypdfium2 import raw

from nearling.core.cancellation import Cancellation
from nearling.core.document import Page, PageKind, Pages
from nearling.core.media import Capture
from nearling.core.reading import Line, Reading, Table
from nearling.engines.local.documents.limits import (
    MOST_PAGES,
    damaged,
    encrypted,
    too_many_pages,
)
from nearling.engines.local.documents.pdf_letters import found_lines
from nearling.engines.local.documents.version import document_reader_id
from nearling.engines.local.joining import Found, put_together
from nearling.engines.local.layout import Placed
from nearling.engines.local.page import Page as Sheet

SCALE = 2.0
"""Pixels a point: 144 dots an inch, at which small print can be read."""
_MOST_NOTES = 2_000
_LONGEST = 5_000
"""Pixels of the longer side; a poster is drawn smaller."""
_SPARSE = 40
"""Letters. What a scan holds beside its picture is a page number or the scanner's name."""
_COVERED = 0.5
"""Share of the page that a scan's picture covers at least."""


def pages(document: Capture, cancellation: Cancellation) -> Iterator[Pages | Page]:
    pdf = opened(document)
    try:
        count = len(pdf)
        if not count:
            raise damaged(document.name)
        if count > MOST_PAGES:
            raise too_many_pages(document.name)
        yield Pages(count, PageKind.PAGE)
        for number in range(count):
            cancellation.check()
            yield _page(pdf, number, document)
    finally:
        pdf.close()


def opened(document: Capture) -> pypdfium2.PdfDocument:
    """Raises UnusableFile."""
    try:
        return pypdfium2.PdfDocument(document.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise encrypted(document.name) from error
        raise damaged(document.name) from error


def page_of(pdf: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """With what was filled in and written on it. Raises PdfiumError."""
    page = pdf[number]
    if (
        _is_written_on(page)
        and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
    ):
        page.close()
        page = pdf[number]
    return page


def _is_written_on(page: pypdfium2.PdfPage) -> bool:
    """Links are on every other page, and say nothing."""
    kinds = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP)
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, index)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind in kinds:
            return True
    return False


def size_in_pixels(page: pypdfium2.PdfPage) -> tuple[int, int, float]:
    """Width and height of the page's picture, and its pixels a point."""
    width, height = page.get_size()
    scale = min(SCALE, _LONGEST / max(width, height, 1.0))
    return max(1, round(width * scale)), max(1, round(height * scale)), scale


def _page(pdf: pypdfium2.PdfDocument, number: int, document: Capture) -> Page:
    started = time.perf_counter()
    sheet, picture = Sheet(1, 1, 0), b""
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    # One broken page says nothing about the others.
    with suppress(pypdfium2.PdfiumError), closing(page_of(pdf, number)) as page:
        width, height, scale = size_in_pixels(page)
        sheet = Sheet(width, height, 0)
        letters, found = found_lines(page, width, height)
        if _is_picture(page, letters):
            picture = _png(page, scale)
        else:
            whole = put_together(found, _placed(found))
            lines, tables = sheet.arranged(whole, _placed(whole))
    reading = Reading(
        document.digest,
        sheet.width,
        sheet.height,
        0,
        lines,
        tables,
        (),
        document_reader_id(),
        time.perf_counter() - started,
    )
    return Page(number + 1, PageKind.PAGE, "", reading, picture)


def _placed(found: Sequence[Found]) -> list[Placed]:
    """Nothing is slanted here, as it is in a photo."""
    if not found:
        return []
    corners = np.array([line.corners for line in found])
    boxes = np.concatenate((corners.min(axis=1), corners.max(axis=1)), axis=1).tolist()
    return [
        Placed(number, left, top, right, bottom, len(line.text))
        for number, (line, (left, top, right, bottom)) in enumerate(zip(found, boxes, strict=True))
    ]


def _is_picture(page: pypdfium2.PdfPage, letters: int) -> bool:
    """Whether the page says nothing by itself, and shows something."""
    if not letters:
        return bool(raw.FPDFPage_CountObjects(page))
    if letters > _SPARSE:
        return False
    width, height = page.get_size()
    pictures = page.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)
    covered = (
        (right - left) * (top - bottom) for left, bottom, right, top in map(_bounds, pictures)
    )
    return bool(max(covered, default=0.0) > _COVERED * width * height)


def _bounds(it: pypdfium2.PdfObject) -> tuple[float, float, float, float]:
    left, bottom, right, top = it.get_bounds()
    return left, bottom, right, top


def _png(page: pypdfium2.PdfPage, scale: float) -> bytes:
    encoded = io.BytesIO()
    # Speed before size: it is read once, by a process next door.
    page.render(scale=scale).to_pil().convert("RGB").save(encoded, "PNG", compress_level=1)
    return encoded.getvalue()
