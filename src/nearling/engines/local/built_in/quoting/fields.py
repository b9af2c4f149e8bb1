"""Every value of a source with the words around it: its label, its row, its heading."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nearling.engines.local.built_in.quoting.layout import Layout, Spot
from nearling.engines.local.built_in.quoting.values import (
    WORDED,
    Kind,
    Value,
    implied,
    values,
    with_moments,
)
from nearling.engines.local.built_in.quoting.vocabulary import sections
from nearling.engines.local.built_in.quoting.words import FILLERS, marks, named, words

_PART = re.compile(r"[,;|·•]")
"""What parts the labels of several values in one line."""
_BASIS = re.compile(r"\b(?:per|pro|je|each)\s$", re.IGNORECASE)
"""Before what a price or a nutrient is said of, which is no value of its own."""
_LABEL = 60
"""Letters; what is longer is prose and no label."""
_COLON = re.compile(r":(?!\d|//|\\)\s*|\s[=→]\s|\.{3,}\s*")
_LABELLED = re.compile(r"(?:[\w.-]+\s){0,3}[\w.-]+:\s")
"""How a line starts that is a label and its value, and no part of a sentence."""
_NUMBER = re.compile(r"\s(?=(?:[A-Z]\d{0,3}|\d{1,4})[A-Z]?$)")
_IS = re.compile(sections("shapes.txt")["is"][0], re.IGNORECASE)
_VERSION = re.compile(r"v?\d+\.\d+(?:\.\d+)+|v\d+\.\d+", re.IGNORECASE)
_PLAIN = (Kind.CODE, Kind.NUMBER)
_IN_HEADS = (*WORDED, *_PLAIN, Kind.DATE, Kind.DURATION)


@dataclass(frozen=True, slots=True)
class Field:
    """A value that may answer, and the words that say what it is, nearest first."""

    kind: Kind
    text: str
    line: int
    label: str
    """The words directly at the value: before it, left of it or above it."""
    head: str
    """The head of its column."""
    around: str
    """The rest of its line and row."""
    prose: tuple[str, ...]
    """The lines before and after, where a sentence runs over several."""
    heading: str
    """The line that heads its part of the sheet."""
    support: tuple[int, ...]
    """Lines of the label and the head of the column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One source as the kinds of questions look at it."""

    layout: Layout
    fields: tuple[Field, ...]
    marks: frozenset[str]
    """Of all its lines."""


def sheet_of(layout: Layout) -> Sheet:
    """A source with all its fields, top to bottom."""
    heads = layout.heads(_heads_column, _names_something)
    heading = {spot.index for spot in heads.values()}
    found = tuple(
        field
        for number, row in enumerate(layout.rows)
        for spot in row
        for field in _of_spot(layout, number, spot, heads.get(spot.index))
        # The head of a column is no value of its neighbour.
        if field.kind is not Kind.TEXT or spot.index not in heading
    )
    return Sheet(layout, found, frozenset().union(*(marks(spot.text) for spot in layout.spots)))


def _of_spot(layout: Layout, number: int, spot: Spot, head: Spot | None) -> Iterator[Field]:
    row = layout.rows[number]
    before = row[: row.index(spot)]
    left = next((other for other in reversed(before) if _lettered(other.text)), None)
    numbered = _numbered(spot.text) if all(_numbered(it.text) for it in row) else None
    left = left if numbered is None else None
    above = layout.above(number, spot, 1.8) if head is None and layout.stacked(number) else None
    begun = _begun(layout, number, spot) if left is None else None
    above = begun or (above if above is not None and _labels(above) else None)
    beside = " | ".join(other.text for other in row if other is not spot and other is not left)
    row_text = f"{left.text} | {beside}" if left is not None else beside
    bare = Field(
        Kind.TEXT,
        spot.text.strip(),
        spot.index,
        "",
        head.text if head else "",
        beside,
        _prose(layout, number, spot),
        layout.heading(number, spot),
        (head.index,) if head else (),
    )
    outers = [
        replace(bare, label=outer.text, support=(outer.index, *bare.support))
        for outer in (left, above)
        if outer is not None and len(outer.text) <= _LABEL
    ] or [bare]
    parted = _COLON.search(spot.text) or numbered
    if parted is None and len(spot.text) < _LABEL:
        parted = _IS.search(spot.text)
    if parted and parted.start() and any(map(str.isalnum, spot.text[parted.end() :])):
        label, text = spot.text[: parted.start()], spot.text[parted.end() :].strip(" .")
        yield replace(bare, text=text, label=label, around=row_text, support=())
    elif (
        any(map(str.isalnum, spot.text))
        and not _only_labels(row, spot, head)
        and (len(row) > 1 or outers != [bare])
    ):
        yield from [bare] if left is not None and _complete(spot) and values(left.text) else outers
    if head is not None:
        told = replace(bare, kind=Kind.HEAD, label=spot.text, head="", support=(spot.index,))
        yield replace(told, text=head.text, line=head.index)
        if spot is not row[0] and _lettered(spot.text):
            support = (spot.index, head.index)
            named_by = replace(told, kind=Kind.ROW, head=head.text, support=support)
            yield replace(named_by, text=row[0].text, line=row[0].index)
    colon = parted.start() if parted else None
    for value, label, rest in _segments(spot.text, colon):
        found = replace(bare, kind=value.kind, text=value.text, support=())
        version = " version" if value.kind in _PLAIN and _VERSION.fullmatch(value.text) else ""
        if label:
            yield replace(found, label=label + version, around=f"{rest} | {row_text}")
        joined = all(word in FILLERS for word in words(rest) if word.isalpha())
        for outer in outers if not label or (joined and outers != [bare]) else ():
            named_so = replace(found, label=outer.label + version, support=outer.support)
            yield replace(named_so, around=f"{rest} | {beside}")


def _numbered(text: str) -> re.Match[str] | None:
    """The blank before the number of what a cell names, as in Row F."""
    found = _NUMBER.search(text)
    return found if found and len(text.split()) < 4 and named(text[: found.start()]) else None


def _begun(layout: Layout, number: int, spot: Spot) -> Spot | None:
    """The label of the row above, where a line alone goes on below the value of that row."""
    over = layout.rows[number - 1] if number and len(layout.rows[number]) == 1 else ()
    goes_on = len(over) == 2 and over[1].beside(spot) and spot.shared(over[0]) <= 0
    return over[0] if goes_on and abs(over[1].left - spot.left) < 2 * spot.height else None


def _prose(layout: Layout, number: int, spot: Spot) -> tuple[str, ...]:
    """The sentence a line belongs to, or the small print below its row that goes on about it."""
    row = layout.rows[number]
    under = layout.below(number, row[0], 0.9) if len(row) > 1 else None
    small = under is not None and under.text[:1].islower() and not values(under.text)
    prose = () if _LABELLED.match(spot.text) else layout.prose(number, spot)
    told = (text for text in prose if not _LABELLED.match(text))
    return (*told, *([under.text] if under is not None and small else ()))


def _segments(text: str, colon: int | None) -> Iterator[tuple[Value, str, str]]:
    """Values, their labels within the line ("" where there is none) and the rest of the line.

    A date with its time is one more value; `colon` is where the label of the whole line ends.
    """
    found = with_moments(text, values(text))
    singles = [value for value in found if value.kind not in (Kind.MOMENT, *WORDED)]
    streets = [it for it in found if it.kind is Kind.PLACE and "#address" in implied(it.text)]
    for value in found:
        if value.kind is Kind.NAME and any(it.start <= value.start < it.end for it in streets):
            continue
        rest = text[: value.start] + " " + text[value.end :]
        if value.kind in WORDED:
            yield value, rest if _lettered(rest) else "", ""
            continue
        told = colon is not None and value.end <= colon and value.kind is Kind.MEASURE
        if told or _BASIS.search(text[: value.start]):
            continue
        start = max((other.end for other in singles if other.end <= value.start), default=0)
        end = min((other.start for other in singles if other.start >= value.end), default=None)
        before, after = text[start : value.start], text[value.end : end]
        cut = (_PART.split(before)[-1], _PART.split(after)[0]) if len(singles) > 1 else ()
        label = next(filter(_lettered, (*cut, before)), after)
        if colon is not None and colon <= start and start > 0:
            label = f"{text[:colon]} | {label}"
        yield value, label if _lettered(label) else "", rest


def _complete(spot: Spot) -> bool:
    """Whether a cell says by itself what its value is."""
    valued = any(value.kind not in WORDED for value in values(spot.text))
    return valued and re.match(r"[^\W\d]{2}", spot.text) is not None


def _only_labels(row: tuple[Spot, ...], spot: Spot, head: Spot | None) -> bool:
    """Whether a cell says what stands beside or below it and is no value itself."""
    first = len(row) == 2 and spot is row[0] and head is None
    plain = not any(map(str.isdigit, spot.text))
    return spot.text[-1:] == ":" or (first and plain and bool(named(spot.text)))


def _heads_column(spot: Spot) -> bool:
    """Whether a cell may head a column: words, and no value but a number or a date in them."""
    return _lettered(spot.text) and all(value.kind in _IN_HEADS for value in values(spot.text))


def _names_something(spot: Spot) -> bool:
    """Whether a cell surely names something and is no value itself, as a date with its month is."""
    whole = spot.text.strip()
    valued = any(it.text == whole and it.kind not in (*WORDED, *_PLAIN) for it in values(spot.text))
    return bool(named(spot.text)) and not valued


def _labels(spot: Spot) -> bool:
    """Whether a line may say what stands below it: short, no sentence, no value of its own."""
    plain = all(value.kind in WORDED for value in values(spot.text))
    ends = spot.text[-1:] in ".!?;," or _COLON.search(spot.text) is not None
    return plain and not ends and len(spot.text.split()) < 6


def _lettered(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
