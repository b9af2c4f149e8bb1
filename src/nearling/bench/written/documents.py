"""Reads documents and questions from a text file and lays them out as a reader would find them.

A file holds blocks that start with `=== name`. `# ` heads a line of bigger letters, ` | ` parts the
cells of a row, an empty line is a gap, and `? language kind | question | answer` asks, where `-`
says that the document does not answer. `before >> question` is a question after another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from nearling.core.geometry import Box
from nearling.core.reading import Line, Reading

_LETTER = 0.52
"""Width of a letter by its height."""
_PLAIN, _BIG, _GAP, _BETWEEN = 24, 36, 22, 50
"""Pixels: heights of letters and of an empty line, and how far columns are apart."""
_LEFT = 40.0
_QUESTION = re.compile(r"\? [a-z]{2} \w+ \| (?:(.+) >> )?(.+) \| (.+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; `answer` stands in one line of the reading, None: nowhere."""

    before: str
    """The question asked before it; "" if it is the first."""
    question: str
    answer: str | None
    reading: Reading


def questions(text: str) -> tuple[Asked, ...]:
    """All questions of a file, in order. Raises ValueError naming what cannot be understood."""
    found = []
    for block in text.split("=== ")[1:]:
        name, *lines = block.splitlines()
        reading = laid_out(name, [line for line in lines if not line.startswith("? ")])
        for line in lines:
            if not line.startswith("? "):
                continue
            asked = _QUESTION.fullmatch(line.strip())
            if asked is None:
                raise ValueError(f"{name}: {line}")
            answer = None if asked[3] == "-" else asked[3]
            if answer is not None and not any(answer in it.text for it in reading.lines):
                raise ValueError(f"{name}: {answer} is in no line")
            found.append(Asked(asked[1] or "", asked[2], answer, reading))
    return tuple(found)


def laid_out(name: str, rows: list[str]) -> Reading:
    """Rows in one column of text; in a run of rows with cells the columns are aligned."""
    lines: list[Line] = []
    top = 30.0
    for cells, run in groupby(rows, key=lambda row: "|" in row):
        if cells:
            table = [[cell.strip() for cell in row.split("|")] for row in run]
            lefts = list(_lefts(table))
            for cut in table:
                lines += (_line(it, lefts[at], top, _PLAIN) for at, it in enumerate(cut) if it)
                top += 1.5 * _PLAIN
            continue
        for row in run:
            height = _BIG if row.startswith("# ") else _PLAIN
            text = row.strip().removeprefix("# ")
            lines += [_line(text, _LEFT, top, height)] if text else []
            top += 1.45 * height if text else _GAP
    width = max((line.box.right for line in lines), default=0) + 30
    return Reading(name, width, round(top) + 30, 0, tuple(lines), (), (), "written", 0.0)


def _lefts(table: list[list[str]]) -> Iterator[float]:
    left = _LEFT
    for column in range(max(map(len, table))):
        yield left
        widest = max(len(row[column]) for row in table if column < len(row))
        left += widest * _PLAIN * _LETTER + _BETWEEN


def _line(text: str, left: float, top: float, height: float) -> Line:
    right, bottom = left + len(text) * height * _LETTER, top + height
    box = Box(round(left), round(top), round(right), round(bottom))
    return Line(text, 1.0, box, ((left, top), (right, top), (right, bottom), (left, bottom)), 0)
