"""How many there are: a printed number, the lines under a heading, the rows of a table."""

import re
from collections.abc import Sequence
from dataclasses import replace

from nearling.engines.local.built_in.quoting.fields import Field, Sheet
from nearling.engines.local.built_in.quoting.layout import Spot
from nearling.engines.local.built_in.quoting.matching import Answer, looked_up, spelled
from nearling.engines.local.built_in.quoting.question import Question
from nearling.engines.local.built_in.quoting.values import Kind, implied, values
from nearling.engines.local.built_in.quoting.vocabulary import listed_ideas, sections
from nearling.engines.local.built_in.quoting.words import (
    FILLERS,
    Term,
    any_marks,
    marks,
    word_marks,
    words,
)

_ROWS = frozenset(("#article", "#row", "#product", "#entry"))
_BETWEEN = re.compile(r",? (?:and|und|&) |[,;·|] ?")
_OF = re.compile(r"\s?(?:of|von|/)\s?\d")
"""Goes on after the first of two numbers, of which the second says how many there are."""
_SUMS = listed_ideas(sections("asking.txt")["sums"])


def counted(question: Question, sheet: Sheet) -> Answer | None:
    """A printed number if there is one, else what can be counted below a heading."""
    if not question.asks(r"\bhow many\b|\bwie ?viele\b|\banzahl\b|\bnumber of\b"):
        return None
    kinds = (Kind.NUMBER, Kind.MEASURE, Kind.DURATION)
    printed = looked_up(replace(question, kinds=kinds), _beside_words(question, sheet))
    if printed is not None or question.kinds[:1] == (Kind.PERCENT,):
        return printed
    return _tallied(question, sheet)


def _tallied(question: Question, sheet: Sheet) -> Answer:
    """What can be counted; an empty answer if nothing can."""
    focus, hard = spelled(question.focus or question.hard, sheet), spelled(question.hard, sheet)
    asked = any_marks(hard or spelled(question.terms, sheet))
    others = [term for term in hard if term not in focus]
    for number, row in enumerate(sheet.layout.rows):
        for spot in row:
            own = [word for word in words(spot.text) if word not in FILLERS]
            fits = own and len(own) < 4 and all(word_marks(word) & asked for word in own)
            fits = fits and _heads_list(sheet, number, spot)
            if fits and all(term.marks & marks(spot.text) for term in others):
                listed = _listed(sheet, number, spot)
                if len(listed) > 1:
                    lines = (*(one.index for one in listed), spot.index)
                    return Answer(str(len(listed)), lines)
    enumerated = _enumerated(sheet, asked, others)
    if enumerated is not None:
        return enumerated
    told = any_marks(term for term in focus if "#error" in term.marks)
    if told:
        lines = tuple(s.index for s in sheet.layout.spots if told & marks(s.text))
        return Answer(str(len(lines)) if lines else "", lines)
    if any(term.marks & _ROWS for term in focus):
        rows = _priced(sheet)
        if len(rows) > 1:
            return Answer(str(len(rows)), tuple(spot.index for spot in rows))
    return Answer("", ())


def _enumerated(sheet: Sheet, asked: frozenset[str], others: Sequence[Term]) -> Answer | None:
    """How many short things stand after the one label that says what is counted."""
    found: dict[int, Answer] = {}
    for field in sheet.fields:
        own = [word for word in words(field.label) if word not in FILLERS]
        fits = own and len(own) < 4 and any(word_marks(word) & asked for word in own)
        if field.kind is Kind.TEXT and fits and all(it.marks & marks(field.label) for it in others):
            items = _BETWEEN.split(field.text)
            if len(items) > 1 and all(it[:1].isalpha() and len(it.split()) < 4 for it in items):
                found[field.line] = Answer(str(len(items)), (field.line, *field.support))
    return found.popitem()[1] if len(found) == 1 else None


def _beside_words(question: Question, sheet: Sheet) -> Sheet:
    """Only numbers that have a word of what is counted within three words of them."""
    counted = question.focus or question.terms
    asked = any_marks(spelled(counted, sheet))
    texts = {spot.index: spot.text for spot in sheet.layout.spots}

    def beside(field: Field) -> str:
        before, _, after = texts[field.line].partition(field.text)
        if _OF.match(after):
            return ""
        if not any(map(str.isalpha, before + after)):
            return f"{field.label} {field.head}"
        label = field.label if len(field.label.split()) < 4 else ""
        return " ".join((label, "|", *before.split()[-1:], *after.split()[:2]))

    fields = sheet.fields
    said = ((it, marks(it.text) | implied(it.text) | marks(beside(it))) for it in fields)
    found = (it for it, shown in said if asked & shown)
    return replace(sheet, fields=tuple(found))


def _heads_list(sheet: Sheet, number: int, spot: Spot) -> bool:
    """Whether a line is no item itself, between two that are like it."""
    over, under = (step(number, spot, 2.5) for step in (sheet.layout.above, sheet.layout.below))
    if over is None or under is None or spot.text[-1:] == ":":
        return True
    near = spot.top - over.bottom < 1.3 * (under.top - spot.bottom) + 2
    level = abs(over.left - spot.left) < 0.5 * spot.height
    return not (near and level and spot.height < 1.15 * under.height)


def _listed(sheet: Sheet, number: int, head: Spot) -> list[Spot]:
    """Lines below a heading, or beside it and below that, up to a gap."""
    rows = sheet.layout.rows
    beside = [spot for spot in rows[number] if spot.left > head.right]
    under = sheet.layout.below(number, head, 2.5)
    if under is not None and number + 1 < len(rows) and len(rows[number + 1]) >= len(rows[number]):
        beside = []
    at = beside[0] if beside else under
    found: list[Spot] = []
    while at is not None and len(found) < 200:
        found.append(at)
        row = next(place for place, spots in enumerate(rows) if at in spots)
        after = sheet.layout.below(row, at, 2.0)
        aligned = after is not None and abs(after.left - at.left) < at.height
        # Another heading on the left ends the list.
        ends = any(spot.right < at.left for spot in rows[row + 1]) if beside and aligned else False
        at = after if aligned and not ends else None
    return found


def _priced(sheet: Sheet) -> list[Spot]:
    """The first cells of rows that end in a price, up to the first sum."""
    found: list[Spot] = []
    for row in sheet.layout.rows:
        text = " ".join(spot.text for spot in row)
        priced = any(value.kind is Kind.MONEY for value in values(row[-1].text))
        if priced and marks(text) & _SUMS:
            break
        if priced and any(letter.isalpha() for letter in row[0].text):
            found.append(row[0])
    return found
