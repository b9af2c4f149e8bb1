"""An answer that is made of a table's cells: a number, a list, or a number for each group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from nearling.bench.scoring import holds, plain
from nearling.bench.useful.described import Described, Grid, blocks
from nearling.bench.useful.judging.quoted import on_page, short
from nearling.bench.useful.numbers import number, numbers
from nearling.bench.useful.questions import Made, Question
from nearling.bench.useful.said import Grade, Said, unanswered

_PASSING = 60
"""Letters beside three times the answer's own: it may say what it was made of."""
_SUM_ROW = re.compile(r"(?:grand |sub-?)?total|(?:gesamt|zwischen)?summe|gesamt")


def computed(question: Question, file: Made, said: Said) -> Grade:
    """Numbers are right as numbers, however they are written."""
    graded = unanswered(said, question.answerable)
    if graded is not None:
        return graded
    if question.groups:
        right = _grouped(question.groups, said.text) and not _others(question.groups, file, said)
    elif question.rows:
        right = _listed(question.rows, said.text) and not _others(question.rows, file, said)
    else:
        right = _one(question.answers, file, said)
    return "right" if right and on_page(question, said) else "wrong"


def exactly_cited(question: Question, said: Said) -> bool:
    """Whether each cell that the answer is made of is cited, and no other."""
    cited = Counter(_cell(citation.text) for citation in said.citations)
    return cited == Counter(map(_cell, question.cells or ()))


def _one(answers: tuple[str, ...], file: Made, said: Said) -> bool:
    meant, told = number(answers), numbers(said.text)
    # What a number is made of stands before or behind it, never around it.
    if meant and told and (meant & told[0] or meant & told[-1]):
        return True
    held = [it for it in answers if not number([it]) and holds(said.text, it)]
    return bool(held) and short(said.text, held, _PASSING) and not _others(held, file, said)


def _listed(rows: Iterable[str], text: str) -> bool:
    return all(holds(text, row) for row in rows)


def _grouped(groups: dict[str, str], text: str) -> bool:
    """Behind the name of each group, in its line and before the next one, stands its number."""
    text = "\n".join(map(plain, text.splitlines()))
    names = "|".join(re.escape(plain(name)) for name in sorted(groups, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({names})(?!\w)", text)
    told: dict[str, list[frozenset[Decimal]]] = {}
    for name, behind in zip(parts[1::2], parts[2::2], strict=True):
        told.setdefault(name, []).extend(numbers(behind.split("\n", 1)[0]))
    return all(
        any(number([meant]) & each for each in told.get(plain(name), ()))
        for name, meant in groups.items()
    )


def _others(named: Iterable[str], file: Made, said: Said) -> bool:
    """Whether it names other rows of the table in which `named` name some."""
    mine = {plain(name) for name in named}
    return any(
        _told(column, said.text) - mine for column in _columns(file.described) if mine <= column
    )


def _told(column: frozenset[str], text: str) -> set[str]:
    """The cells that a text names; one that is part of another is named where it stands alone."""
    text, told = plain(text), set()
    for cell in sorted(column, key=len, reverse=True):
        if cell and holds(text, cell) and not _SUM_ROW.fullmatch(cell):
            told.add(cell)
            text = text.replace(cell, "\n")
    return told


def _columns(pages: Iterable[Described]) -> Iterable[frozenset[str]]:
    for page in pages:
        for block in blocks(page):
            if isinstance(block, Grid):
                for column in zip(*block.rows[1:], strict=True):
                    yield frozenset(map(plain, column))


def _cell(text: str) -> object:
    """The number that stands in a cell, or else its letters."""
    return number([text]) or plain(text).replace(" ", "")
