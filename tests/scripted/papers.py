"""Papers made from a text: drawn, photographed where it says so, with what their fields hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nearling.bench.canvas import Canvas, Sheet
from nearling.bench.damage import photograph
from nearling.bench.fonts import DEVELOP, Face

_FACES = {"till": DEVELOP.till, "invoice": DEVELOP.sans, "letter": DEVELOP.serif}
_WIDE = {"till": 480, "invoice": 860, "letter": 800, "card": 640, "ticket": 640}


@dataclass
class Paper:
    name: str
    form: str
    photo: bool
    right: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By field every text that is right; none where the field is absent."""
    rows: list[str] = field(default_factory=list)

    def picture(self) -> bytes:
        sheet = _drawn(self)
        return (photograph(sheet, sum(map(ord, self.name))) if self.photo else sheet).picture


def papers(path: Path) -> Iterator[Paper]:
    """Every paper in the text at `path`; its head tells the notation."""
    paper: Paper | None = None
    for line in path.read_text("utf-8").splitlines():
        if head := re.fullmatch(r"=== (.+?) (till|invoice|letter|card|ticket)( photo)?", line):
            if paper is not None:
                yield paper
            paper = Paper(head[1], head[2], head[3] is not None)
        elif paper is None:
            continue
        elif line.startswith("@ "):
            name, _, value = line[2:].partition(": ")
            paper.right[name] = () if value == "-" else tuple(value.split("||"))
        else:
            paper.rows.append(line)
    if paper is not None:
        yield paper


def _drawn(paper: Paper) -> Sheet:
    width = _WIDE[paper.form]
    size = 22
    canvas = Canvas(width, 60 + 46 * len(paper.rows), _FACES.get(paper.form, DEVELOP.second))
    y = 30.0
    for row in paper.rows:
        if row == "---":
            canvas.dashes(30, width - 30, y + 6, "#444444")
            y += 18
            continue
        y = _row(canvas, y, row, size)
    return canvas.sheet()


def _row(canvas: Canvas, y: float, row: str, size: int) -> float:
    middle, fixed = row.startswith("^"), row.startswith("= ")
    row = row.removeprefix("^").removeprefix("= ")
    face: Face | None = None
    for mark, larger in (("# ", 34), ("## ", 27)):
        if row.startswith(mark):
            row, size, face = row.removeprefix(mark), larger, DEVELOP.bold
    cells = [cell.strip() for cell in row.split(" | ")]
    room = canvas.width - 60
    for number, cell in enumerate(cells):
        if cell in ("", "~"):
            continue
        if middle:
            canvas.text(canvas.width / 2, y, cell, size=size, face=face, align="middle")
        elif fixed or not number:
            at = 30 + number * 0.5 * room
            canvas.text(at, y, cell, size=size, face=face)
        else:
            at = 30 + room * number / (len(cells) - 1)
            canvas.text(at, y, cell, size=size, face=face, align="right")
    return y + 1.45 * size
