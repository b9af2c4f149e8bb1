"""Which is the most, the cheapest, the second: what a column says about its rows."""

import re
from collections import defaultdict

from nearling.engines.local.built_in.quoting.fields import Field, Sheet
from nearling.engines.local.built_in.quoting.layout import Spot
from nearling.engines.local.built_in.quoting.matching import Answer, spelled
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.values import Kind
from nearling.engines.local.built_in.quoting.vocabulary import listed_ideas, named_shapes, sections
from nearling.engines.local.built_in.quoting.words import any_marks, marks

_COUNTED = (Kind.MONEY, Kind.NUMBER, Kind.MEASURE, Kind.PERCENT, Kind.DURATION)
_FEWEST = 3
"""Rows; of two, either is the most of something."""
_TEXT = sections("asking.txt")
_SUMS = listed_ideas(_TEXT["sums"])


def ranked(question: Question, sheet: Sheet) -> Answer | None:
    """The row that has the most or the least of what is asked, or that comes at a place."""
    for place, shape in enumerate(_TEXT["ranks"], 1):
        if question.asks(shape):
            return _placed(place, sheet)
    for sign, section in ((1, "most"), (-1, "least")):
        for kinds, shape in named_shapes(_TEXT[section]):
            if question.asks(shape):
                return _extreme(question, sheet, sign, tuple(map(Kind, kinds.split())))
    return None


def _placed(place: int, sheet: Sheet) -> Answer | None:
    rows = [row for row in sheet.layout.rows if len(row) > 1]
    counts = [(re.fullmatch(r"(\d{1,2})\.?", row[0].text.strip()), row) for row in rows]
    numbered = {int(count[1]): row for count, row in counts if count}
    if not {1, 2} <= numbered.keys() or place not in numbered:
        return None
    named = next((spot for spot in numbered[place] if _named(spot)), None)
    return Answer(named.text, (named.index, numbered[place][0].index)) if named else None


def _named(spot: Spot) -> bool:
    return sum(map(str.isalpha, spot.text)) > 2 and not spot.text.isupper()


def _extreme(question: Question, sheet: Sheet, sign: int, kinds: tuple[Kind, ...]) -> Answer | None:
    asked = any_marks(spelled(question.terms, sheet))
    rows = {spot.index: row for row in sheet.layout.rows for spot in row}
    columns: dict[str, dict[int, tuple[float, Field]]] = defaultdict(dict)
    for field in sheet.fields:
        first = rows[field.line][0]
        number = _number(field.text)
        fits = field.kind in kinds or (field.kind is Kind.TEXT and Kind.NUMBER in kinds)
        if number is None or not fits or first.index == field.line or not _named(first):
            continue
        if not marks(first.text) & _SUMS:
            columns[field.head].setdefault(first.index, (number, field))
    able = {head: cells for head, cells in columns.items() if len(cells) >= _FEWEST}
    meant = {head: cells for head, cells in able.items() if marks(head) & asked} or able
    if len(meant) != 1:
        return None
    (cells,) = meant.values()
    ordered = sorted(cells.items(), key=lambda cell: -sign * cell[1][0])
    if ordered[0][1][0] == ordered[1][1][0]:
        return Answer("", ())
    index, (_, field) = ordered[0]
    name = next(spot for spot in rows[field.line] if spot.index == index)
    told = field.text if question.kinds[:1] and question.kinds[0] in kinds else name.text
    return Answer(told, (field.line, index) if told == field.text else (index, field.line))


def _number(text: str) -> float | None:
    """The number a cell starts with, however its thousands are grouped."""
    found = re.match(r"[^\w-]*([-–]?\d[\d.,'’ ]*)", text)
    if found is None:
        return None
    digits = re.sub(r"[ '’]", "", found[1]).replace("–", "-").rstrip(".,")
    part = re.search(r"[.,](\d{1,2})$", digits)
    whole = digits[: part.start()] if part else digits
    return float(re.sub(r"[.,]", "", whole) + (f".{part[1]}" if part else ""))
