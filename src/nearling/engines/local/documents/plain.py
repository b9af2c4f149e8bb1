"""Text that knows no pages, code and logs among it: its lines as they are, in parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, islice, pairwise

from nearling.engines.local.documents.blocks import (
    Block,
    Heading,
    Paragraph,
    Rows,
    Section,
    Verbatim,
    rows_of,
)
from nearling.engines.local.documents.breaking import broken, wrapped

_ENOUGH, _MOST = 40, 60
"""Lines after which a part ends with its paragraph, and after which it ends in any case."""
_WIDE = 110
"""Letters of a line."""
_ENDLESS = 1_000
_CELL = re.compile(r"\S+(?: \S+)*")
"""Words a single space apart; columns are further apart."""
_CODE = re.compile(
    r"\.(?:c|cc|cpp|cs|css|go|h|hpp|ini|java|js|json|jsx|kt|log|lua|pl|php|ps1|py|r|rb|rs|scala|sh"
    r"|sql|swift|toml|ts|tsx|vb|xml|yaml|yml)$",
    re.IGNORECASE,
)


def sections(text: str, name: str) -> Iterator[Section]:
    """`name` tells code and logs, in which what stands in line is no table."""
    return in_parts(list(_blocks(text, tabular=_CODE.search(name) is None)))


def in_parts(blocks: Sequence[Block]) -> Iterator[Section]:
    """Some dozens of lines each, that end where a block does; no heading ends one."""
    part: list[Block] = []
    lines = 0
    for block in chain.from_iterable(map(_cut, blocks)):
        heads = isinstance(block, Heading) and lines >= _ENOUGH - 8
        if part and (lines >= _ENOUGH or lines + _height(block) > _MOST or heads):
            kept = [part.pop()] if len(part) > 1 and isinstance(part[-1], Heading) else []
            yield Section(tuple(part))
            part, lines = kept, len(kept)
        part.append(block)
        lines += _height(block)
    if part:
        yield Section(tuple(part))


def _height(block: Block) -> int:
    match block:
        case Verbatim():
            return len(block.lines)
        case Rows():
            # A table stays whole however long it is, and stands among the text around it.
            return min(len(block.cells), _MOST // 2)
        case _:
            return 1 + len(block.text) // 110


def _cut(block: Block) -> Iterator[Block]:
    """Blocks that fit into a part, of one that need not."""
    match block:
        case Verbatim():
            lines = tuple(chain.from_iterable(map(_glanced, block.lines)))
            step = len(lines) if len(lines) <= _MOST else _ENOUGH
            for start in range(0, len(lines), step):
                yield Verbatim(lines[start : start + step])
        case Paragraph() if len(block.text) > _MOST * _WIDE:
            lines = tuple(broken(block.text))
            for start in range(0, len(lines), _MOST):
                yield Paragraph(" ".join(lines[start : start + _MOST]))
        case _:
            yield block


def _glanced(line: str) -> Iterable[str]:
    """What no window is wide enough for: a whole file on one line."""
    return (line,) if len(line) <= _ENDLESS else wrapped(line)


def _blocks(text: str, tabular: bool) -> Iterator[Block]:
    for empty, run in groupby(text.replace("\f", "\n\n").split("\n"), lambda it: not it.strip()):
        if empty:
            continue
        lines = [line.expandtabs(8) for line in run]
        yield from _with_tables(lines) if tabular else [Verbatim(tuple(lines))]


def _with_tables(lines: Sequence[str]) -> Iterator[Block]:
    """Neighbouring lines whose words stand in the same columns are a table."""
    start = 0
    while start < len(lines):
        table = _table(lines, start)
        if table is not None:
            yield table
            start += len(table.cells)
            continue
        end = start + 1
        while end < len(lines) and _table(lines, end) is None:
            end += 1
        yield from _as_written(lines[start:end])
        start = end


def _as_written(lines: Sequence[str]) -> Iterator[Block]:
    """A paragraph on one line is broken into several, as a window would do it."""
    for long, run in groupby(lines, lambda it: len(it) > _WIDE):
        kept = tuple(run)
        yield from map(Paragraph, kept) if long else (Verbatim(kept),)


def _table(lines: Sequence[str], start: int) -> Rows | None:
    """The table that begins with that line: at least three rows of as many cells."""
    columns: list[tuple[int, int]] = []
    rows: list[list[str]] = []
    for line in islice(lines, start, None):
        cells = [(it.start(), it.end()) for it in _CELL.finditer(line)]
        if len(cells) < 2 or (columns and len(cells) != len(columns)):
            break
        widened = [
            (min(left, begin), max(right, end))
            for (begin, end), (left, right) in zip(cells, columns or cells, strict=True)
        ]
        # Cells of one column share an edge, and no column reaches into the next one.
        apart = all(right < left for (_, right), (left, _) in pairwise(widened))
        if not apart or not all(map(_aligned, cells, columns or cells)):
            break
        columns = widened
        rows.append([line[begin:end] for begin, end in cells])
    return rows_of(rows) if len(rows) >= 3 else None


def _aligned(cell: tuple[int, int], column: tuple[int, int]) -> bool:
    return cell[0] == column[0] or cell[1] == column[1]
