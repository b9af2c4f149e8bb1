"""Finds typed values in a line: sums of money, dates, times, phones, codes and the like."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from nearling.engines.local.built_in.quoting.vocabulary import named_shapes, sections


class Kind(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    """A date and the time that goes with it."""
    WEEKDAY = "weekday"
    OFTEN = "often"
    """How often something is, such as every Monday."""
    DURATION = "duration"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    IBAN = "iban"
    MEASURE = "measure"
    NUMBER = "number"
    CODE = "code"
    PATH = "path"
    COMMAND = "command"
    NAME = "name"
    PLACE = "place"
    HEAD = "head"
    """The head of a column, told by what stands in the column."""
    ROW = "row"
    """What names a row, told by what stands in one of its columns."""
    TEXT = "text"
    """A whole cell, or what follows a colon."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value as printed at `start` to `end` of its line."""

    kind: Kind
    text: str
    start: int
    end: int


_TEXT = sections("shapes.txt")
_PARTS: dict[str, str] = {}


def _whole(shape: str) -> str:
    """A shape with the parts it names put in."""
    return re.sub(r"\{\{([a-z ]+)\}\}", lambda found: _PARTS[found[1]], shape)


for _name, _shape in named_shapes(_TEXT["parts"]):
    _PARTS[_name] = _whole(_shape)


def _compiled(section: str, flags: re.RegexFlag) -> tuple[tuple[str, re.Pattern[str]], ...]:
    shapes = named_shapes(_TEXT[section])
    return tuple((name, re.compile(_whole(shape), flags)) for name, shape in shapes)


_SHAPES = _compiled("shapes", re.IGNORECASE)
_WORDED = _compiled("worded", re.NOFLAG)
_IMPLIED = _compiled("units", re.IGNORECASE)
_JOINT = re.compile(_TEXT["joint"][0])
_FROM_TO = re.compile(_whole(_TEXT["span"][0]), re.IGNORECASE)


_SPANNED = frozenset(("#open", "#close", "#start", "#end", "#deadline"))
_PLACED = frozenset(("#location", "#address"))
DIMENSIONS = frozenset("#" + idea for ideas, _ in _IMPLIED for idea in ideas.split()) - _PLACED
"""Ideas that units stand for."""
IMPLIED = DIMENSIONS | _SPANNED
"""Ideas that a value alone may stand for: from 9:00 to 17:00 is when something opens."""


@lru_cache(maxsize=8_000)
def implied(text: str) -> frozenset[str]:
    """Ideas that the unit of a value stands for: 5 kg is a weight."""
    if _FROM_TO.search(text):
        return _SPANNED
    found = next((ideas for ideas, shape in _IMPLIED if shape.search(text)), "")
    return frozenset("#" + idea for idea in found.split())


_SIGNED = {"email": "@", "path": "."}
"""What a value of the kind cannot do without, to save looking for it."""
WORDED = frozenset((Kind.COMMAND, Kind.WEEKDAY, Kind.NAME, Kind.PLACE))
"""Kinds that are told by words alone; they do not part the words around other values."""


@lru_cache(maxsize=8_000)
def values(text: str) -> tuple[Value, ...]:
    """Typed values of a line from left to right; what a surer kind has taken is not read again."""
    # Most lines hold no digit, and then there is little to look for.
    rich = any(letter.isdigit() or letter in "@./" for letter in text)
    free = text
    found = []
    for kind, shape in (*(_SHAPES if rich else ()), *_WORDED):
        if kind in _SIGNED and _SIGNED[kind] not in free:
            continue
        taken = free
        for match in shape.finditer(free):
            found.append(Value(Kind(kind), match[0].strip(), *match.span()))
            taken = taken[: match.start()] + "\x00" * len(match[0]) + taken[match.end() :]
        # A place may hold a number or a name.
        free = text if kind == "name" else taken
    return tuple(sorted(found, key=lambda value: value.start))


_SPELLED = _compiled("spelled", re.IGNORECASE)


@lru_cache(maxsize=8_000)
def spelled_out(text: str) -> tuple[Value, ...]:
    """Numbers in words and how often something is: a sentence says them, a label does not."""
    found: list[Value] = []
    for kind, shape in _SPELLED:
        for match in shape.finditer(text):
            if not any(match.start() < it.end and it.start < match.end() for it in found):
                found.append(Value(Kind(kind), match[0].strip(), *match.span()))
    return tuple(found)


_DATED = ((Kind.DATE, Kind.TIME), (Kind.TIME, Kind.DATE), (Kind.WEEKDAY, Kind.TIME))


def with_moments(text: str, found: Sequence[Value]) -> tuple[Value, ...]:
    """And one more value for each date that its time goes with."""
    ordered = sorted(found, key=lambda value: value.start)
    joined = (
        Value(Kind.MOMENT, text[one.start : other.end], one.start, other.end)
        for one, other in pairwise(ordered)
        if (one.kind, other.kind) in _DATED
        and _JOINT.fullmatch(text[one.end : other.start].lower())
    )
    return (*ordered, *joined)
