"""Lays what a document says out on a page of ours, one line under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nearling.core.geometry import Box, enclosing
from nearling.core.reading import Cell, Line, Reading, Table
from nearling.engines.local.documents.blocks import Block, Heading, Paragraph, Rows, Verbatim
from nearling.engines.local.documents.breaking import broken
from nearling.engines.local.documents.version import document_reader_id

_LETTER, _HEIGHT, _BIG = 8, 16, 26
"""Pixels: how wide a letter is, how high one is, and one of a heading."""
_STEP, _GAP = 22, 14
"""From line to line, and what is free beside that between two blocks."""
_LEFT, _BETWEEN, _WIDEST = 20, 30, 60 * _LETTER
"""The margin, what is free between columns, and how wide one may be."""


@dataclass(slots=True)
class _Sheet:
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    top: int = _LEFT
    block: int = 0

    def write(self, text: str, left: int, height: int = _HEIGHT, widest: int = 0) -> Box:
        width = max(1, len(text)) * _LETTER * height // _HEIGHT
        width = min(width, widest) if widest else width
        box = Box(left, self.top, left + width, self.top + height)
        self.lines.append(Line(text, 1.0, box, corners(box), self.block))
        return box

    def put(self, block: Block) -> None:
        known = len(self.lines)
        match block:
            case Heading():
                # Free space above a heading is what parts it from the text before.
                self.top += _GAP if known else 0
                self.write(block.text, _LEFT, _BIG)
                self.top += _BIG - _HEIGHT + _STEP
            case Paragraph():
                for line in broken(block.text):
                    self.write(line, _LEFT)
                    self.top += _STEP
            case Verbatim():
                for line in block.lines:
                    text = line.expandtabs(4)
                    if text.strip():
                        indent = len(text) - len(text.lstrip())
                        self.write(text.strip(), _LEFT + indent * _LETTER)
                    self.top += _STEP
            case Rows():
                self._table(block)
        if len(self.lines) > known:
            self.block += 1
            self.top += _GAP

    def _table(self, block: Rows) -> None:
        widths = [
            min(max(map(len, column)) * _LETTER, _WIDEST) + _BETWEEN
            for column in zip(*block.cells, strict=True)
        ]
        rows: list[tuple[Cell, ...]] = []
        for texts in block.cells:
            left = _LEFT
            cells = []
            for text, width in zip(texts, widths, strict=True):
                cells.append(self._cell(text, left) if text else Cell("", None, ()))
                left += width
            rows.append(tuple(cells))
            self.top += _STEP
        boxes = [cell.box for row in rows for cell in row if cell.box is not None]
        if boxes:
            self.tables.append(Table(enclosing(boxes), tuple(rows), block.header))

    def _cell(self, text: str, left: int) -> Cell:
        # What is longer than its column must not seem to stand in the next one too.
        return Cell(text, self.write(text, left, widest=_WIDEST), (len(self.lines) - 1,))


def reading_of(digest: str, blocks: Sequence[Block]) -> Reading:
    sheet = _Sheet()
    for block in blocks:
        sheet.put(block)
    width = max((line.box.right for line in sheet.lines), default=0) + _LEFT
    height = sheet.top + _LEFT
    lines, tables = tuple(sheet.lines), tuple(sheet.tables)
    engine = document_reader_id()
    return Reading(digest, width, height, 0, lines, tables, (), engine, 0.0)


def corners(box: Box) -> tuple[tuple[float, float], ...]:
    return (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )
