"""What a question asks of a table, by its own words alone: to add, count, rank, list, compare."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from nearling.engines.local.built_in.quoting.vocabulary import named_shapes
from nearling.engines.local.built_in.quoting.words import folded
from nearling.engines.local.built_in.tables.said import SAID

ALL = 1_000
"""Rows: all of them, in order."""
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*")
_NUMERALS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ZAHLEN = ["zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn"]
_COUNTS = {word: place + 2 for words in (_NUMERALS, _ZAHLEN) for place, word in enumerate(words)}
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "zweit": 2, "dritt": 3}
_ORDINALS |= {"viert": 4, "zweite": 2, "zweiten": 2, "dritte": 3, "dritten": 3}


class Does(Enum):
    SUM = auto()
    MEAN = auto()
    MEDIAN = auto()
    EXTREME = auto()
    COUNT = auto()
    LIST = auto()
    SHARE = auto()
    DIFFERENCE = auto()


@dataclass(frozen=True, slots=True)
class Asked:
    plain: str
    """The question folded, its words one space apart."""
    tokens: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    does: Does
    explicit: bool
    """Whether nothing but working it out can answer, as with an average."""
    used: frozenset[int]
    """Tokens that say what to do."""
    sign: int = 0
    """1: the most, -1: the least of it; 0: neither."""
    hint: str = ""
    """What the most or the least is of: money, date, an idea of the vocabulary, or anything."""
    top: int = 0
    """How many of them; 0: the one."""
    rank: int = 1

    def within(self, start: int, end: int) -> frozenset[int]:
        """The tokens of a stretch of `plain`."""
        return frozenset(n for n, (a, b) in enumerate(self.spans) if a < end and b > start)

    def asks(self, way: str) -> bool:
        """Whether it fits a section of asking.txt."""
        return any(re.search(shape, self.plain) for shape in SAID[way])

    def saying(self, *ways: str) -> frozenset[int]:
        """The tokens that fit these sections."""
        shapes = [shape for way in ways for shape in SAID[way]]
        spans = [it.span() for shape in shapes for it in re.finditer(shape, self.plain)]
        return frozenset[int]().union(*(self.within(*span) for span in spans))


_WAYS = (
    (Does.DIFFERENCE, ("difference",), True),
    (Does.SHARE, ("share",), True),
    (Does.MEDIAN, ("median",), True),
    (Does.MEAN, ("mean",), True),
    (Does.COUNT, ("many", "add", "total"), False),
    (Does.SUM, ("add", "total"), True),
    (Does.SUM, ("total",), False),
)
"""What is asked, by what it is told, and whether nothing else can be meant."""


def asked(question: str) -> Asked | None:
    """What is to be worked out; None where a question does not sound like it."""
    plain = " ".join(folded(question).split())
    found = [(it[0], it.span()) for it in _WORD.finditer(plain)]
    base = Asked(
        plain,
        tuple(word for word, _ in found),
        tuple(span for _, span in found),
        Does.LIST,
        False,
        frozenset(),
    )
    return _worked_out(base)


def _worked_out(base: Asked) -> Asked | None:
    if base.asks("sort") or base.asks("down") or base.asks("up"):
        used, sign = base.saying("sort", "down", "up"), 1 if base.asks("down") else -1
        return replace(base, does=Does.EXTREME, explicit=True, used=used, sign=sign, top=ALL)
    extreme = _extreme(base)
    for does, ways, explicit in _WAYS:
        if base.asks(ways[0]):
            found = replace(base, does=does, explicit=explicit, used=base.saying(*ways))
            if extreme is None or does not in (Does.SUM, Does.MEAN):
                return found
            # The highest of several sums: which category comes to most.
            used = found.used | extreme.used
            return replace(found, explicit=True, used=used, sign=extreme.sign)
    if extreme is not None:
        return extreme
    if base.asks("spent"):
        return replace(base, does=Does.SUM)
    return replace(base, used=base.saying("list")) if base.asks("list") else None


def _extreme(base: Asked) -> Asked | None:
    for name, shape in named_shapes(SAID["extremes"]):
        found = re.search(shape, base.plain)
        if found is None:
            continue
        sign, _, hint = name.partition(" ")
        used = base.within(*found.span())
        before, after = min(used) - 1, max(used) + 1
        top, rank = 0, 1
        for near in (before, after):
            word = base.tokens[near] if 0 <= near < len(base.tokens) else ""
            many = _COUNTS.get(word) or (int(word) if word.isdigit() and 1 < int(word) < 100 else 0)
            if many and not top:
                top, used = many, used | {near}
        begun = re.match("zweit|dritt|viert", found[0])
        word = begun[0] if begun else base.tokens[before] if before >= 0 else ""
        if word in _ORDINALS:
            rank, used = _ORDINALS[word], used if begun else used | {before}
        told = replace(base, does=Does.EXTREME, explicit=bool(top) or rank > 1, used=used)
        return replace(told, sign=1 if sign == "most" else -1, hint=hint, top=top, rank=rank)
    return None
