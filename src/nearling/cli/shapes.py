"""Values as the JSON of the command line shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nearling.core.conversation import Citation, Receipt, Route
from nearling.core.document import Page
from nearling.core.events import DocumentRead, Understood, WrittenDown
from nearling.core.hearing import Segment, Transcript
from nearling.core.reading import Cell, Reading, Table


def citation_shape(citation: Citation) -> dict[str, Any]:
    shape: dict[str, Any] = {"source": citation.source, "text": citation.text}
    if citation.box is not None:
        shape["box"] = citation.box.as_list()
    if citation.page is not None:
        shape["page"] = citation.page
    if citation.moment is not None:
        shape["moment"] = citation.moment
    return shape


def route_shape(route: Route) -> dict[str, Any]:
    return {"zone": route.zone.value, "writer": route.writer, "reason": route.reason}


def receipt_shape(receipt: Receipt) -> dict[str, Any]:
    return {
        "first_token_ms": receipt.first_token_ms,
        "total_ms": receipt.total_ms,
        "tokens_in": receipt.tokens_in,
        "tokens_out": receipt.tokens_out,
        "price": receipt.price,
        "left": list(receipt.left),
        "again": receipt.again,
        "reused": receipt.reused,
        "guessed": receipt.guessed,
        "cut": receipt.cut,
        "unsure": receipt.unsure,
        "left_out": list(receipt.left_out),
        "doubted": list(receipt.doubted),
        "means": None if receipt.means is None else receipt.means.value,
    }


def understood_shape(event: Understood) -> dict[str, Any]:
    reading = event.reading
    return {
        "source": event.name,
        "lines": len(reading.lines),
        "tables": len(reading.tables),
        "codes": len(reading.codes),
        "size": [reading.width, reading.height],
        "rotation": reading.rotation,
        "seconds": reading.seconds,
        "cached": event.cached,
    }


def document_read_shape(event: DocumentRead) -> dict[str, Any]:
    return {
        "source": event.name,
        "pages": event.pages.count,
        "kind": event.pages.kind.value,
        "cached": event.cached,
    }


def written_down_shape(event: WrittenDown) -> dict[str, Any]:
    transcript = event.transcript
    return {
        "source": event.name,
        "text": transcript.text,
        "language": transcript.language,
        "engine": transcript.engine,
        "seconds_audio": transcript.seconds_audio,
        "seconds": transcript.seconds,
        "cached": event.cached,
    }


def reading_shape(file: str, reading: Reading) -> dict[str, Any]:
    return {
        "file": file,
        "text": reading.text,
        "lines": [
            {
                "text": line.text,
                "score": line.score,
                "box": line.box.as_list(),
                "polygon": [list(corner) for corner in line.polygon],
                "block": line.block,
            }
            for line in reading.lines
        ],
        "tables": [_table_shape(table) for table in reading.tables],
        "codes": [
            {"text": code.text, "format": code.format, "box": code.box.as_list()}
            for code in reading.codes
        ],
        "size": [reading.width, reading.height],
        "rotation": reading.rotation,
        "engine": reading.engine,
        "seconds": reading.seconds,
    }


def document_shape(file: str, pages: Sequence[Page]) -> dict[str, Any]:
    """Where boxes are measured in pixels of each page's picture."""
    return {
        "file": file,
        "text": "\n\n".join(page.reading.text for page in pages),
        "kind": pages[0].kind.value,
        "pages": [
            {"page": page.number, "name": page.name} | _without_file(page.reading) for page in pages
        ],
        "engine": pages[0].reading.engine,
        "seconds": sum(page.reading.seconds for page in pages),
    }


def _without_file(reading: Reading) -> dict[str, Any]:
    shape = reading_shape("", reading)
    del shape["file"]
    return shape


def _table_shape(table: Table) -> dict[str, Any]:
    return {
        "box": table.box.as_list(),
        "header": table.header,
        "rows": [[_cell_shape(cell) for cell in row] for row in table.rows],
    }


def _cell_shape(cell: Cell) -> dict[str, Any]:
    return {"text": cell.text, "box": None if cell.box is None else cell.box.as_list()}


def transcript_shape(file: str, transcript: Transcript) -> dict[str, Any]:
    return {
        "file": file,
        "text": transcript.text,
        "language": transcript.language,
        "segments": [_segment_shape(segment) for segment in transcript.segments],
        "engine": transcript.engine,
        "seconds_audio": transcript.seconds_audio,
        "seconds": transcript.seconds,
    }


def _segment_shape(segment: Segment) -> dict[str, Any]:
    shape: dict[str, Any] = {"start": segment.start, "end": segment.end, "text": segment.text}
    if segment.words:
        shape["words"] = [
            {
                "text": word.text,
                "start": word.start,
                "end": word.end,
                "probability": word.probability,
            }
            for word in segment.words
        ]
    return shape
