"""One condition on the rows of a table, and how a word such as not turns it round."""

from __future__ import annotations

from dataclasses import dataclass

from nearling.engines.local.built_in.quoting.words import FILLERS
from nearling.engines.local.built_in.tables.asked import Asked
from nearling.engines.local.built_in.tables.grid import Column
from nearling.engines.local.built_in.tables.said import listed

Tokens = frozenset[int]
_NEGATED = listed("negations")


@dataclass(frozen=True, slots=True)
class Condition:
    column: Column
    rows: frozenset[int]
    """That fulfil it."""
    at: Tokens = frozenset()
    """The tokens that state it."""
    limits: bool = False
    """Whether it compares, and is no cell or number itself."""
    either: bool = False
    """Whether another one of its kind on the same column is meant as well: in May and June."""


def denied(
    asked: Asked, column: Column, rows: frozenset[int], tokens: Tokens, used: Tokens = frozenset()
) -> tuple[Condition, Tokens]:
    """The rows, or all others after a word such as not or without that is not `used` yet."""
    first = min(tokens) - 1
    while first > 0 and asked.tokens[first] in FILLERS - _NEGATED:
        first -= 1
    near = {first, first - 1}
    denied = {n for n in near - used if n >= 0 and asked.tokens[n] in _NEGATED}
    every = frozenset(range(len(column.slots)))
    return Condition(column, every - rows if denied else rows), tokens | denied
