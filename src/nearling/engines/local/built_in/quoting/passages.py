"""What a page says, piece by piece: sentences, list items and table rows, under headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from nearling.core.reading import Line, Reading, Table
from nearling.engines.local.built_in.sentences import ends

_CLAUSE = re.compile(r"[,;–—](?=\s)|\.(?=\s)|\s(?=(?:and|but|und|aber|oder|or)\s)")
_HEADING = 1.2
"""Times as high as most lines of the page."""
_FULL = 0.75
"""Of the widest line; a sentence goes on below a line that is as wide."""
_RECORD = re.compile(r"(?:[•▪‣·*–—-]|\(?\d{1,2}[.)])\s|\d{4}-\d\d-\d\d|[#\w.\[\]-]{1,30}\s*[:=]\s")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a passage whose words belong together; a cell of a row with its column's head."""

    text: str
    start: int
    """Where in the passage."""
    head: str = ""

    @property
    def whole(self) -> str:
        return f"{self.head} {self.text}"


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    clauses: tuple[Clause, ...]
    starts: tuple[tuple[int, int], ...]
    """From which letter on it stands on which line of the reading."""
    heading: str
    above: str
    """The sentence before it in its paragraph."""
    row: bool = False

    @property
    def whole(self) -> str:
        """With the heads of its columns."""
        return " ".join(clause.whole for clause in self.clauses)

    def clause(self, at: int) -> Clause:
        """The one in which this letter stands."""
        return [clause for clause in self.clauses if clause.start <= at][-1]

    def lines(self, start: int, end: int) -> tuple[int, ...]:
        """The lines of the reading on which these letters stand."""
        begun = [line for at, line in self.starts if at <= start][-1:]
        return (*begun, *(line for at, line in self.starts if start < at < end))


def passages(reading: Reading) -> tuple[Passage, ...]:
    """In reading order; headings are none, they stand with what is below them."""
    tables = {
        line: number
        for number, table in enumerate(reading.tables)
        for row in table.rows
        for cell in row
        for line in cell.lines
    }
    usual = median([line.box.height for line in reading.lines] or [0.0])
    found: list[Passage] = []
    heading, told = "", set[int]()
    for (_block, number), group in groupby(
        enumerate(reading.lines), key=lambda item: (item[1].block, tables.get(item[0]))
    ):
        if number is None:
            lines = list(group)
            while lines and lines[0][1].box.height > _HEADING * usual:
                heading = lines.pop(0)[1].text
            found.extend(_of_lines(lines, heading))
        elif number not in told:
            told.add(number)
            found.extend(_of_rows(reading.tables[number], heading))
    return tuple(found)


def _of_rows(table: Table, heading: str) -> Iterator[Passage]:
    heads = [cell.text for cell in table.rows[0]] if table.header else [""] * len(table.rows[0])
    for row in table.rows[table.header :]:
        cells = zip(row, heads, strict=True)
        yield from _of_cells(
            [(it.lines[0], it.text, head) for it, head in cells if it.lines], heading
        )


def _of_cells(cells: Sequence[tuple[int, str, str]], heading: str) -> Iterator[Passage]:
    """The line, the text and the head of each."""
    text, clauses, starts = "", list[Clause](), list[tuple[int, int]]()
    for at, own, head in cells:
        text += " | " if text else ""
        clauses.append(Clause(own, len(text), head))
        starts.append((len(text), at))
        text += own
    if text:
        yield Passage(text, tuple(clauses), tuple(starts), heading, "", row=True)


def _of_lines(numbered: Sequence[tuple[int, Line]], heading: str) -> Iterator[Passage]:
    widest = max((line.box.right for _, line in numbered), default=0.0)
    paragraph: list[tuple[int, Line]] = []
    for row in _side_by_side(numbered):
        if paragraph and (len(row) > 1 or not _goes_on(paragraph[-1][1], row[0][1], widest)):
            yield from _of_paragraph(paragraph, heading)
            paragraph = []
        if len(row) > 1:
            yield from _of_cells([(at, line.text, "") for at, line in row], heading)
        else:
            paragraph.extend(row)
    yield from _of_paragraph(paragraph, heading)


def _side_by_side(numbered: Sequence[tuple[int, Line]]) -> Iterator[list[tuple[int, Line]]]:
    """Lines that stand beside each other are a row, though no table was found: Total 12.00."""
    row: list[tuple[int, Line]] = []
    for at, line in numbered:
        if row and line.box.centre[1] > row[-1][1].box.bottom:
            yield row
            row = []
        row.append((at, line))
    if row:
        yield row


def _goes_on(line: Line, following: Line, widest: float) -> bool:
    if _RECORD.match(following.text):
        return False
    return following.text[:1].islower() or line.box.right >= _FULL * widest


def _of_paragraph(numbered: Sequence[tuple[int, Line]], heading: str) -> Iterator[Passage]:
    text, starts = "", list[tuple[int, int]]()
    for at, line in numbered:
        piece = " ".join(line.text.split())
        if re.search(r"[^\W\d_]-$", text) and piece[:1].islower():
            text = text[:-1]
        elif text:
            text += " "
        starts.append((len(text), at))
        text += piece
    above, begun = "", 0
    for end in (*ends(text), len(text)):
        sentence = text[begun:end]
        start = begun + len(sentence) - len(sentence.lstrip())
        begun, sentence = end, sentence.strip()
        if sentence:
            moved = tuple((at - start, line) for at, line in starts if at < end)
            first = max((place for place, (at, _) in enumerate(moved) if at <= 0), default=0)
            yield Passage(sentence, _clauses(sentence), moved[first:], heading, above)
            above = sentence


def _clauses(text: str) -> tuple[Clause, ...]:
    cuts = [0, *(cut.end() for cut in _CLAUSE.finditer(text)), len(text)]
    return tuple(Clause(text[a:b], a) for a, b in pairwise(cuts) if a < b)
