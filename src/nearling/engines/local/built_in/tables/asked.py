"""What a question asks of a table, by its own words alone: to add, count, rank, list."""

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from nearling.engines.local.built_in.quoting.vocabulary import named_shapes
from nearling.engines.local.built_in.tables.said import SAID, plainly, says

ALL = 1_000
"""Rows: all of them, in order."""
_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,:]\d+)*")
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "zweit": 2, "dritt": 3}
_ORDINALS |= {"viert": 4, "zweite": 2, "zweiten": 2, "dritte": 3, "dritten": 3}


class Does(Enum):
    SUM = auto()
    MEAN = auto()
    MEDIAN = auto()
    EXTREME = auto()
    COUNT = auto()
    LIST = auto()
    NAMED = auto()
    """Nothing is said of what to do with what is named."""
    BEYOND = auto()
    """What is not worked out, and what nothing else may be taken for."""


@dataclass(frozen=True, slots=True)
class Asked:
    plain: str
    """The question, plainly."""
    tokens: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    does: Does
    explicit: bool
    """Whether nothing but working it out can answer, as with an average."""
    used: frozenset[int]
    """Tokens that say what to do."""
    sign: int = 0
    """1: the most, -1: the least of it; 0: neither."""
    top: int = 0
    """How many of them; 0: the one."""
    rank: int = 1

    def within(self, start: int, end: int) -> frozenset[int]:
        """The tokens of a stretch of `plain`."""
        return frozenset(n for n, (a, b) in enumerate(self.spans) if a < end and b > start)

    def asks(self, way: str) -> bool:
        """Whether it fits a section of asking.txt."""
        return says(self.plain, way)

    def saying(self, *ways: str) -> frozenset[int]:
        """The tokens that fit these sections."""
        shapes = [shape for way in ways for shape in SAID[way]]
        spans = [it.span() for shape in shapes for it in re.finditer(shape, self.plain)]
        return frozenset[int]().union(*(self.within(*span) for span in spans))

    def noun(self, way: str) -> frozenset[int]:
        """The token that a section calls the noun."""
        found = re.search(SAID[way][0], self.plain)
        return self.within(*found.span("noun")) if found else frozenset()


_WAYS = (
    (Does.BEYOND, ("beyond",), True),
    (Does.MEDIAN, ("median",), True),
    (Does.MEAN, ("mean",), True),
    (Does.COUNT, ("many", "add", "total"), False),
    (Does.SUM, ("add", "total"), True),
    (Does.SUM, ("total",), False),
)
"""What is asked, by what it is told, and whether nothing else can be meant."""


def asked(question: str) -> Asked:
    """What is to be worked out."""
    plain = plainly(question)
    found = [(it[0], it.span()) for it in _WORD.finditer(plain)]
    tokens, spans = tuple(word for word, _ in found), tuple(span for _, span in found)
    base = Asked(plain, tokens, spans, Does.NAMED, False, frozenset())
    if base.asks("sort") or base.asks("down") or base.asks("up"):
        used, sign = base.saying("sort", "down", "up", "by"), 1 if base.asks("down") else -1
        return replace(base, does=Does.EXTREME, explicit=True, used=used, sign=sign, top=ALL)
    extreme = _extreme(base)
    for does, ways, explicit in _WAYS:
        if base.asks(ways[0]):
            told = replace(base, does=does, explicit=explicit, used=base.saying(*ways))
            if extreme is None or does not in (Does.SUM, Does.MEAN):
                return told
            # The highest of several sums: which category comes to most.
            used = told.used | extreme.used
            return replace(told, explicit=True, used=used, sign=extreme.sign)
    if extreme is not None:
        return extreme
    if base.asks("spent"):
        return replace(base, does=Does.SUM)
    return replace(base, does=Does.LIST, used=base.saying("list")) if base.asks("list") else base


def _extreme(base: Asked) -> Asked | None:
    for name, shape in named_shapes(SAID["extremes"]):
        found = re.search(shape, base.plain)
        if found is None:
            continue
        used = base.within(*found.span())
        before = min(used) - 1
        top, rank = 0, 1
        many = re.search(
            r"\b(?:the|die|der|den|top|bottom|what are) (\d\d?)\b(?! ?[%€$£])", base.plain
        )
        near = [before, max(used) + 1]
        for at in (*near, *(base.within(*many.span(1)) if many else ())):
            word = base.tokens[at] if 0 <= at < len(base.tokens) else ""
            if word.isdigit() and 1 < int(word) < 100 and not top:
                top, used = int(word), used | {at}
        begun = re.match("zweit|dritt|viert", found[0])
        word = begun[0] if begun else base.tokens[before] if before >= 0 else ""
        if word in _ORDINALS:
            rank, used = _ORDINALS[word], used if begun else used | {before}
        used |= base.saying("by")
        told = replace(base, does=Does.EXTREME, explicit=bool(top) or rank > 1, used=used)
        return replace(told, sign=1 if name == "most" else -1, top=top, rank=rank)
    return None
